"""The pages on which a team writes and submits, through the browser's eyes: what is shown, kept, refused, and at what cost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drafting import PDF
from proposals.conftest import As, Town
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.records import KINDS
from wijkcontract.rules.completeness import Severity

pytestmark = pytest.mark.django_db
MEASURE = {"title": "Buurtsport", "nature": "soft", "instrument": "public_service"}


def address(proposal: Proposal, rest: str = "") -> str:
    return f"/aanvrager/voorstellen/{proposal.pk}/{rest}"


def text_of(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def version_in(body: str) -> str:
    """The version that the open form of a record shows."""
    found = re.search(r'name="version" value="(\d+)"', body[body.index('id="formulier"') :])
    assert found
    return found[1]


def test_every_section_and_every_form_opens_for_who_writes(town: Town, complete: Proposal, as_: As) -> None:
    client = as_(town.eli)
    for section in complete.call.programme.sections:
        assert f"<h1>{section.label}</h1>".replace("'", "&#x27;") in text_of(
            client, address(complete, f"onderdeel/{section.code}/")
        )
    for kind in KINDS.values():
        text_of(client, address(complete, f"onderdeel/{kind.section}/{kind.code}/nieuw/"))
        record = kind.model._default_manager.filter(proposal=complete).first()
        if record:
            form = address(complete, f"onderdeel/{kind.section}/{kind.code}/{record.pk}/")
            text_of(client, form)
            text_of(client, f"{form}verwijderen/")


def test_the_certifier_reads_a_section_without_forms_and_is_told_why(town: Town, complete: Proposal, as_: As) -> None:
    body = text_of(as_(town.cas), address(complete, "onderdeel/measures/"))
    assert "U leest dit voorstel mee" in body
    assert "toevoegen" not in body
    assert complete.answers.get(question="existing_policy").text[:40] in body


def test_who_may_not_write_is_refused_before_the_question_whether_to_take_away(
    town: Town, complete: Proposal, as_: As
) -> None:
    decision = complete.local_decisions.get()
    carried = complete.attachments.get(record_id=decision.pk)
    record = address(complete, f"onderdeel/local_decision/local_decision/{decision.pk}/")
    for rest in ("verwijderen/", f"bestanden/{carried.pk}/weghalen/"):
        assert as_(town.eli).get(record + rest).status_code == 200, rest
        refused = as_(town.cas).get(record + rest)
        assert refused.status_code == 403, rest
        assert "U leest dit voorstel mee" in refused.content.decode()
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    assert as_(town.eli).get(f"{record}verwijderen/").status_code == 403


def test_another_municipality_finds_nothing_here(town: Town, complete: Proposal, as_: As) -> None:
    client = as_(town.omar)
    for rest in ("", "onderdeel/measures/", "nalezen/", "indienen/", "ontvangstbewijs/", "versie/1/", "intrekken/"):
        assert client.get(address(complete, rest)).status_code == 404, rest


def test_a_faulty_measure_comes_back_with_every_fault_and_with_what_was_typed(
    town: Town, complete: Proposal, as_: As
) -> None:
    answer = as_(town.eli).post(
        address(complete, "onderdeel/measures/measure/nieuw/"),
        {"title": "", "description": "Een lang uitgeschreven plan"},
    )
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Een lang uitgeschreven plan" in body
    assert "Kijk dit na: 3 punten" in body


def test_a_cost_line_typed_as_people_here_write_amounts_moves_the_meters(town: Town, draft: Proposal, as_: As) -> None:
    client = as_(town.eli)
    operations.save_term(
        actor=town.eli,
        proposal_id=draft.pk,
        version=draft.version,
        term_start=draft.call.published_on,
        term_end=draft.call.last_day,
    )
    typed = {"item": "Begeleider", "year": "2021", "category": "staff", "source": "subsidy", "amount_cents": "1.234,56"}
    answer = client.post(address(draft, "onderdeel/budget/cost_line/nieuw/"), typed)
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.subsidy_cents == 123_456
    assert "1.234,56" in text_of(client, address(draft, "onderdeel/budget/"))


def test_who_saves_after_a_colleague_sees_both_texts(town: Town, draft: Proposal, as_: As) -> None:
    shown = draft.version
    operations.save_answers(actor=town.saar, proposal_id=draft.pk, version=shown, answers={"summary": "Van Saar"})
    url = address(draft, "onderdeel/neighbourhood/tekst/teksten/")
    answer = as_(town.eli).post(url, {"version": shown, "summary": "Van Eli"})
    assert answer.status_code == 409
    assert "Van Saar" in answer.content.decode()
    assert "Van Eli" in answer.content.decode()
    version = re.search(r'name="version" value="(\d+)"[^>]*id="id_version"', answer.content.decode())
    assert as_(town.eli).post(url, {"version": draft.version + 1, "summary": "Van beiden"}).status_code == 302
    assert version is None or int(version[1]) == draft.version + 1


def test_who_changes_a_record_after_a_colleague_sees_both_and_loses_nothing(
    town: Town, draft: Proposal, as_: As
) -> None:
    record = operations.save_record(actor=town.eli, proposal_id=draft.pk, kind="measure", data=MEASURE)
    client, url = as_(town.eli), address(draft, f"onderdeel/measures/measure/{record.pk}/")
    shown = version_in(text_of(client, url))
    changed = MEASURE | {"title": "Van Saar", "nature": "hard"}
    operations.save_record(
        actor=town.saar, proposal_id=draft.pk, kind="measure", record_id=record.pk, version=int(shown), data=changed
    )
    typed = MEASURE | {"title": "Van Eli"}
    faulty = client.post(url, typed | {"title": "", "version": shown})
    assert (faulty.status_code, version_in(faulty.content.decode())) == (422, shown)
    answer = client.post(url, typed | {"version": shown})
    body = answer.content.decode()
    assert answer.status_code == 409
    beside = body[body.index("Dit bewaarde uw collega intussen") :]
    assert re.findall("<dd>(.*?)</dd>", beside)[:2] == ["Van Saar", "Hard"]
    assert 'value="Van Eli"' in body
    record.refresh_from_db()
    assert record.title == "Van Saar"
    assert client.post(url, typed | {"version": version_in(body)}).status_code == 302
    record.refresh_from_db()
    assert record.title == "Van Eli"


def test_what_was_typed_survives_a_colleague_who_took_the_record_away(town: Town, draft: Proposal, as_: As) -> None:
    gone = operations.save_record(actor=town.eli, proposal_id=draft.pk, kind="measure", data=MEASURE)
    client, url = as_(town.eli), address(draft, f"onderdeel/measures/measure/{gone.pk}/")
    operations.delete_record(actor=town.saar, proposal_id=draft.pk, kind="measure", record_id=gone.pk)
    typed = MEASURE | {"title": "Van Eli"}
    answer = client.post(url, typed)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Een collega verwijderde dit" in body
    again = re.search(r'action="([^"]+/nieuw/)".*?name="nieuw" value="([^"]+)"', body)
    assert again
    assert client.post(again[1], typed | {"nieuw": again[2]}).status_code == 302
    assert draft.measures.get().title == "Van Eli"
    assert (
        client.post(
            address(draft, "onderdeel/measures/measure/00000000-0000-4000-8000-000000000000/"), typed
        ).status_code
        == 404
    )


def test_a_second_click_on_a_changed_record_is_no_conflict(town: Town, draft: Proposal, as_: As) -> None:
    record = operations.save_record(actor=town.eli, proposal_id=draft.pk, kind="measure", data=MEASURE)
    client, url = as_(town.eli), address(draft, f"onderdeel/measures/measure/{record.pk}/")
    typed = MEASURE | {"title": "Anders", "version": version_in(text_of(client, url))}
    assert [client.post(url, typed).status_code for _ in range(2)] == [302, 302]


def test_codes_that_the_call_does_not_offer_are_refused(town: Town, draft: Proposal, as_: As) -> None:
    url = address(draft, "onderdeel/measures/measure/nieuw/")
    crafted = {"title": "x", "nature": "grey", "instrument": "z", "policy_domains": ["own"], "levels": ["moon"]}
    answer = as_(town.eli).post(url, crafted)
    assert answer.status_code == 422
    assert not draft.measures.exists()


def test_a_save_in_another_section_is_no_conflict(town: Town, draft: Proposal, as_: As) -> None:
    shown = draft.version
    operations.save_answers(actor=town.saar, proposal_id=draft.pk, version=shown, answers={"continuation": "Van Saar"})
    url = address(draft, "onderdeel/neighbourhood/tekst/teksten/")
    assert as_(town.eli).post(url, {"version": shown, "summary": "Van Eli"}).status_code == 302


def test_every_line_of_what_is_missing_leads_to_an_id_that_stands_on_that_page(
    town: Town, draft: Proposal, as_: As
) -> None:
    client = as_(town.eli)
    body = text_of(client, address(draft, "nalezen/"))
    panel = body[body.index('id="ontbreekt"') :]
    links = re.findall(r'href="(/aanvrager/voorstellen/[^"#]+)#([^"]+)"', panel)
    assert len(links) > 15
    for url, anchor in links:
        assert f'id="{anchor}"' in text_of(client, url), f"{url}#{anchor}"


def test_what_is_missing_counts_what_blocks_apart_and_begins_with_the_section_at_hand(
    town: Town, draft: Proposal, as_: As
) -> None:
    operations.save_record(actor=town.eli, proposal_id=draft.pk, kind="measure", data=MEASURE)
    client, found = as_(town.eli), queries.findings(draft)
    blocks = sum(one.severity is Severity.BLOCK for one in found)
    words = f"{blocks} verplicht, {len(found) - blocks} aandachtspunten"
    for section in ("measures", "risks"):
        mine = [one for one in found if one.section == section]
        first = min(mine, key=lambda one: one.severity is not Severity.BLOCK)
        live = client.get(address(draft, f"onderdeel/{section}/stand/")).json()["fragments"]["ontbreekt"]
        for body in (text_of(client, address(draft, f"onderdeel/{section}/")).split('id="ontbreekt"')[1], live):
            assert words in body
            messages = [unescape(one) for one in re.findall(r"<li>.*?<a [^>]*>(.*?)</a>", body, re.DOTALL)]
            assert messages[0] == first.message
            assert set(messages[: len(mine)]) == {one.message for one in mine}
    assert words in text_of(client, address(draft, "nalezen/"))


def test_the_submitter_submits_and_gets_a_receipt_the_colleague_is_told_who_may(
    town: Town, complete: Proposal, as_: As
) -> None:
    assert "gemandateerde indiener" in text_of(as_(town.eli), address(complete, "indienen/"), 403)
    client = as_(town.saar)
    assert "Dien het voorstel in" in text_of(client, address(complete, "indienen/"))
    for _ in range(2):
        assert client.post(address(complete, "indienen/"))["Location"] == address(complete, "ontvangstbewijs/")
    submission = complete.submissions.get()
    assert submission.sha256 in text_of(client, address(complete, "ontvangstbewijs/"))
    assert client.get(address(complete, "versie/1/")).content == submission.content.encode()
    assert client.post(address(complete, "intrekken/")).status_code == 302
    assert "Deze versie is intussen ingetrokken" in text_of(client, address(complete, "ontvangstbewijs/"))


def test_the_document_of_a_decision_is_read_by_the_own_authority_only(town: Town, complete: Proposal, as_: As) -> None:
    decision = complete.local_decisions.get()
    url = address(complete, f"onderdeel/local_decision/local_decision/{decision.pk}/bestanden/")
    refused = as_(town.eli).post(url, {"file": SimpleUploadedFile("plan.exe", b"MZ")})
    assert refused.status_code == 422
    assert "dit soort bestand kan niet" in refused.content.decode()
    assert as_(town.eli).post(url, {"file": SimpleUploadedFile("plan.pdf", PDF)}).status_code == 302
    body = text_of(as_(town.eli), address(complete, "onderdeel/local_decision/"))
    found = re.search(r'href="(/bestanden/[^"]+)"', body)
    assert found
    assert as_(town.cas).get(found[1]).getvalue() == PDF
    assert as_(town.omar).get(found[1]).status_code == 404


def test_a_section_costs_the_same_number_of_queries_however_long_its_lists(
    town: Town, complete: Proposal, as_: As
) -> None:
    client = as_(town.eli)
    client.get(address(complete, "onderdeel/measures/"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address(complete, "onderdeel/measures/"))
        return len(captured)

    before = queries()
    for number in range(3):
        operations.save_record(
            actor=town.eli,
            proposal_id=complete.pk,
            kind="measure",
            data={"title": f"Maatregel {number}", "nature": "soft"},
        )
    assert queries() == before <= 15


def test_the_list_shows_the_own_proposals_and_begins_a_new_one(town: Town, complete: Proposal, as_: As) -> None:
    client = as_(town.eli)
    assert complete.title in text_of(client, "/aanvrager/voorstellen/")
    assert "Nog geen voorstel" in text_of(as_(town.omar), "/aanvrager/voorstellen/")
    begun = client.post(
        "/aanvrager/voorstellen/nieuw/", {"call": str(complete.call_id), "title": "Een tweede voorstel"}
    )
    assert begun.status_code == 302
    assert Proposal.objects.filter(title="Een tweede voorstel", applicant_id=town.eli.organisation_id).exists()
    assert client.post("/aanvrager/voorstellen/nieuw/", {"call": "", "title": ""}).status_code == 200


def test_a_double_click_on_a_new_record_makes_one(town: Town, draft: Proposal, as_: As) -> None:
    client = as_(town.eli)
    url = address(draft, "onderdeel/problems/problem/nieuw/")
    chosen = re.search(r'name="nieuw" value="([^"]+)"', text_of(client, url))
    assert chosen
    for _ in range(2):
        assert client.post(url, {"nieuw": chosen[1], "title": "Te weinig groen"}).status_code == 302
    assert draft.problems.count() == 1


def test_saving_costs_few_queries(town: Town, complete: Proposal, as_: As) -> None:
    client = as_(town.eli)
    typed = {"version": str(complete.version), "existing_policy": "a", "mix_motivation": "b", "new_character": "c"}
    for url, data in (
        ("onderdeel/problems/problem/nieuw/", {"title": "Te weinig groen"}),
        ("onderdeel/measures/tekst/teksten/", typed),
    ):
        with CaptureQueriesContext(connection) as captured:
            assert client.post(address(complete, url), data).status_code == 302
            asked = [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
        assert len(asked) <= 12, asked


def test_the_sections_of_a_submitted_proposal_speak_of_withdrawing_and_no_longer_of_submitting(
    town: Town, complete: Proposal, as_: As
) -> None:
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    shown = text_of(as_(town.eli), address(complete, "onderdeel/problems/"))
    assert "Intrekken kan tot en met 10 juli 2021" in shown
    assert "Indienen kan tot" not in shown
    assert "U kunt nalezen en indienen" not in shown
    assert "trek het dan eerst in" in shown


def test_who_adds_many_records_gets_the_next_form_at_once_under_the_same_parent(
    town: Town, draft: Proposal, as_: As
) -> None:
    client = as_(town.eli)
    objective = operations.save_record(
        actor=town.eli, proposal_id=draft.pk, kind="objective", data={"title": "Meer groen"}
    )
    typed = {"objective": str(objective.pk), "indicator": "Bomen", "direction": "up", "verder": "nog"}
    answer = client.post(address(draft, "onderdeel/objectives/target/nieuw/"), typed)
    target = draft.targets.get()
    where = address(draft, f"onderdeel/objectives/target/nieuw/?na={target.pk}&bij={objective.pk}")
    assert answer["Location"] == f"{where}#formulier"
    body = client.get(where).content.decode()
    assert "Vul hier de volgende in." in body
    assert f'<option value="{objective.pk}" selected' in body
    assert (
        client.post(address(draft, "onderdeel/objectives/target/nieuw/"), typed | {"indicator": ""}).status_code == 422
    )
    assert draft.targets.count() == 1
