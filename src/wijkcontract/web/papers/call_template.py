"""The template of a call on paper, made from its programme: what is asked, how long it may be, and by which rules (R15).

In Word an authority can write in it with those who have no account; what was written goes into the proposal on the site.
"""

from __future__ import annotations

from wijkcontract.calls.models import Call, Criterion
from wijkcontract.calls.queries import criteria_of
from wijkcontract.proposals.sections import SectionPlan, sections
from wijkcontract.reporting.papers import AnswerSpace, Block, Column, Facts, Heading, Paper, Text, Tone
from wijkcontract.rules import clock
from wijkcontract.rules.programme import DecidingBody, Programme, Question
from wijkcontract.web.components.formats import day, day_long, euro_unit, number, percent
from wijkcontract.web.papers.blocks import facts, table
from wijkcontract.web.papers.template_forms import block_forms, kind_forms

APPLICANTS = {"municipality": "gemeenten", "ocmw": "OCMW's"}
DECIDES: dict[str, str] = {
    DecidingBody.FLEMISH_GOVERNMENT: "de Vlaamse Regering, op voorstel van de minister",
    DecidingBody.MINISTER: "de minister",
}
HOW_TO = (
    "Met dit document bereidt u een voorstel voor, ook met wie niet op de site werkt. Indienen kan alleen op de site: "
    "neem uw teksten daar over. De site rekent de begroting na en zegt wat nog ontbreekt.\n"
    "Een code zoals P1 of M2 verwijst naar een ander onderdeel: P is een probleem, D een doelstelling, M een maatregel."
)
CHARACTERS_IN_A_LINE, FEWEST_LINES, MOST_LINES = 200, 3, 12


def applicants_of(programme: Programme) -> str:
    """Who may apply, in words: "gemeenten en OCMW's"."""
    return " en ".join(APPLICANTS.get(kind, kind) for kind in programme.applicants.kinds)


def template_paper(call: Call) -> Paper:
    """The template of a call that the caller was allowed to fetch."""
    draft = [Text("De oproep is in opmaak. Alles kan nog veranderen.", Tone.WARNING)] if call.phase == "draft" else []
    example = [Text("De cijfers van deze oproep zijn een voorbeeld.", Tone.NOTE)] if call.programme.example else []
    until = f", indienen tot en met {day_long(call.last_day)}" if call.last_day else ""
    return Paper(
        title=f"Sjabloon van {call.title}",
        subtitle=call.programme.title,
        state=f"{call.phase_label}{until}",
        author="Agentschap Binnenlands Bestuur",
        moment=call.launched_at or clock.now(),
        blocks=[
            *draft,
            *example,
            Heading("Zo gebruikt u dit document"),
            Text(HOW_TO),
            *_rules(call),
            *_criteria(list(criteria_of(call)), call),
            *_calendar(call),
            *(block for plan in sections(call.programme) for block in _section(plan, call)),
        ],
    )


def _rules(call: Call) -> list[Block]:
    programme = call.programme
    limits = programme.limits
    term = f"hoogstens {limits.term_months_max} maanden"
    if call.term_start and call.term_end:
        term += f", tussen {day_long(call.term_start)} en {day_long(call.term_end)}"
    who = applicants_of(programme)
    rows = [
        (
            "Voor wie",
            f"{who}, ook samen met een bestuur dat eraan grenst" if programme.applicants.co_applicants else who,
        ),
        ("Hoogste subsidie per contract", euro_unit(limits.subsidy_ceiling)),
        ("Budget van de oproep", euro_unit(limits.call_budget)),
        ("Looptijd van een contract", term),
        ("Eigen inbreng", f"minstens {percent(limits.own_contribution_min)} van de begrote kosten"),
        ("Kleine werken in de publieke ruimte", f"hoogstens {percent(limits.infrastructure_max)} van de subsidie"),
        ("Participatie", "zonder participatieproces kunt u niet indienen" if programme.participation_required else ""),
        (
            "Lokaal besluit",
            "het college of de gemeenteraad keurt het voorstel vooraf goed"
            if programme.local_decision_required
            else "",
        ),
        ("Wie beslist", f"eerst adviseert een jury, daarna beslist {DECIDES[programme.deciding_body]}"),
    ]
    return [Heading("De regels van de oproep"), *facts(rows)]


def _criteria(criteria: list[Criterion], call: Call) -> list[Block]:
    scoring = call.programme.scoring
    rows = [(one.name, one.guidance, str(one.weight)) for one in criteria]
    columns = [Column("Criterium", 4), Column("Wat de jury zich afvraagt", 8), Column("Gewicht", 2, is_number=True)]
    total = ("Totaal", "", str(sum(one.weight for one in criteria)))
    caption = f"Criteria van de jury, die van {scoring.lowest} tot {scoring.highest} punten geeft"
    return [Heading("Waar de jury op let"), *table(caption, columns, rows, total)] if rows else []


def _calendar(call: Call) -> list[Block]:
    rows = [
        ("Publicatie van de oproep", day(call.published_on) if call.published_on else ""),
        ("Laatste dag om in te dienen, tot middernacht", day(call.last_day) if call.last_day else ""),
        ("Eerste dag van een contract", day(call.term_start) if call.term_start else ""),
        ("Laatste dag van een contract", day(call.term_end) if call.term_end else ""),
    ]
    known = [(what, when) for what, when in rows if when]
    return [Heading("Kalender"), Facts(known)] if known else []


def _section(plan: SectionPlan, call: Call) -> list[Block]:
    introduction = [Text(plan.introduction)] if plan.introduction else []
    questions = [block for question in plan.questions for block in _question(question)]
    return [
        Heading(f"{plan.number}. {plan.label}"),
        *introduction,
        *block_forms(plan),
        *(block for kind in plan.kinds for block in kind_forms(kind, call)),
        *questions,
    ]


def _question(question: Question) -> list[Block]:
    lines = min(MOST_LINES, max(FEWEST_LINES, question.max_chars // CHARACTERS_IN_A_LINE))
    must = "Verplicht." if question.required else "Niet verplicht."
    return [
        Heading(question.label, 2),
        Text(question.help),
        Text(f"{must} Hoogstens {number(question.max_chars)} tekens.", Tone.NOTE),
        AnswerSpace(lines),
    ]
