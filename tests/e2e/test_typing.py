"""A whole proposal typed with the keyboard alone at 320 px: what is stored is what was typed, and so are the findings."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from e2e.open_call import DURING, PROGRAMME, open_call
from e2e.typist import Typist, at_the_keyboard
from e2e.walker import Walker
from e2e.writing import write
from wijkcontract.calls.models import Call
from wijkcontract.cli.main import main
from wijkcontract.demo import facts
from wijkcontract.demo.documents import Frame, document
from wijkcontract.demo.facts import Case, MeasureFact
from wijkcontract.demo.stage import decision_pdf
from wijkcontract.proposals import documents
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock, completeness, proposal_shape as shape
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.proposal_form import to_json

pytestmark = pytest.mark.story
EXAMPLE_SUBSIDY = 400_000_00
"""For a case whose grant was not published."""

LETTERS = {
    "figures": "C", "problems": "P", "objectives": "D", "measures": "M", "partners": "A", "additional_support": "S",
    "cost_lines": "K", "risks": "R", "milestones": "W", "support_log": "L", "dissemination": "V", "other_subsidies": "O",
    "continuations": "Z", "actions": "H",
    "local_decisions": "B", "targets": "T", "pledges": "E", "moments": "N",
}  # fmt: skip
NUMBERS = ("value", "compare_value", "baseline", "target")
NOT_TYPED = ("files", "submitted_on")
"""A file is chosen, and its hash is the server's; the day of submission comes with submitting."""


@pytest.fixture(autouse=True)
def _while_the_call_is_open() -> Iterator[None]:
    with clock.frozen(DURING):
        yield


@pytest.fixture
def call(site: str) -> Call:
    return open_call(f"Oproep voor het klavier {Call.objects.count()}")


def typed(walker: Walker, call: Call, wanted: shape.Proposal, pdf: bytes) -> Proposal:
    """Type the document, from the overview to the last section; every page passed is checked."""
    at_the_keyboard(walker)
    walker.become(f"projectleider@{wanted.applicant.name.lower()}.example")
    typist = Typist(walker, "", {part.code: part.label for part in PROGRAMME.sections if part.enabled})
    typist.keyboard.follow("^Voorstellen$")
    typist.keyboard.follow("^Begin een voorstel$")
    walker.check()
    typist.keyboard.fill({"call": str(call.pk), "title": "Voorlopige titel"}, "^Begin het voorstel$")
    walker.check()
    labels = {one.code: one.label for one in (*PROGRAMME.policy_domains, *PROGRAMME.levels)}
    write(typist, wanted, labels, pdf)
    typist.keyboard.follow("^Verder naar Nalezen en indienen$")
    walker.check()
    assert not typist.keyboard.faults, "\n".join(f"{fault} at {html}" for html, fault in typist.keyboard.faults.items())
    return Proposal.objects.get(call=call)


def comparable(one: shape.Proposal) -> dict[str, Any]:
    """The document with the letter and number of each record in the place of its id, files as there or not, 11.0 as 11."""
    data = to_json(one)
    names: dict[str, str] = {}
    for found, letter in _records(data):
        names[found["id"]] = f"{letter}{1 + sum(name.startswith(letter) for name in names.values())}"
    for found, _ in _records(data):
        for key, value in found.items():
            if key == "file":
                found[key] = value is not None
            elif key in ("id", "measure", "action", "pledge"):
                found[key] = names.get(value, value)
            elif key in ("problems", "objectives", "measures") or (key == "actions" and not _of_records(value)):
                found[key] = sorted(names[link] for link in value)
            elif key in ("policy_domains", "levels"):
                found[key] = sorted(value)
            elif key in NUMBERS and value is not None:
                found[key] = Decimal(value).normalize()
    return {key: value for key, value in data.items() if key not in NOT_TYPED}


