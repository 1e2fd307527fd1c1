"""The states of every object and the events that move them, as tables; each state has its OSLO phase and code.

An event is named in the past tense, as the audit log names it. Whether a call is open or closed is no
state: the clock says so (`call_phase`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from wijkcontract.rules.verdicts import Refused


class Phase(StrEnum):
    """StatusVlaamseFase of the OSLO code lists."""

    COMPOSING = "Samenstelling"
    HANDLING = "Behandeling"
    DECIDING = "Beslissing"
    EXECUTING = "Uitvoering"
    FINISHED = "Afgerond"


@dataclass(frozen=True, slots=True)
class State:
    """A state for people (`label`) and for the OSLO code lists (`phase`, `status_code`)."""

    label: str
    phase: Phase
    status_code: str


@dataclass(frozen=True, slots=True)
class Event:
    """What may happen: from which states, to which state, and the verb of a refusal."""

    verb: str
    moves: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StateTable:
    """All states and events of one kind of object. `noun` begins the sentence of a refusal."""

    noun: str
    initial: str
    states: Mapping[str, State]
    events: Mapping[str, Event]

    def allowed(self, state: str) -> list[str]:
        """The events that are possible in a state."""
        return [name for name, event in self.events.items() if state in event.moves]


class NotAllowed(Refused):
    """An event that is not possible in the present state; the reason is a Dutch sentence."""


def advance(table: StateTable, state: str, event: str) -> str:
    """The state after an event. Raises NotAllowed when it is not possible, KeyError for an unknown name."""
    label, happening = table.states[state].label, table.events[event]
    if state not in happening.moves:
        raise NotAllowed(f"{table.noun} met de status '{label}' kunt u niet {happening.verb}.")
    return happening.moves[state]


def call_phase(state: str, opens_at: datetime | None, closes_at: datetime | None, moment: datetime) -> str:
    """Where a call stands at a moment: "draft", "announced", "open" or "closed"."""
    if state == CALL.initial or opens_at is None or closes_at is None:
        return "draft"
    if moment < opens_at:
        return "announced"
    return "open" if moment < closes_at else "closed"


CALL: Final = StateTable(
    noun="Een oproep",
    initial="draft",
    states={
        "draft": State("In opmaak", Phase.COMPOSING, "Geinitieerd"),
        "launched": State("Gelanceerd", Phase.EXECUTING, "InVerwerking"),
    },
    events={
        "launched": Event("lanceren", {"draft": "launched"}),
        "extended": Event("verlengen", {"launched": "launched"}),
    },
)

PROPOSAL: Final = StateTable(
    noun="Een voorstel",
    initial="draft",
    states={
        "draft": State("Ontwerp", Phase.COMPOSING, "Geinitieerd"),
        "submitted": State("Ingediend", Phase.HANDLING, "Ingediend"),
        "admissible": State("Ontvankelijk", Phase.HANDLING, "Ontvankelijk"),
        "inadmissible": State("Onontvankelijk", Phase.FINISHED, "Onontvankelijk"),
        "in_jury": State("Bij de jury", Phase.HANDLING, "InVerwerking"),
        "advised": State("Advies gegeven", Phase.DECIDING, "KlaarVoorBeslissing"),
        "decided": State("Beslist", Phase.DECIDING, "Beslist"),
    },
    events={
        "submitted": Event("indienen", {"draft": "submitted"}),
        "withdrawn": Event("intrekken", {"submitted": "draft"}),
        "declared_admissible": Event(
            "ontvankelijk verklaren", {"submitted": "admissible", "inadmissible": "admissible"}
        ),
        "declared_inadmissible": Event("onontvankelijk verklaren", {"submitted": "inadmissible"}),
        "sent_to_jury": Event("aan de jury bezorgen", {"admissible": "in_jury"}),
        "advised": Event("van een advies voorzien", {"in_jury": "advised"}),
        "decided": Event("beslissen", {"advised": "decided"}),
    },
)

CLARIFICATION: Final = StateTable(
    noun="Een vraag om verduidelijking",
    initial="asked",
    states={
        "asked": State("Gevraagd", Phase.HANDLING, "InWacht"),
        "answered": State("Beantwoord", Phase.HANDLING, "InVerwerking"),
        "withdrawn": State("Ingetrokken", Phase.HANDLING, "InVerwerking"),
    },
    events={
        "extended": Event("verlengen", {"asked": "asked"}),
        "answered": Event("beantwoorden", {"asked": "answered"}),
        "withdrawn": Event("intrekken", {"asked": "withdrawn"}),
    },
)

DECISION: Final[Mapping[str, State]] = {
    "granted": State("Goedgekeurd", Phase.DECIDING, "Goedgekeurd"),
    "partly_granted": State("Deels goedgekeurd", Phase.DECIDING, "DeelsGoedgekeurd"),
    "refused": State("Geweigerd", Phase.FINISHED, "Geweigerd"),
}
"""The outcomes of a decision: they stand on the decision, not on the proposal."""

JURY: Final = StateTable(
    noun="Een jury",
    initial="composed",
    states={
        "composed": State("Samengesteld", Phase.COMPOSING, "Geinitieerd"),
        "scoring": State("Beoordeling loopt", Phase.HANDLING, "InVerwerking"),
        "locked": State("Punten vergrendeld", Phase.HANDLING, "InWacht"),
        "advised": State("Advies gegeven", Phase.DECIDING, "KlaarVoorBeslissing"),
    },
    events={
        "scoring_opened": Event("laten beginnen met de beoordeling", {"composed": "scoring"}),
        "scores_locked": Event("vergrendelen", {"scoring": "locked"}),
        "advice_given": Event("advies laten geven", {"locked": "advised"}),
    },
)

CONTRACT: Final = StateTable(
    noun="Een contract",
    initial="draft",
    states={
        "draft": State("In opmaak", Phase.DECIDING, "Goedgekeurd"),
        "signed": State("Ondertekend", Phase.EXECUTING, "InVerwerking"),
        "ended": State("Beëindigd", Phase.FINISHED, "Uitgevoerd"),
    },
    events={
        "signed": Event("ondertekenen", {"draft": "signed"}),
        "amended": Event("wijzigen", {"signed": "signed"}),
        "ended": Event("beëindigen", {"signed": "ended"}),
    },
)

ROUND: Final = StateTable(
    noun="Een ronde",
    initial="draft",
    states={
        "draft": State("Voorbereid", Phase.COMPOSING, "Geinitieerd"),
        "open": State("Open", Phase.EXECUTING, "InVerwerking"),
        "closed": State("Afgesloten", Phase.FINISHED, "Uitgevoerd"),
    },
    events={
        "opened": Event("openen", {"draft": "open"}),
        "closed": Event("afsluiten", {"open": "closed"}),
    },
)

PROGRESS_REPORT: Final = StateTable(
    noun="Een voortgangsverslag",
    initial="draft",
    states={
        "draft": State("In opmaak", Phase.COMPOSING, "Geinitieerd"),
        "submitted": State("Gecertificeerd en ingediend", Phase.HANDLING, "Ingediend"),
        "returned": State("Terug voor aanpassing", Phase.COMPOSING, "DossierOnvolledig"),
        "accepted": State("Aanvaard", Phase.FINISHED, "Goedgekeurd"),
    },
    events={
        "certified": Event("certificeren en indienen", {"draft": "submitted", "returned": "submitted"}),
        "returned": Event("terugsturen", {"submitted": "returned"}),
        "accepted": Event("aanvaarden", {"submitted": "accepted"}),
    },
)

REPORT: Final = StateTable(
    noun="Een rapport",
    initial="draft",
    states={
        "draft": State("In opmaak", Phase.COMPOSING, "Geinitieerd"),
        "issued": State("Uitgebracht", Phase.FINISHED, "Uitgevoerd"),
    },
    events={"issued": Event("uitbrengen", {"draft": "issued"})},
)

TABLES: Final[Mapping[str, StateTable]] = {
    "call": CALL,
    "proposal": PROPOSAL,
    "clarification": CLARIFICATION,
    "jury": JURY,
    "contract": CONTRACT,
    "round": ROUND,
    "progress_report": PROGRESS_REPORT,
    "report": REPORT,
}
