"""The sections of a draft as people write them: order, names and help of the programme, else an introduction of the product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wijkcontract.proposals.records import Kind, kinds_of
from wijkcontract.rules.programme import Programme, Question
from wijkcontract.rules.verdicts import NotVisible

INTRODUCTIONS: Final[Mapping[str, str]] = {
    "neighbourhood": "Over welke wijk gaat het? Toon met cijfers dat ze kwetsbaar is, en noem de bron.",
    "problems": "Wat loopt er mis in de wijk, en wie merkt dat? Zeg ook wat uw bestuur niet alleen kan oplossen.",
    "objectives": "Wat is er op het einde anders? Geef elke doelstelling een nulmeting en een streefwaarde.",
    "measures": "Wat gaat u doen, en welk probleem lost dat op? Combineer harde maatregelen (bouwen, aanleggen) met zachte "
    "(begeleiden, organiseren). Minstens één maatregel gebruikt een nieuw instrument.",
    "partners": "Wie doet mee, en waartoe verbindt elke partner zich? Vraagt u iets aan een Vlaamse instantie, noem het hier: "
    "zij geeft haar standpunt aan de jury.",
    "budget": "Wat kost het, per jaar, en wie betaalt? De meters rekenen mee zodra u een post bewaart.",
    "risks": "Wat kan misgaan, en wat doet u eraan? Kijk elke maatregel en elke doelstelling na.",
    "participation": "Hoe werken bewoners mee? Zonder participatieproces is er geen wijkverbeteringscontract.",
    "plan": "Wanneer loopt het contract, en wat is wanneer klaar? Een mijlpaal is een zin die men kan nagaan.",
    "knowledge": "Hoe deelt u wat u leert, en hoe gaat het verder na het contract?",
    "local_decision": "Het college of de gemeenteraad keurt het voorstel goed. Voeg het besluit toe.",
}


@dataclass(frozen=True)
class SectionPlan:
    """One section of a draft: what is asked in texts, and which records it holds."""

    code: str
    number: int
    label: str
    introduction: str
    questions: tuple[Question, ...]
    kinds: tuple[Kind, ...]


def sections(programme: Programme) -> list[SectionPlan]:
    """The sections that the call asks for, numbered in its order."""
    asked = [part for part in programme.sections if part.enabled]
    return [
        SectionPlan(
            code=part.code,
            number=number,
            label=part.label,
            introduction=part.help or INTRODUCTIONS.get(part.code, ""),
            questions=tuple(question for question in programme.questions if question.section == part.code),
            kinds=tuple(kinds_of(part.code)),
        )
        for number, part in enumerate(asked, 1)
    ]


def section(programme: Programme, code: str) -> SectionPlan:
    """One section. Raises NotVisible when the call does not ask for it."""
    found = next((part for part in sections(programme) if part.code == code), None)
    if found is None:
        raise NotVisible
    return found