def _of_records(value: object) -> bool:
    """Records themselves, not the ids of records."""
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _records(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for key, value in data.items():
        if key in LETTERS and _of_records(value):
            for one in value:
                yield one, LETTERS[key]
                yield from _records(one)
        elif isinstance(value, dict):
            yield from _records(value)


def stored_and_found_as_typed(
    walker: Walker,
    proposal: Proposal,
    wanted: shape.Proposal,
    pdf: bytes,
    folder: Path,
    said: pytest.CaptureFixture[str],
) -> None:
    """The site has the document, and says of it what the command line says of the file."""
    stored = documents.build(proposal)
    assert comparable(stored) == comparable(wanted)
    assert [one.sha256 for one in stored.files] == [hashlib.sha256(pdf).hexdigest()]
    file = dataclasses.replace(wanted.files[0], sha256=stored.files[0].sha256)
    path = folder / "voorstel.json"
    path.write_text(json.dumps(to_json(dataclasses.replace(wanted, files=(file,)))), encoding="utf-8")
    said.readouterr()
    main(["check-proposal", str(path), "--programme", PROGRAMME.name, "--on", "2021-07-06", "--json"])
    told = json.loads(said.readouterr().out)["findings"]
    found = completeness.check(stored, PROGRAMME, clock.today())
    assert [(one.code, one.path, one.message) for one in found] == [
        (one["code"], one["path"], one["message"]) for one in told
    ]
    shown = [re.sub(r"\s+", " ", text) for text in walker.page.locator("#ontbreekt a").all_inner_texts()]
    assert sorted(shown) == sorted(re.sub(r"\s+", " ", one.message) for one in found)


def one_of_each() -> shape.Proposal:
    """The example that ships, cut down to one or two records of every kind, with everything they can hold."""
    whole = example()
    problem, objective, decision = whole.problems[2], whole.objectives[3], whole.local_decisions[0]
    target = dataclasses.replace(objective.targets[0], aggregation="last")
    measures = tuple(
        dataclasses.replace(one, problems=(problem.id,), objectives=(objective.id,), programme_name="Klimaatwijken")
        for one in (whole.measures[3], whole.measures[5])
    )
    action = shape.Action(
        "h1", "Bomen planten", "Dertig bomen.", "Groendienst", dt.date(2022, 1, 1), dt.date(2022, 6, 30)
    )
    measures = (dataclasses.replace(measures[0], actions=(action,)), measures[1])
    body, partner = whole.partners[4], whole.partners[2]
    pledges = tuple(dataclasses.replace(one, measures=(measures[1].id,)) for one in partner.pledges)
    return dataclasses.replace(
        whole,
        figures=whole.figures[:1],
        problems=(problem,),
        objectives=(dataclasses.replace(objective, targets=(target,)),),
        measures=measures,
        partners=(dataclasses.replace(partner, pledges=pledges), body),
        cost_lines=tuple(
            dataclasses.replace(
                one, measure=measures[at % 2].id, action=None if at % 2 else action.id, item_cost=one.amount
            )
            for at, one in enumerate(whole.cost_lines[:3])
        ),
        risks=(
            dataclasses.replace(
                whole.risks[0], measures=(measures[0].id,), actions=(action.id,), objectives=(objective.id,)
            ),
        ),
        milestones=(dataclasses.replace(whole.milestones[0], measure=measures[1].id),),
        participation=dataclasses.replace(whole.participation, moments=whole.participation.moments[:1]),
        support_log=whole.support_log[:1],
        continuations=(dataclasses.replace(whole.continuations[0], measure=measures[0].id),),
        dissemination=whole.dissemination[:1],
        other_subsidies=whole.other_subsidies[:1],
        local_decisions=(decision,),
        files=tuple(one for one in whole.files if one.id == decision.file),
        submitted_on=None,
    )


def test_a_proposal_with_one_of_each_record_is_typed_with_the_keyboard_alone(
    browser: Browser, site: str, call: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str], pictures: Path | None
) -> None:
    wanted, pdf = one_of_each(), decision_pdf(facts.DENDERMONDE)
    walker = Walker(browser, site, pictures, width=320)
    walker.page.set_default_timeout(30_000)
    proposal = typed(walker, call, wanted, pdf)
    stored_and_found_as_typed(walker, proposal, wanted, pdf, tmp_path, capsys)
    walker.close()


def published(path: Path) -> shape.Proposal:
    """A proposal with what was published of a case; what was not published is filled with examples that say they are."""
    data = json.loads(path.read_text(encoding="utf-8"))
    town, term = data["municipality"], data["term"]
    known = next(one for one in facts.CASES if one.municipality == town["name"])
    granted = data["granted_eur"]
    case = Case(
        known.key, town["name"], town["nis"], town["kbo"], town["ovo"], data["neighbourhood"]["name"],
        tuple(data["problems"]), tuple(MeasureFact(**one) for one in data["measures"]), data["aim"],
        known.sectors, known.inhabitants, int(Decimal(granted) * 100) if granted else EXAMPLE_SUBSIDY,
    )  # fmt: skip
    start, end = dt.date.fromisoformat(term["start"]), dt.date.fromisoformat(term["end"])
    return document(case, Frame(start, end, case.granted_cents or 0, dt.date(2021, 6, 28)))


@pytest.mark.reference
@pytest.mark.parametrize("name", ["beringen-mijn", "dendermonde-bijloke", "vilvoorde-centrum"])
def test_a_published_case_is_typed_with_the_keyboard_alone(
    name: str, browser: Browser, site: str, call: Call, shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = published(shared / "reference" / "cases" / f"{name}.json")
    pdf = decision_pdf(next(one for one in facts.CASES if one.municipality == wanted.applicant.name))
    walker = Walker(browser, site, width=320)
    walker.page.set_default_timeout(30_000)
    proposal = typed(walker, call, wanted, pdf)
    stored_and_found_as_typed(walker, proposal, wanted, pdf, tmp_path, capsys)
    walker.close()
