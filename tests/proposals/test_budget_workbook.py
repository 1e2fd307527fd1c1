"""The budget by Excel: out and in changes nothing, every wrong cell is named, and a colleague's work is never overwritten."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings, strategies as st
from openpyxl import load_workbook

from proposals.conftest import Town
from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.queries import history
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.carrying import LONGEST_SECONDS
from wijkcontract.proposals.enums import FundingSource
from wijkcontract.proposals.models import Change, CostLine, Proposal, Revision
from wijkcontract.proposals.workbook.carrying import opened, sealed
from wijkcontract.proposals.workbook.columns import MOST_ROWS
from wijkcontract.proposals.workbook.comparing import plan_of
from wijkcontract.proposals.workbook.reading import Filled, read_budget
from wijkcontract.proposals.workbook.writing import budget_workbook
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db
NAME = "begroting.xlsx"
COLUMN = {
    "item": "A", "measure": "B", "year": "C", "category": "D", "source": "E", "amount_cents": "F", "item_cost_cents": "G",
    "mark": "H",
}  # fmt: skip
USUAL: dict[str, Any] = {
    "item": "Buurtgids", "year": 2022, "category": "Personeel", "source": "Projectsubsidie", "amount_cents": 1_250.5,
}  # fmt: skip


def edited(content: bytes, *cells: tuple[str, Any], sheet: str = "Begroting") -> bytes:
    """The workbook with some cells filled in by hand."""
    book = load_workbook(io.BytesIO(content))
    for place, value in cells:
        book[sheet][place].value = value
    return saved(book)


def saved(book: Any) -> bytes:  # noqa: ANN401 - a workbook
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def without_row(content: bytes, row: int) -> bytes:
    book = load_workbook(io.BytesIO(content))
    book["Begroting"].delete_rows(row)
    return saved(book)


def new_row(content: bytes, row: int, **cells: Any) -> bytes:  # noqa: ANN401 - typed cells
    """A row at the foot of the budget: a staff cost of 2022 that the subsidy pays, unless said otherwise."""
    return edited(content, *((f"{COLUMN[name]}{row}", value) for name, value in (USUAL | cells).items()))


def lines(proposal: Proposal) -> list[dict[str, Any]]:
    return list(CostLine.objects.filter(proposal=proposal).order_by("pk").values())


def take_in(actor: Actor, proposal: Proposal, content: bytes) -> Any:  # noqa: ANN401 - a plan
    proposal = queries.get_proposal(actor, proposal.pk)
    filled = read_budget(proposal, NAME, content)
    return operations.import_budget(actor=actor, proposal_id=proposal.pk, version=filled.version, lines=filled.lines)


def refused(proposal: Proposal, content: bytes, name: str = NAME) -> list[str]:
    with pytest.raises(Invalid) as caught:
        read_budget(proposal, name, content)
    return [fault.message for fault in caught.value.faults]


TEXT = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=40
)  # a field of a form takes no other
AMOUNT = st.integers(0, 999_999_999_999_999)
LINE = st.fixed_dictionaries(
    {
        "item": st.one_of(
            TEXT, st.sampled_from(["=1+1", "+32", "-5", "@SUM(A1)", "_x0041_", "007", "1e5", " dubbel  wit "])
        ),
        "year": st.integers(2020, 2027),
        "category": st.sampled_from(["research", "operation", "staff", "infrastructure", "other", "", "oud"]),
        "source": st.sampled_from(FundingSource.values),
        "amount_cents": AMOUNT,
        "item_cost_cents": st.one_of(st.none(), AMOUNT),
        "with_measure": st.booleans(),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(LINE, max_size=8))
def test_a_budget_that_goes_out_and_comes_back_changes_nothing(complete: Proposal, made: list[dict[str, Any]]) -> None:
    CostLine.objects.filter(proposal=complete).delete()
    measure = complete.measures.first()
    CostLine.objects.bulk_create(
        CostLine(proposal=complete, position=place, measure=measure if one.pop("with_measure") else None, **one)
        for place, one in enumerate(made, 1)
    )
    filled = read_budget(complete, NAME, budget_workbook(complete))
    plan = plan_of(complete, filled.version, filled.lines)
    assert plan.is_empty
    assert not plan.conflicts
    assert plan.unchanged == len(made)


def test_a_row_added_changed_and_removed_is_one_event_and_three_revisions(town: Town, complete: Proposal) -> None:
    before = lines(complete)
    first, second = CostLine.objects.filter(proposal=complete)[:2]
    content = edited(budget_workbook(complete), ("F2", 12.34), ("C2", "2023"))
    content = without_row(new_row(content, len(before) + 2), 3)
    plan = take_in(town.eli, complete, content)
    assert (len(plan.added), len(plan.changed), len(plan.removed)) == (1, 1, 1)
    first.refresh_from_db()
    assert (first.amount_cents, first.year) == (12_34, 2023)
    assert not CostLine.objects.filter(pk=second.pk).exists()
    added = CostLine.objects.get(proposal=complete, item="Buurtgids")
    assert (added.amount_cents, added.category, added.measure, added.item_cost_cents) == (125_050, "staff", None, None)
    revisions = Revision.objects.filter(proposal=complete, part__startswith="budget/cost_line/").order_by("version")
    assert [one.change for one in revisions] == [Change.REMOVED, Change.WRITTEN, Change.ADDED]
    assert len({one.version for one in revisions}) == 3
    assert [event.verb for event in history(complete)].count("proposals.budget_imported") == 1
    complete.refresh_from_db()
    assert complete.subsidy_cents == sum(
        one.amount_cents for one in CostLine.objects.filter(proposal=complete, source=FundingSource.SUBSIDY)
    )


def test_a_removed_line_is_put_back_alone(town: Town, complete: Proposal) -> None:
    gone = list(CostLine.objects.filter(proposal=complete)[:2])
    take_in(town.eli, complete, without_row(without_row(budget_workbook(complete), 2), 2))
    revision = Revision.objects.filter(proposal=complete, change=Change.REMOVED).order_by("version").first()
    assert revision
    operations.restore(actor=town.eli, proposal_id=complete.pk, revision_id=revision.pk)
    back = CostLine.objects.filter(pk__in=[one.pk for one in gone])
    assert [one.item for one in back] == [gone[0].item]


WRONG: list[tuple[str, Any, str]] = [
    ("item", None, "deze cel is leeg. Geef de kostenpost een naam."),
    ("item", "x" * 201, "deze naam is 201 tekens lang. Hoogstens 200 tekens kan."),
    (
        "measure",
        "M99 Iets",
        "'M99 Iets' staat niet in het voorstel. Kies een maatregel uit de lijst, of laat de cel leeg.",
    ),
    ("year", None, "deze cel is leeg. Kies een jaar uit de lijst."),
    ("year", 2031, "'2031' is geen jaar van het contract. Kies een jaar van 2022 tot 2025."),
    ("year", 2022.5, "'2022.5' is geen jaar van het contract. Kies een jaar van 2022 tot 2025."),
    ("category", None, "deze cel is leeg. Kies een soort kost uit de lijst."),
    ("category", "Feest", "'Feest' is geen soort kost van deze oproep. Kies een soort kost uit de lijst."),
    ("source", "Sponsor", "'Sponsor' is geen bron van deze oproep. Kies een bron uit de lijst."),
    ("amount_cents", None, "deze cel is leeg. Schrijf een bedrag, zoals 12.500,00."),
    (
        "amount_cents",
        "12,5x",
        "'12,5x' is geen duidelijk bedrag. Schrijf een komma voor de centen en eventueel punten tussen de duizendtallen, "
        "zoals 1.234,56.",
    ),
    ("amount_cents", 12.345, "'12,345' heeft meer dan twee cijfers na de komma. Rond het zelf af, zoals 12,35."),
    ("amount_cents", -1, "'-1' is negatief. Schrijf een bedrag vanaf 0."),
    ("amount_cents", 1e13, "dit bedrag is te groot. Kijk na of er geen cijfers te veel staan."),
    ("amount_cents", True, "'True' is geen bedrag. Schrijf bijvoorbeeld 12.500,00."),
    ("amount_cents", "=1+1", "deze cel is leeg. Schrijf een bedrag, zoals 12.500,00."),
    ("item_cost_cents", 0.001, "'0,001' heeft meer dan twee cijfers na de komma. Rond het zelf af, zoals 12,35."),
    ("mark", "abc", "'abc' is geen kenmerk. Zet het oude terug, of maak de cel leeg voor een nieuwe post."),
]
TITLE = {
    "item": "Kostenpost", "measure": "Maatregel", "year": "Jaar", "category": "Soort kost", "source": "Wie betaalt",
    "amount_cents": "Bedrag", "item_cost_cents": "Volledige kost", "mark": "Kenmerk",
}  # fmt: skip


def test_every_wrong_cell_gives_exactly_its_message_all_at_once(town: Town, complete: Proposal) -> None:
    before, row = lines(complete), len(lines(complete)) + 2
    cells: list[tuple[str, Any]] = []
    for place, (name, value, _) in enumerate(WRONG, row):
        cells += [(f"{COLUMN[one]}{place}", cell) for one, cell in (USUAL | {name: value}).items()]
    content = edited(budget_workbook(complete), *cells)
    assert refused(complete, content) == [
        f"Rij {place}, kolom {COLUMN[name]} ({TITLE[name]}): {message}"
        for place, (name, _, message) in enumerate(WRONG, row)
    ]
    assert lines(complete) == before


def test_an_amount_is_read_as_the_spreadsheet_shows_it(complete: Proposal) -> None:
    row = len(lines(complete)) + 2
    shown = {0.1 + 0.2: 30, 33.3 * 3: 99_90, "€ 1.234,5": 123_450, 7: 700}
    content = budget_workbook(complete)
    for place, cell in enumerate(shown, row):
        content = new_row(content, place, amount_cents=cell)
    read = read_budget(complete, NAME, content).lines[-len(shown) :]
    assert [line.values["amount_cents"] for line in read] == list(shown.values())


def test_two_rows_with_one_mark_are_refused(complete: Proposal) -> None:
    mark = str(CostLine.objects.filter(proposal=complete)[0].pk)
    row = len(lines(complete)) + 2
    said = refused(complete, new_row(budget_workbook(complete), row, mark=mark))
    assert said == [
        f"Rij {row}, kolom H (Kenmerk): dit kenmerk staat ook in rij 2. Maak de cel leeg: dan wordt het een nieuwe post."
    ]


def test_what_is_not_our_workbook_is_refused(town: Town, complete: Proposal, draft: Proposal) -> None:
    content = budget_workbook(complete)
    assert (
        "niet het sjabloon"
        in refused(complete, saved(load_workbook(io.BytesIO(edited(content, ("A1", "x"), sheet="Lijsten")))))[0]
    )
    assert "hoort bij een ander voorstel" in refused(draft, content)[0]
    assert "versie van het voorstel" in refused(complete, edited(content, ("G2", 10_000), sheet="Lijsten"))[0]
    assert "hier hoort de titel 'Bedrag'" in refused(complete, edited(content, ("F1", "Euro")))[0]
    for name in ("begroting.pdf", "begroting.ods", "begroting.csv"):
        said = f"{name}: dit soort bestand kan niet. Kies een bestand van het soort xlsx."
        assert refused(complete, b"%PDF-1.7\n%%EOF\n", name) == [said]
    assert "beschadigd" in refused(complete, content[:2000])[0]
    assert f"meer dan {MOST_ROWS} rijen" in refused(complete, new_row(content, MOST_ROWS + 2))[0]


def test_text_that_looks_like_a_formula_stays_text(town: Town, complete: Proposal) -> None:
    CostLine.objects.filter(proposal=complete).update(item='=HYPERLINK("http://x.example")')
    sheet = load_workbook(io.BytesIO(budget_workbook(complete)))["Begroting"]
    assert {row[0].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}


def test_titles_and_lists_are_protected_and_rows_are_free(complete: Proposal) -> None:
    content = budget_workbook(complete)
    book = load_workbook(io.BytesIO(content))
    sheet = book["Begroting"]
    assert sheet.protection.sheet
    assert [sheet[place].protection.locked for place in ("A1", "H1")] == [True, True]
    assert not any(sheet[place].protection.locked for place in ("A2", "F2", "H2"))
    assert all(book["Lijsten"][place].protection.locked for place in ("A1", "A2", "F2", "G2"))
    looks = zipfile.ZipFile(io.BytesIO(content)).read("xl/styles.xml").decode()
    assert re.search(r'<cellXfs[^>]*><xf [^>]*><protection locked="0"/>', looks), (
        "an unwritten cell keeps its row from going"
    )
    assert {str(one.sqref) for one in sheet.data_validations.dataValidation} == {
        f"{column}2:{column}{MOST_ROWS + 1}" for column in "BCDEFG"
    }


def test_a_budget_of_two_thousand_lines_is_written_and_read(complete: Proposal) -> None:
    CostLine.objects.filter(proposal=complete).delete()
    CostLine.objects.bulk_create(
        CostLine(proposal=complete, position=one, item=f"P{one}", year=2022, category="staff", source="partner", amount_cents=one)
        for one in range(MOST_ROWS)
    )  # fmt: skip
    assert len(read_budget(complete, NAME, budget_workbook(complete)).lines) == MOST_ROWS


def change(actor: Actor, proposal: Proposal, one: CostLine, **data: Any) -> None:  # noqa: ANN401 - typed values
    operations.save_record(actor=actor, proposal_id=proposal.pk, kind="cost_line", record_id=one.pk, data=data)


def conflicts(actor: Actor, proposal: Proposal, content: bytes) -> list[str]:
    before = lines(proposal)
    with pytest.raises(Invalid) as caught:
        take_in(actor, proposal, content)
    assert lines(proposal) == before
    return [fault.message for fault in caught.value.faults]


def test_a_cell_that_a_colleague_changed_after_the_download_is_a_conflict_that_names_her(
    town: Town, complete: Proposal
) -> None:
    one = CostLine.objects.filter(proposal=complete)[0]
    content = edited(budget_workbook(complete), ("F2", 1))
    change(town.saar, complete, one, amount_cents=2_00)
    (said,) = conflicts(town.eli, complete, content)
    assert said.startswith("Rij 2, kolom F (Bedrag): Saar wijzigde deze cel op 06/07/2021, na uw download.")
    with clock.frozen(clock.parse_moment("2021-07-07T00:30:00")):
        change(town.saar, complete, one, amount_cents=3_00)
        (said,) = conflicts(town.eli, complete, content)
    assert "op 07/07/2021" in said


def test_what_a_colleague_changed_elsewhere_stays(town: Town, complete: Proposal) -> None:
    one, other = CostLine.objects.filter(proposal=complete)[:2]
    content = edited(budget_workbook(complete), ("F2", 1))
    change(town.saar, complete, one, item="Andere naam")
    change(town.saar, complete, other, amount_cents=2_00)
    operations.save_record(
        actor=town.saar, proposal_id=complete.pk, kind="cost_line",
        data={"item": "Van Saar", "year": 2022, "category": "staff", "source": "subsidy", "amount_cents": 5_00},
    )  # fmt: skip
    plan = take_in(town.eli, complete, content)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.item, one.amount_cents, other.amount_cents) == ("Andere naam", 1_00, 2_00)
    assert [kept.item for kept in plan.kept] == ["Van Saar"]


def test_an_older_file_in_which_nothing_changed_does_not_say_that_the_budget_is_as_in_it(
    town: Town, complete: Proposal
) -> None:
    content, first = budget_workbook(complete), complete.cost_lines.all()[0]
    change(town.saar, complete, first, amount_cents=first.amount_cents + 1_00)
    plan = take_in(town.eli, complete, content)
    assert (plan.is_empty, plan.is_outdated, plan.behind) == (True, True, 1)
    complete.refresh_from_db()
    again = take_in(town.eli, complete, budget_workbook(complete))
    assert (again.is_empty, again.is_outdated) == (True, False)


def test_a_line_that_one_removed_and_a_colleague_changed_is_a_conflict_both_ways(
    town: Town, complete: Proposal
) -> None:
    one = CostLine.objects.filter(proposal=complete)[0]
    content = budget_workbook(complete)
    change(town.saar, complete, one, amount_cents=2_00)
    (said,) = conflicts(town.eli, complete, without_row(content, 2))
    assert "staat niet in uw bestand, maar Saar wijzigde ze" in said
    content = edited(budget_workbook(queries.get_proposal(town.eli, complete.pk)), ("F2", 3))
    operations.delete_record(actor=town.saar, proposal_id=complete.pk, kind="cost_line", record_id=one.pk)
    (said,) = conflicts(town.eli, complete, content)
    assert said.startswith("Rij 2, kolom H (Kenmerk): Saar verwijderde deze post na uw download.")


def test_the_same_file_twice_adds_nothing_twice(town: Town, complete: Proposal) -> None:
    content = new_row(budget_workbook(complete), len(lines(complete)) + 2)
    take_in(town.eli, complete, content)
    stored, events = lines(complete), len(history(complete))
    assert take_in(town.eli, complete, content).is_empty
    assert lines(complete) == stored
    assert len(history(complete)) == events


def test_taking_in_three_hundred_rows_costs_hardly_more_queries_than_three(town: Town, complete: Proposal) -> None:
    def cost(rows: Sequence[int]) -> int:
        content = budget_workbook(queries.get_proposal(town.eli, complete.pk))
        book = load_workbook(io.BytesIO(content))
        for row in rows:
            for column, value in zip("ACDEF", (f"Post {row}", 2022, "Personeel", "Partner", row), strict=True):
                book["Begroting"][f"{column}{row}"].value = value
        proposal = queries.get_proposal(town.eli, complete.pk)
        filled = read_budget(proposal, NAME, saved(book))
        with CaptureQueriesContext(connection) as captured:
            operations.import_budget(
                actor=town.eli, proposal_id=proposal.pk, version=filled.version, lines=filled.lines
            )
        return len(captured)

    start = len(lines(complete)) + 2
    few = cost(range(start, start + 3))
    many = cost(range(start + 3, start + 303))
    assert few == 14
    assert many <= few + 6  # SQLite takes a hundred rows at a time


def test_the_certifier_may_not_and_the_outsider_finds_nothing(town: Town, complete: Proposal) -> None:
    with pytest.raises(Refused):
        operations.import_budget(actor=town.cas, proposal_id=complete.pk, version=0, lines=[])
    with pytest.raises(NotVisible):
        operations.import_budget(actor=town.omar, proposal_id=complete.pk, version=0, lines=[])


def test_the_carried_rows_are_of_one_person_one_proposal_and_two_hours(town: Town, complete: Proposal) -> None:
    filled = read_budget(complete, NAME, budget_workbook(complete))
    carried = sealed(town.eli, complete, filled)
    assert opened(town.eli, complete, carried) == Filled(filled.version, list(filled.lines))
    for actor, text in ((town.saar, carried), (town.eli, carried[:-1]), (town.eli, "")):
        with pytest.raises(Invalid):
            opened(actor, complete, text)
    assert LONGEST_SECONDS == 7200
