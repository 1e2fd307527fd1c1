"""The list of proposals: filters and sorting from the address, and few queries however many proposals there are."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import QueryDict

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Proposal, Submission
from wijkcontract.proposals.models.proposal import SubmissionKind
from wijkcontract.proposals.queries import count_by_call

SORTS: Mapping[str, tuple[str, str]] = {
    "gemeente": ("applicant__name", "Gemeente"),
    "voorstel": ("title", "Voorstel"),
    "kostprijs": ("cost_cents", "Kostprijs"),
    "subsidie": ("subsidy_cents", "Subsidie"),
    "stand": ("state", "Stand"),
    "ingediend": ("arrived_at", "Ingediend"),
}
DEFAULT_SORT = "gemeente"
LONGEST_TEXT = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; anything unknown in the address is as if it was not asked."""

    call: str = ""
    state: str = ""
    text: str = ""
    sort: str = DEFAULT_SORT
    descending: bool = False

    @property
    def is_active(self) -> bool:
        return bool(self.call or self.state or self.text)

    def address(self, **changes: str) -> str:
        """The query string of these filters with some changed, back on the first page."""
        asked = {
            "oproep": self.call,
            "stand": self.state,
            "q": self.text,
            "sorteer": f"-{self.sort}" if self.descending else self.sort,
        } | changes
        if asked["sorteer"] == DEFAULT_SORT:
            asked["sorteer"] = ""
        return "?" + urlencode({key: value for key, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class SortLink:
    """The head of a column that sorts: a second click turns the order."""

    label: str
    address: str
    direction: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class StateChip:
    """How many proposals are in a state, and the address that shows only those."""

    state: str
    label: str
    count: int
    address: str
    current: bool


def filters_from(query: QueryDict) -> Filters:
    """Read the filters from an address."""
    sort = query.get("sorteer", DEFAULT_SORT)
    known = sort.removeprefix("-") in SORTS
    state = query.get("stand", "")
    return Filters(
        call=_uuid(query.get("oproep", "")),
        state=state if state in ProposalState.values else "",
        text=query.get("q", "").replace("\x00", "").strip()[:LONGEST_TEXT],
        sort=sort.removeprefix("-") if known else DEFAULT_SORT,
        descending=known and sort.startswith("-"),
    )


def counts_for(actor: Actor) -> dict[uuid.UUID, int] | None:
    """How many proposals each call has, drafts included; None for who may not know (access.md, 'count only')."""
    return count_by_call(actor) if actor.has(Role.AGENCY_MANAGER, Role.AGENCY_FINANCE) else None


def matching(visible: QuerySet[Proposal], filters: Filters) -> QuerySet[Proposal]:
    """The proposals of a call whose municipality matches, in every state."""
    found = visible
    if filters.call:
        found = found.filter(call_id=filters.call)
    if filters.text:
        found = found.filter(applicant__name__icontains=filters.text)
    return found


def in_order(found: QuerySet[Proposal], filters: Filters) -> QuerySet[Proposal]:
    """The rows of the table: one state, sorted, with the moment of the last submission and no more than is shown."""
    submitted = Submission.objects.filter(proposal=OuterRef("pk"), kind=SubmissionKind.SUBMISSION)
    arrived = submitted.order_by("-number").values("arrived_at")[:1]
    if filters.state:
        found = found.filter(state=filters.state)
    column = SORTS[filters.sort][0]
    return (
        found.annotate(arrived_at=Subquery(arrived))
        .select_related(None)
        .select_related("applicant")
        .only("title", "neighbourhood", "state", "cost_cents", "subsidy_cents", "call_id", "applicant__name")
        .order_by(f"-{column}" if filters.descending else column, "title", "pk")
    )


def state_chips(found: QuerySet[Proposal], filters: Filters) -> list[StateChip]:
    """The states that occur, with their counts, after one that shows all."""
    counts = dict(found.order_by().values_list("state").annotate(count=Count("pk")))
    chips = [StateChip("", "Alle", sum(counts.values()), filters.address(stand=""), not filters.state)]
    return chips + [
        StateChip(code, str(label), counts[code], filters.address(stand=code), filters.state == code)
        for code, label in ProposalState.choices
        if code in counts
    ]


def sort_links(filters: Filters) -> dict[str, SortLink]:
    """The heads of the columns by their name."""
    links = {}
    for name, (column, label) in SORTS.items():
        here = filters.sort == name
        direction = ("descending" if filters.descending else "ascending") if here else ""
        turned = f"-{name}" if here and not filters.descending else name
        links[name] = SortLink(label, filters.address(sorteer=turned), direction, column.endswith("_cents"))
    return links


def _uuid(text: str) -> str:
    try:
        return str(uuid.UUID(text)) if text else ""
    except ValueError:
        return ""
