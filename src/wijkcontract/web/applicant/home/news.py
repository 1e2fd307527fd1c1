"""What changed in the own proposals: the newest events of the log as sentences; saves in a row by one person are one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wijkcontract.audit.models import Event
from wijkcontract.audit.queries import latest
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock
from wijkcontract.web.applicant.home.focus import address

READ: Final = 40
SHOWN: Final = 6
MANY: Final = 3
SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    "proposals.started": ("Voorstel begonnen", "plus"),
    "proposals.imported": ("Voorstel ingeladen", "file"),
    "proposals.saved": ("Bewaard", "pen"),
    "proposals.submitted": ("Voorstel ingediend", "check"),
    "proposals.withdrawn": ("Voorstel ingetrokken", "info"),
    "proposals.declared_admissible": ("Ontvankelijk verklaard", "check"),
    "proposals.declared_inadmissible": ("Onontvankelijk verklaard", "info"),
    "proposals.sent_to_jury": ("Bij de jury", "talk"),
    "proposals.advised": ("De jury gaf advies", "talk"),
    "proposals.decided": ("Beslissing genomen", "info"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened: what, to which proposal, by whom, when."""

    sentence: str
    icon: str
    subject: str
    url: str
    who: str
    at: datetime


def changes_in(proposals: Iterable[Proposal], labels: Mapping[str, str]) -> list[Change]:
    """The newest changes, newest first. `labels` names the sections of the call by code."""
    known = {str(one.pk): one for one in proposals}
    if not known:
        return []
    shown: dict[tuple[object, ...], Change] = {}
    for event in latest("proposals.proposal", known, READ):
        if event.verb in SENTENCES:
            change = _change(event, known[event.subject_id], labels)
            shown.setdefault((change.sentence, change.subject, change.who, clock.day_of(change.at)), change)
    return list(shown.values())[:SHOWN]


def _change(event: Event, proposal: Proposal, labels: Mapping[str, str]) -> Change:
    sentence, icon = SENTENCES[event.verb]
    touched = [labels[code] for code in event.data.get("sections", ()) if code in labels]
    if touched:
        sentence = f"{' en '.join(touched)} bewaard" if len(touched) < MANY else "Teksten bewaard"
    return Change(sentence, icon, proposal.title, address(proposal), event.actor_name, event.at)
