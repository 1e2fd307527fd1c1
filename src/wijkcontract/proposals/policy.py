"""Who may read and change a proposal (access.md, rows "proposal @..."). Jurors and Flemish bodies read through the jury room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.db.models import Q

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Clarification, ClarificationState, Comment, PledgeLink, Proposal, ReadGrant
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import ALLOWED, Verdict, refuse

LOCAL_ROLES: Final = (Role.EDITOR, Role.SUBMITTER, Role.CERTIFIER)
WRITERS: Final = (Role.EDITOR, Role.SUBMITTER)
READS_AFTER_WINDOW: Final = (Role.AGENCY_MANAGER, Role.AGENCY_FINANCE, Role.AUDITOR)
READS_DOSSIER: Final = (Role.CABINET, Role.INSPECTORATE)
READS_CLARIFICATIONS: Final = (Role.AGENCY_MANAGER, Role.AUDITOR)
CLARIFIABLE: Final = (ProposalState.SUBMITTED, ProposalState.ADMISSIBLE)
DOSSIER_STATES: Final = (ProposalState.ADVISED, ProposalState.DECIDED)
FINISHED_STATES: Final = (ProposalState.INADMISSIBLE, ProposalState.DECIDED)


BUDGET: Final = "budget"

Bar = Callable[[Actor], Q]
_bars: list[Bar] = []


def register_bar(closed_to: Bar) -> None:
    """A room tells, at start, which proposals it closes to an actor whatever the role of the State (the jury: conflicts)."""
    _bars.append(closed_to)


Selection = Callable[[], Q]
_selections: list[Selection] = []


def register_selection(selected_by: Selection) -> None:
    """A room tells, at start, which decided proposals go on to the next phase (the contracts: what was granted)."""
    _selections.append(selected_by)


def selected() -> Q:
    """Which decided proposals go on to the next phase; none when no room says so."""
    chosen = Q(pk__in=())
    for selected_by in _selections:
        chosen |= selected_by()
    return chosen


def visible(actor: Actor) -> Q:
    """Which proposals exist for this actor: by role, and for a partner the drafts that the authority lets it read."""
    return visible_by_role(actor) | reads_along(actor)


def reads_along(actor: Actor) -> Q:
    """The drafts of running calls that a partner was invited to read: the draft only, no earlier submission (decision 0025)."""
    if not actor.has(Role.PARTNER):
        return Q(pk__in=())
    held = Q(invitation__person=actor.person_id, ended_at=None) & (Q(until=None) | Q(until__gte=clock.today()))
    granted = ReadGrant.objects.filter(held).order_by().values("proposal")
    return Q(state=ProposalState.DRAFT, call__last_day__gte=clock.today(), pk__in=granted)


def only_reads_along(actor: Actor, proposal: Proposal) -> bool:
    """Does this actor read this proposal as a partner that was invited, and not as its authority or for the State?"""
    return actor.has(Role.PARTNER) and not _is_own(actor, proposal)


def visible_by_role(actor: Actor) -> Q:
    """The own proposals, and for the State those whose window has closed.

    A conflict of interest beats every role of the State; what an authority wrote itself stays its own.
    """
    seen = Q(pk__in=())
    if actor.has(*READS_AFTER_WINDOW):
        seen |= ~Q(state=ProposalState.DRAFT) & Q(call__last_day__lt=clock.today())
    if actor.has(*READS_DOSSIER):
        seen |= Q(state__in=DOSSIER_STATES)
    if actor.has(*READS_AFTER_WINDOW, *READS_DOSSIER):
        for closed_to in _bars:
            seen &= ~closed_to(actor)
    return own(actor) | seen


def own(actor: Actor) -> Q:
    """The proposals of the authority that the actor works for."""
    if actor.has(*LOCAL_ROLES) and actor.organisation_id:
        return Q(applicant_id=actor.organisation_id)
    return Q(pk__in=())


def visible_clarifications(actor: Actor) -> Q:
    """Which requests exist for this actor (access.md, "clarification asked"); the jury reads them through its own room."""
    read = visible_by_role(actor) if actor.has(*READS_CLARIFICATIONS) else own(actor)
    return Q(proposal__in=Proposal.objects.filter(read).order_by().values("pk"))


def _is_own(actor: Actor, proposal: Proposal) -> bool:
    return actor.acts_for(proposal.applicant_id)


def readable_sections(actor: Actor, proposal: Proposal) -> frozenset[str] | None:
    """Which sections are read of a proposal that exists for this actor; None means all.

    Until the jury has advised, finance reads only the budget (access.md).
    """
    if _is_own(actor, proposal) or proposal.state in (ProposalState.DRAFT, *DOSSIER_STATES):
        return None
    return None if actor.has(Role.AGENCY_MANAGER, Role.AUDITOR) else frozenset({BUDGET})


def may_start(actor: Actor) -> Verdict:
    """A proposal is begun by who writes for a local authority (R4)."""
    if actor.has(*WRITERS):
        return ALLOWED
    return refuse("Alleen een bewerker of indiener van een lokaal bestuur begint een voorstel.")


def reopened(proposal: Proposal) -> dict[str, int]:
    """The sections that may be written again to answer a question, with the version from which; no query for a draft (R16)."""
    if proposal.state not in CLARIFIABLE:
        return {}
    asked = Clarification.objects.filter(proposal=proposal, state=ClarificationState.ASKED)
    return dict(asked.filter(last_day__gte=clock.today()).values_list("section", "from_version"))


def may_edit(actor: Actor, proposal: Proposal, section: str = "") -> Verdict:
    """Write in a draft of the own authority while the call is open.

    Once it is submitted, only an editor, and only in a section that is reopened for an answer: so without a section, never.
    """
    if not _is_own(actor, proposal) or not actor.has(*WRITERS):
        return refuse("U leest dit voorstel mee. Schrijven doen de bewerkers en indieners van het bestuur.")
    if proposal.state != ProposalState.DRAFT:
        return _may_clarify(actor, proposal, section)
    if not proposal.call.is_open:
        return refuse("De oproep is afgesloten. Dit ontwerp kan niet meer veranderen.")
    return ALLOWED


def _may_clarify(actor: Actor, proposal: Proposal, section: str) -> Verdict:
    if proposal.call.is_open:
        return refuse("Dit voorstel is ingediend. Wilt u nog iets wijzigen, trek het dan eerst in.")
    if not section or section not in reopened(proposal):
        return refuse(
            "Dit voorstel is ingediend en de oproep is afgesloten. "
            "U kunt alleen een onderdeel wijzigen waarover het agentschap verduidelijking vraagt, zolang die vraag openstaat."
        )
    if not actor.has(Role.EDITOR):
        return refuse("De bewerkers van uw bestuur schrijven de verduidelijking. De indiener verstuurt ze.")
    return ALLOWED


def is_submitter(actor: Actor, proposal: Proposal) -> bool:
    """Is this the mandated submitter of the authority whose proposal it is?"""
    return _is_own(actor, proposal) and actor.has(Role.SUBMITTER)


def may_see_comments(actor: Actor, proposal: Proposal) -> Verdict:
    """What the people of an authority say to each other is for its writers and its certifier only (decision 0025)."""
    if _is_own(actor, proposal) and actor.has(*LOCAL_ROLES):
        return ALLOWED
    return refuse("Alleen het bestuur dat het voorstel schrijft, leest de opmerkingen.")


def may_comment(actor: Actor, proposal: Proposal) -> Verdict:
    """Comment while something can still become of the proposal; afterwards the comments stay to be read."""
    if not may_see_comments(actor, proposal):
        return may_see_comments(actor, proposal)
    if proposal.state in FINISHED_STATES or (proposal.state == ProposalState.DRAFT and not proposal.call.is_open):
        return refuse("Dit voorstel verandert niet meer. U kunt de opmerkingen nog lezen.")
    return ALLOWED


def may_change_comment(actor: Actor, comment: Comment, *, is_answered: bool) -> Verdict:
    """One changes or removes an own comment as long as nobody answered it and it is open. The caller asked `may_comment`."""
    if comment.author_id != actor.person_id:
        return refuse("Alleen wie de opmerking schreef, kan ze wijzigen of verwijderen.")
    if is_answered:
        return refuse("Een collega antwoordde al. Schrijf een nieuw antwoord.")
    if (comment.parent or comment).resolved_at is not None:
        return refuse("Deze opmerking is afgehandeld. Heropen ze eerst.")
    return ALLOWED


def may_invite_reader(actor: Actor, proposal: Proposal) -> Verdict:
    """The submitter answers for who reads a draft of the own authority, as long as it is one."""
    if not _is_own(actor, proposal) or not actor.has(Role.SUBMITTER):
        return refuse("Alleen de gemandateerde indiener van uw bestuur laat iemand van buiten meelezen.")
    if proposal.state != ProposalState.DRAFT or not proposal.call.is_open:
        return refuse("Dit is geen open ontwerp meer. Meelezen kan alleen in een ontwerp.")
    return ALLOWED


def may_end_reading(actor: Actor, proposal: Proposal) -> Verdict:
    """Who may invite may also take back, whatever became of the proposal."""
    if _is_own(actor, proposal) and actor.has(Role.SUBMITTER):
        return ALLOWED
    return refuse("Alleen de gemandateerde indiener van uw bestuur beheert wie meeleest.")


def may_submit(actor: Actor, proposal: Proposal) -> Verdict:
    """Only the mandated submitter of the own authority submits (R16)."""
    if is_submitter(actor, proposal):
        return ALLOWED
    return refuse("Alleen de gemandateerde indiener van uw bestuur dient dit voorstel in.")


def may_withdraw(actor: Actor, proposal: Proposal, arrived_at: dt.datetime | None = None) -> Verdict:
    """The submitter withdraws until the deadline; afterwards the proposal stands (R16). `arrived_at` is now unless it is told."""
    if not is_submitter(actor, proposal):
        return refuse("Alleen de gemandateerde indiener van uw bestuur trekt dit voorstel in.")
    if proposal.state != ProposalState.SUBMITTED:
        return refuse("Alleen een ingediend voorstel kunt u intrekken.")
    if proposal.call.phase_at(arrived_at or clock.now()) != "open":
        return refuse("De oproep is afgesloten. Intrekken kan niet meer.")
    return ALLOWED


def may_answer(link: PledgeLink) -> Verdict:
    """Who holds the link of a partner answers while the call is open (access.md, row "pledge"); later nothing can change."""
    if link.proposal.call.is_open:
        return ALLOWED
    return refuse("De oproep is afgesloten. Een engagement bevestigen kan niet meer.")


def may_revoke_link(actor: Actor, proposal: Proposal) -> Verdict:
    """Who writes for the authority takes the link of a partner back, whatever became of the proposal: it opens what is theirs."""
    if _is_own(actor, proposal) and actor.has(*WRITERS):
        return ALLOWED
    return refuse("U leest dit voorstel mee. Een link intrekken doen de bewerkers en indieners van het bestuur.")


def may_declare_admissible(actor: Actor, proposal: Proposal) -> Verdict:
    """The agency manager looks at what was submitted once the window has closed."""
    if not actor.has(Role.AGENCY_MANAGER):
        return refuse("Alleen de programmabeheerder verklaart een voorstel ontvankelijk of onontvankelijk.")
    if proposal.call.is_open:
        return refuse("De oproep staat nog open. Wacht tot de uiterste indiendag voorbij is.")
    return ALLOWED


def may_ask_clarification(actor: Actor, proposal: Proposal) -> Verdict:
    """The agency manager asks, after the window and before the jury has the proposal."""
    if not actor.has(Role.AGENCY_MANAGER):
        return refuse("Alleen de programmabeheerder vraagt verduidelijking.")
    if proposal.call.is_open:
        return refuse("De oproep staat nog open. Wacht tot de uiterste indiendag voorbij is.")
    if proposal.state not in CLARIFIABLE:
        return refuse(f"{_why_fixed(proposal)} U kunt geen verduidelijking meer vragen.")
    return ALLOWED


def may_settle_clarification(actor: Actor, asked: Clarification) -> Verdict:
    """The agency manager gives more time or takes the question back, also when the time to answer has passed."""
    if not actor.has(Role.AGENCY_MANAGER):
        return refuse("Alleen de programmabeheerder verlengt een vraag of trekt ze in.")
    if asked.proposal.state not in CLARIFIABLE:
        return refuse(f"{_why_fixed(asked.proposal)} De vraag verandert niet meer.")
    return ALLOWED


def _why_fixed(proposal: Proposal) -> str:
    """Why nothing more is asked about a proposal, by its state."""
    return {
        ProposalState.INADMISSIBLE.value: "Dit voorstel is onontvankelijk.",
        ProposalState.IN_JURY.value: "Dit voorstel is al bij de jury. De jury beoordeelt één vaste versie.",
        ProposalState.ADVISED.value: "De jury gaf al advies over dit voorstel.",
        ProposalState.DECIDED.value: "Over dit voorstel is al beslist.",
    }.get(proposal.state, "Dit voorstel is niet ingediend.")


def may_write_answer(actor: Actor, asked: Clarification) -> Verdict:
    """An editor of the authority prepares the text of the answer while the section is open."""
    if not asked.is_open:
        return refuse("Deze vraag staat niet meer open. Het antwoord kan niet meer veranderen.")
    return may_edit(actor, asked.proposal, asked.section)


def may_send_answer(actor: Actor, asked: Clarification, arrived_at: dt.datetime | None = None) -> Verdict:
    """The mandated submitter sends the answer, in time by the moment of arrival (R16); `arrived_at` is now unless it is told."""
    if not is_submitter(actor, asked.proposal):
        return refuse("Alleen de gemandateerde indiener van uw bestuur verstuurt het antwoord.")
    if asked.state != ClarificationState.ASKED or asked.proposal.state not in CLARIFIABLE:
        return refuse("Deze vraag staat niet meer open.")
    if (arrived_at or clock.now()) >= asked.closes_at:
        return refuse("De termijn om te antwoorden is voorbij. Vraag het agentschap om ze te verlengen.")
    return ALLOWED
