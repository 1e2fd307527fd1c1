"""The records of each section of a proposal as blocks of a paper: tables, short facts and the two drawings (R1 to R16)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, cast

from django.forms import ChoiceField

from wijkcontract.proposals.forms import FORMS
from wijkcontract.reporting.papers import Block, Bullets, Column, Facts, Heading, Text, Tone
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Experiment, Measure, Proposal, Target
from wijkcontract.web.components.dossier_rows import ActionRow, Dated, MeasureRow, ProblemView
from wijkcontract.web.components.formats import NOTHING, day, day_long, euro, number
from wijkcontract.web.components.proposal_dossier import ProposalDossier
from wijkcontract.web.papers.blocks import facts, lines, table
from wijkcontract.web.papers.proposal_money import budget_blocks
from wijkcontract.web.papers.proposal_package import coherence_blocks
from wijkcontract.web.papers.proposal_partners import partner_blocks


def section_blocks(code: str, view: ProposalDossier, programme: Programme) -> list[Block]:
    """The records of one section; a section of texts only has none."""
    make = SECTIONS.get(code)
    return make(view, programme) if make else []


def _neighbourhood(view: ProposalDossier, _: Programme) -> list[Block]:
    place = view.document.neighbourhood
    rows = [(lines(one.indicator, one.unit), one.value, one.compare, one.year, one.source) for one in view.indicators]
    columns = [
        Column("Indicator", 4),
        Column("Wijk", 2, is_number=True),
        Column("Vergelijking", 2, is_number=True),
        Column("Jaar", 1),
        Column("Bron", 4),
    ]
    return [
        Facts(
            [
                ("Wijk", place.name or NOTHING),
                ("Inwoners", number(place.inhabitants)),
                ("Statistische sectoren", ", ".join(place.sectors) or NOTHING),
            ]
        ),
        *table("Cijfers van de wijk", columns, rows),
    ]


def _problems(view: ProposalDossier, _: Programme) -> list[Block]:
    return [block for one in view.problems for block in _problem(one)]


def _problem(view: ProblemView) -> list[Block]:
    one = view.source
    known = [
        ("Groepen", ", ".join(one.groups)),
        ("Bewoners", number(one.residents) if one.residents is not None else ""),
        ("Overstijgt het bestuur", one.beyond_capacity),
        ("Regel die in de weg staat", one.blocking_rule),
        ("Instantie", one.blocking_body),
        *(_experiment(one.experiment) if one.experiment else ()),
        ("Antwoord", view.answered_by or "geen maatregel"),
    ]
    return [
        Heading(f"{view.code}. {one.title}", 2),
        Text(one.description),
        *facts(known),
    ]


def _experiment(one: Experiment) -> list[tuple[str, str]]:
    """What room in the rules is asked, of whom, where and when (R10)."""
    period = f"{day(one.start)} tot {day(one.end)}" if one.start or one.end else ""
    return [
        ("Gevraagd experiment", one.what),
        ("Regel die anders toegepast wordt", ", ".join(part for part in (one.rule, one.rule_link) if part)),
        ("Gevraagd aan", one.body),
        ("Gebied van het experiment", one.area),
        ("Periode van het experiment", period),
    ]


def _objectives(view: ProposalDossier, _: Programme) -> list[Block]:
    sources = [target for one in view.document.objectives for target in one.targets]
    rows = [
        (
            lines(one.indicator, one.direction, _aggregation(source)),
            one.objective,
            lines(one.baseline, one.baseline_note),
            lines(one.target, f"tegen {one.target_on}" if one.target_on != NOTHING else ""),
        )
        for one, source in zip(view.targets, sources, strict=True)
    ]
    columns = [
        Column("Indicator", 4),
        Column("Doel", 1),
        Column("Nulmeting", 3, is_number=True),
        Column("Streefwaarde", 3, is_number=True),
    ]
    goals: list[Block] = [Bullets(view.objectives)] if view.objectives else []
    return [*goals, *table("Meetbare doelen", columns, rows)]


def _aggregation(target: Target) -> str:
    """How a target is added up over the neighbourhood, in the words of the form."""
    offered = dict(
        cast("Iterable[tuple[str, str]]", cast("ChoiceField", FORMS["target"].base_fields["aggregation"]).choices)
    )
    return f"opgeteld als: {offered.get(target.aggregation, target.aggregation).lower()}" if target.aggregation else ""


def _measures(view: ProposalDossier, programme: Programme) -> list[Block]:
    rows = [(f"{one.code} {one.title}", one.problems, one.objectives, euro(one.cost)) for one in view.measures]
    columns = [
        Column("Maatregel", 6),
        Column("Antwoord op", 3),
        Column("Draagt bij aan", 3),
        Column("Kosten in EUR", 3, is_number=True),
    ]
    return [
        *table("Het pakket: P is een probleem, D een doelstelling", columns, rows),
        *coherence_blocks(view, programme),
        *(
            block
            for row, source in zip(view.measures, view.document.measures, strict=True)
            for block in _measure(row, source)
        ),
    ]


ACTION_COLUMNS: Final = [Column("Actie", 4), Column("Wat, wie en wanneer", 6)]


def _measure(row: MeasureRow, source: Measure) -> list[Block]:
    known = [
        ("Soort", f"{row.nature}, nieuw in deze wijk" if row.is_new else row.nature),
        ("Instrument", row.instrument),
        ("Beleidsdomeinen", row.domains),
        ("Bestuursniveaus", row.levels),
        ("Versneld programma", source.programme_name),
        ("Hoeveel sneller", source.acceleration),
        ("Trekker", row.lead),
    ]
    return [
        Heading(f"{row.code}. {row.title}", 2),
        Text(row.description),
        *facts([(name, value) for name, value in known if value != NOTHING]),
        *table(f"Acties van {row.code}", ACTION_COLUMNS, [_action(one) for one in row.actions]),
    ]


def _action(one: ActionRow) -> tuple[str, str]:
    return f"{one.code} {one.title}", lines(one.description, one.note) or NOTHING


def _risks(view: ProposalDossier, _: Programme) -> list[Block]:
    rows = [
        (
            f"{one.title}\nbij {one.where}",
            f"{one.level}\nkans {one.likelihood}, impact {one.impact}",
            one.mitigation or NOTHING,
            one.owner or NOTHING,
        )
        for one in view.risks
    ]
    columns = [Column("Risico", 4), Column("Niveau", 2), Column("Beheersing", 5), Column("Wie", 2)]
    return table("Risico's, met kans en impact van 1 tot 5", columns, rows)


def _participation(view: ProposalDossier, _: Programme) -> list[Block]:
    groups = view.document.participation.target_groups
    reached: list[Block] = [Facts([("Doelgroepen", ", ".join(groups))])] if groups else []
    return [*reached, *_dated("Momenten met bewoners", view.moments), *_dated("Stappen naar draagvlak", view.support)]


def _plan(view: ProposalDossier, _: Programme) -> list[Block]:
    term = view.document.term
    return [
        Facts([("Looptijd", f"{day_long(term.start)} tot en met {day_long(term.end)}")]),
        *_dated("Mijlpalen", view.milestones),
    ]


def _knowledge(view: ProposalDossier, _: Programme) -> list[Block]:
    return [*_dated("Momenten van kennisdeling", view.dissemination), *_continuations(view.document)]


def _continuations(document: Proposal) -> list[Block]:
    """What goes on after the term, and who pays (R14)."""
    rows = [
        (
            one.what,
            one.carried_by or NOTHING,
            one.paid_by or NOTHING,
            euro(one.amount),
            day(one.starts_on),
            "ja" if one.certain else "nog niet",
        )
        for one in document.continuations
    ]
    columns = [
        Column("Wat", 5), Column("Wie doet verder", 3), Column("Wie betaalt", 4), Column("EUR per jaar", 3, is_number=True),
        Column("Vanaf", 2), Column("Zeker", 2),
    ]  # fmt: skip
    return table("Voortzetting na het contract", columns, rows)


def _dated(caption: str, rows: Sequence[Dated]) -> list[Block]:
    columns = [Column("Datum", 2), Column("Wat", 7), Column("Toelichting", 5)]
    return table(caption, columns, [(day(one.on), one.title, one.note) for one in rows])


def _local_decisions(view: ProposalDossier, _: Programme) -> list[Block]:
    rows = [
        (one.body, day(one.on), one.number or NOTHING, lines(one.file_name, one.link) or NOTHING)
        for one in view.decisions
    ]
    if not rows:
        return [Text("Geen besluit toegevoegd.", Tone.NOTE)]
    columns = [Column("Wie", 4), Column("Datum", 2), Column("Nummer", 2), Column("Document", 5)]
    return table("Besluiten van college en raad", columns, rows)


SECTIONS: Final[Mapping[str, Callable[[ProposalDossier, Programme], list[Block]]]] = {
    "neighbourhood": _neighbourhood,
    "problems": _problems,
    "objectives": _objectives,
    "measures": _measures,
    "partners": partner_blocks,
    "budget": budget_blocks,
    "risks": _risks,
    "participation": _participation,
    "plan": _plan,
    "knowledge": _knowledge,
    "local_decision": _local_decisions,
}
