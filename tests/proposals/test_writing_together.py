"""Two people in one draft: what goes by itself, what is kept beside it, what came before, and that nothing is lost."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.realistic import realistic
from proposals.conftest import AFTER, DURING, As, Town
from wijkcontract.accounts.models import Organisation
from wijkcontract.audit.queries import history
from wijkcontract.calls.models import Call
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.models import Proposal, Revision, UnfinishedInput
from wijkcontract.rules import clock

pytestmark = pytest.mark.django_db
TEXTS = "measures/teksten"
LATER = dt.timedelta(minutes=6)


@pytest.fixture
def big(town: Town, call: Call) -> Proposal:
    return realistic(call, Organisation.objects.get(name="Dendermonde"))


def address(proposal: Proposal, rest: str) -> str:
    return f"/aanvrager/voorstellen/{proposal.pk}/onderdeel/{rest}"


def autosave(client: Client, proposal: Proposal, part: str, version: int, new: str = "", **fields: Any) -> Any:  # noqa: ANN401
    """Send these fields as the script does; the answer with its JSON."""
    data = {"deel": part, "version": version, "veld": list(fields), **fields}
    if new:
        data["nieuw"] = new
    return client.post(address(proposal, f"{part.split('/')[0]}/bewaren/"), data)


def answers(proposal: Proposal) -> dict[str, str]:
    return dict(proposal.answers.values_list("question", "text"))


def test_what_is_typed_is_stored_field_by_field_with_one_event_for_the_sitting(
    town: Town, draft: Proposal, as_: As
) -> None:
    client, before = as_(town.eli), history(draft).count()
    version = draft.version
    for text in ("Wij", "Wij doen", "Wij doen al veel"):
        answer = autosave(client, draft, TEXTS, version, existing_policy=text).json()
        assert answer["saved"] == ["existing_policy"]
        version = answer["version"]
    assert answers(draft) == {"existing_policy": "Wij doen al veel"}
    assert history(draft).count() == before + 1
    assert [(one.before, one.after) for one in queries.revisions(draft, "measures")] == [
        ({"existing_policy": ""}, {"existing_policy": "Wij doen al veel"})
    ]


def test_saves_minutes_apart_are_two_revisions(town: Town, draft: Proposal, as_: As) -> None:
    client = as_(town.eli)
    version = autosave(client, draft, TEXTS, draft.version, existing_policy="Eerst").json()["version"]
    with clock.frozen(DURING + LATER):
        autosave(client, draft, TEXTS, version, existing_policy="Daarna")
    assert [one.after["existing_policy"] for one in queries.revisions(draft, "measures")] == ["Daarna", "Eerst"]


def test_a_colleague_who_was_first_keeps_the_text_and_the_other_text_is_kept_beside_it(
    town: Town, draft: Proposal, as_: As
) -> None:
    shown = draft.version
    autosave(as_(town.saar), draft, TEXTS, shown, existing_policy="Van Saar")
    client = as_(town.eli)
    answer = autosave(client, draft, TEXTS, shown, existing_policy="Van Eli", mix_motivation="Mix van Eli")
    body = answer.json()
    assert (answer.status_code, body["saved"]) == (409, ["mix_motivation"])
    assert "Van Saar" in body["conflicts"]["existing_policy"]["html"]
    assert body["conflicts"]["existing_policy"]["values"] == ["Van Saar"]
    assert answers(draft) == {"existing_policy": "Van Saar", "mix_motivation": "Mix van Eli"}
    page = client.get(address(draft, "measures/")).content.decode()
    assert "Van Eli</textarea>" in page
    assert "Dit bewaarde uw collega intussen" in page
    assert "Van Saar" in page
    assert "Van Eli" not in as_(town.saar).get(address(draft, "measures/")).content.decode()
    mine = autosave(client, draft, TEXTS, body["conflicts"]["existing_policy"]["version"], existing_policy="Van Eli")
    assert mine.status_code == 200
    assert answers(draft)["existing_policy"] == "Van Eli"
    assert not UnfinishedInput.objects.exists()
    assert "Van Saar" in {one.before.get("existing_policy") for one in queries.revisions(draft, "measures")}


def test_a_field_that_a_colleague_changed_and_that_one_left_alone_is_no_conflict(town: Town, draft: Proposal) -> None:
    shown = draft.version
    operations.save_answers(
        actor=town.saar, proposal_id=draft.pk, version=shown, answers={"existing_policy": "Van Saar"}
    )
    operations.save_answers(
        actor=town.eli,
        proposal_id=draft.pk,
        version=shown,
        answers={"existing_policy": "", "mix_motivation": "Van Eli"},
    )
    assert answers(draft) == {"existing_policy": "Van Saar", "mix_motivation": "Van Eli"}


def test_what_cannot_be_stored_yet_is_kept_as_typed_and_shown_again_with_its_fault(
    town: Town, draft: Proposal, as_: As
) -> None:
    client = as_(town.eli)
    answer = autosave(
        client, draft, "plan/looptijd", draft.version, term_start="31/13/2022", term_end="31/12/2025"
    ).json()
    assert answer["saved"] == ["term_end"]
    assert "bestaat niet" in answer["faults"]["term_start"]
    page = client.get(address(draft, "plan/")).content.decode()
    assert 'value="31/13/2022"' in page
    assert "bestaat niet" in page
    version = answer["version"]
    assert autosave(client, draft, "plan/looptijd", version, term_start="01/01/2022").json()["saved"] == ["term_start"]
    assert "31/13/2022" not in client.get(address(draft, "plan/")).content.decode()


def test_what_waits_in_one_part_holds_no_other_part_back(town: Town, draft: Proposal, as_: As) -> None:
    client = as_(town.eli)
    autosave(client, draft, "plan/looptijd", draft.version, term_start="31/13/2022")
    answer = autosave(client, draft, TEXTS, draft.version, existing_policy="Wij doen al veel")
    assert (answer.status_code, answer.json()["saved"]) == (200, ["existing_policy"])
    assert UnfinishedInput.objects.get().fields["term_start"]["typed"] == ["31/13/2022"]


def test_free_text_is_no_statistical_sector_and_stays_in_the_field(town: Town, draft: Proposal, as_: As) -> None:
    client, said = as_(town.eli), "&#x27;foo&#x27; is geen code van een statistische sector."
    typed = {"title": "Titel", "neighbourhood": "", "sectors": "foo, 42006A20-", "inhabitants": ""}
    url = address(draft, "neighbourhood/tekst/wijk/")
    refused = client.post(url, typed | {"version": draft.version})
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert 'value="foo, 42006A20-"' in refused.content.decode()
    answer = autosave(client, draft, "neighbourhood/wijk", draft.version, sectors="foo, 42006A20-").json()
    assert answer["faults"]["sectors"].startswith("'foo' is geen code")
    page = client.get(address(draft, "neighbourhood/")).content.decode()
    assert 'value="foo, 42006A20-"' in page
    assert said in page
    right = typed | {"sectors": "42006A20-, 42006-VOORBEELD-1", "version": draft.version}
    assert client.post(url, right).status_code == 302
    draft.refresh_from_db()
    assert draft.sectors == "42006A20-, 42006-VOORBEELD-1"


def test_a_sign_that_no_database_keeps_is_no_loss_of_the_rest(town: Town, draft: Proposal, as_: As) -> None:
    client = as_(town.eli)
    answer = autosave(client, draft, TEXTS, draft.version, existing_policy="Wij doen\x00 veel")
    assert answer.status_code == 200
    assert list(answer.json()["faults"]) == ["existing_policy"]
    assert "Wij doen veel" in str(UnfinishedInput.objects.get().fields)
    assert "Wij doen veel" in client.get(address(draft, "measures/")).content.decode()


def test_a_new_record_is_kept_until_it_has_what_it_needs_and_then_added_once(
    town: Town, draft: Proposal, as_: As
) -> None:
    client, chosen = as_(town.eli), str(uuid.uuid4())
    part = f"measures/measure/{chosen}"
    typed = {"title": "Buurtsport", "nature": "", "instrument": "", "description": "Elke week."}
    answer = autosave(client, draft, part, draft.version, chosen, **typed).json()
    assert answer["lacks"] == ["Soort maatregel", "Instrument"]
    assert not draft.measures.exists()
    page = client.get(address(draft, "measures/measure/nieuw/")).content.decode()
    assert f'name="nieuw" value="{chosen}"' in page
    assert 'value="Buurtsport"' in page
    assert "U begon aan: maatregel" in client.get(address(draft, "measures/")).content.decode()
    typed |= {"nature": "soft", "instrument": "public_service"}
    answer = autosave(client, draft, part, draft.version, chosen, **typed).json()
    assert set(answer["saved"]) == set(typed)
    assert str(draft.measures.get().pk) == chosen
    autosave(client, draft, part, answer["version"], description="Elke dag.")
    assert draft.measures.get().description == "Elke dag."
    assert "U begon aan" not in client.get(address(draft, "measures/")).content.decode()


def test_what_was_typed_in_a_record_that_a_colleague_removed_comes_back_in_a_new_one(
    town: Town, draft: Proposal, as_: As
) -> None:
    made = operations.save_record(actor=town.eli, proposal_id=draft.pk, kind="problem", data={"title": "Grijs"})
    operations.delete_record(actor=town.saar, proposal_id=draft.pk, kind="problem", record_id=made.pk)
    client = as_(town.eli)
    answer = autosave(client, draft, f"problems/problem/{made.pk}", draft.version + 1, description="Geen schaduw")
    assert (answer.status_code, answer.json()["gone"]) == (409, True)
    assert "Geen schaduw" in client.get(address(draft, "problems/problem/nieuw/")).content.decode()


def test_the_same_save_again_changes_nothing(town: Town, draft: Proposal, as_: As) -> None:
    client = as_(town.eli)
    first = autosave(client, draft, TEXTS, draft.version, existing_policy="Eén").json()
    again = autosave(client, draft, TEXTS, draft.version, existing_policy="Eén").json()
    assert (again["version"], again["conflicts"]) == (first["version"], {})
    assert Revision.objects.count() == 1


def test_only_who_writes_saves_and_an_outsider_finds_nothing(town: Town, draft: Proposal, as_: As) -> None:
    assert "leest dit voorstel mee" in autosave(as_(town.cas), draft, TEXTS, 0, existing_policy="x").json()["reason"]
    assert autosave(as_(town.omar), draft, TEXTS, 0, existing_policy="x").status_code == 404
    outsider = as_(town.omar)
    for rest in ("measures/stand/", "measures/geschiedenis/"):
        assert outsider.get(address(draft, rest)).status_code == 404
    for rest in ("measures/aanwezig/", "measures/weggooien/", "measures/geschiedenis/1/terugzetten/"):
        assert outsider.post(address(draft, rest), {"deel": TEXTS}).status_code == 404
    with clock.frozen(AFTER):
        assert autosave(as_(town.eli), draft, TEXTS, 0, existing_policy="x").status_code == 403


def test_the_history_reads_as_what_went_and_what_came_and_puts_back(town: Town, draft: Proposal, as_: As) -> None:
    client = as_(town.eli)
    for text in ("De oude straat is grijs", "De nieuwe straat is groen"):
        draft.refresh_from_db()
        operations.save_answers(
            actor=town.saar, proposal_id=draft.pk, version=draft.version, answers={"existing_policy": text}
        )
    page = client.get(address(draft, "measures/geschiedenis/")).content.decode()
    newest = page[page.index("<article") : page.index("</article>")]
    assert re.sub("<[^>]+>", "", newest).count("grijs") == 1
    assert "Saar" in newest
    put_back = re.search(r'action="([^"]+terugzetten/)"', newest)
    assert put_back
    assert client.post(put_back[1]).status_code == 302
    assert answers(draft)["existing_policy"] == "De oude straat is grijs"
    assert "teruggezet door Eli" in client.get(address(draft, "measures/geschiedenis/")).content.decode()
    assert "terugzetten" not in as_(town.cas).get(address(draft, "measures/geschiedenis/")).content.decode()


def test_a_removed_record_returns_with_its_id_its_links_and_what_hung_under_it(town: Town, complete: Proposal) -> None:
    objective = complete.objectives.order_by("position")[0]
    serving = set(objective.measures.values_list("pk", flat=True))
    targets = set(objective.targets.values_list("pk", flat=True))
    assert serving
    assert targets
    operations.delete_record(actor=town.eli, proposal_id=complete.pk, kind="objective", record_id=objective.pk)
    removed = queries.revisions(complete, "objectives").filter(part=f"objectives/objective/{objective.pk}")[0]
    operations.restore(actor=town.saar, proposal_id=complete.pk, revision_id=removed.pk)
    back = complete.objectives.get(pk=objective.pk)
    assert set(back.measures.values_list("pk", flat=True)) == serving
    assert set(back.targets.values_list("pk", flat=True)) == targets
    assert back.title == objective.title


def test_colleagues_see_who_is_where_for_half_a_minute(town: Town, draft: Proposal, as_: As) -> None:
    saar, eli = as_(town.saar), as_(town.eli)
    saar.post(address(draft, "budget/aanwezig/"), {"schrijft": "ja", "version": 0})
    answer = eli.post(address(draft, "measures/aanwezig/"), {"schrijft": "nee", "version": 0}).json()
    assert "Saar werkt in Begroting" in answer["fragments"]["aanwezig"]
    assert "Saar werkt in Begroting" in eli.get(address(draft, "measures/")).content.decode()
    with clock.frozen(DURING + dt.timedelta(seconds=31)):
        assert "Saar werkt" not in eli.get(address(draft, "measures/")).content.decode()


def test_the_live_state_follows_a_save(town: Town, draft: Proposal, as_: As) -> None:
    client = as_(town.eli)
    before = client.get(address(draft, "measures/stand/")).json()["fragments"]
    autosave(client, draft, TEXTS, draft.version, existing_policy="Wij doen al veel")
    after = client.get(address(draft, "measures/stand/")).json()["fragments"]
    assert "Bestaand wijkbeleid" in before["ontbreekt"]
    assert "Bestaand wijkbeleid" not in after["ontbreekt"]
    assert "Eli" in after["stappen"]


def asked_by(ask: Callable[[], object]) -> int:
    """How many queries; the savepoints of the test's own transaction are not counted."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return sum("SAVEPOINT" not in one["sql"] for one in captured.captured_queries)


def test_a_proposal_of_realistic_size_costs_few_queries(town: Town, big: Proposal, as_: As) -> None:
    client = as_(town.eli)
    for section in big.call.programme.sections:
        url = address(big, f"{section.code}/")
        client.get(url)
        assert asked_by(lambda url=url: client.get(url)) <= 15, section.code  # type: ignore[misc]
    measure = big.measures.all()[0]
    part = f"measures/measure/{measure.pk}"
    number = iter(range(100))
    assert asked_by(lambda: autosave(client, big, TEXTS, 10**6, existing_policy=f"Tekst {next(number)}")) <= 10
    assert asked_by(lambda: autosave(client, big, part, 10**6, title=f"Titel {next(number)}")) <= 10
    assert asked_by(lambda: autosave(client, big, part, 10**6, description=f"Tekst {next(number)}")) <= 10
    assert asked_by(lambda: client.get(address(big, "measures/stand/"))) <= 10
    assert asked_by(lambda: client.post(address(big, "measures/aanwezig/"), {"version": 10**6})) <= 10


def test_submitting_asks_at_most_forty_times(town: Town, complete: Proposal, as_: As) -> None:
    client = as_(town.saar)
    assert asked_by(lambda: client.post(f"/aanvrager/voorstellen/{complete.pk}/indienen/")) <= 40
    assert complete.submissions.count() == 1
