"""What the reader must do now, by date, and who the reader waits for.

Every room has its own source: a small function that reads that room's queries for this actor. A source answers with tasks only
for the role that can do them; nobody is sent to a door that is closed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Final

from django.urls import reverse
from django.utils.text import Truncator

from wijkcontract.accounts.actors import Actor
from wijkcontract.calls.queries import open_calls
from wijkcontract.proposals import clarification_queries, policy
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.queries import visible_proposals
from wijkcontract.proposals.team_queries import tasks_assigned_to
from wijkcontract.rules import clock
from wijkcontract.rules.completeness import Finding, Severity
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Pledge, PledgeStatus
from wijkcontract.web.applicant.home.due import Due
from wijkcontract.web.applicant.home.focus import Focus, address, is_writable
from wijkcontract.web.applicant.home.later_tasks import contracts_to_sign, reports_to_deliver
from wijkcontract.web.applicant.proposals import links
from wijkcontract.web.components.formats import day, day_long, days_left
from wijkcontract.web.components.parts import Task

PLEDGES_SHOWN: Final = 5
WAITS_SHOWN: Final = 8


Source = Callable[[Actor], list[Due]]


def calls_to_answer(actor: Actor) -> list[Due]:
    """Open calls for which the own authority has no proposal yet."""
    if not policy.may_start(actor):
        return []
    own = visible_proposals(actor).order_by().values("call_id")
    return [
        Due(
            Task(
                title=f"Begin een voorstel voor '{call.title}'",
                url=f"{reverse('applicant:proposal_new')}?oproep={call.pk}",
                text=f"Uw bestuur heeft voor deze oproep nog geen voorstel. Indienen kan tot en met {day_long(call.last_day)}.",
                icon="plus",
                when=day(call.last_day),
                note=days_left(call.last_day, clock.today()) if call.last_day else "",
            ),
            call.last_day,
        )
        for call in open_calls(actor).exclude(pk__in=own).defer("terms")
    ]


def clarifications_to_answer(actor: Actor) -> list[Due]:
    """Questions of the agency about a submitted proposal, each with its section (R16)."""
    return [
        Due(
            Task(
                title=f"Verduidelijk {one.label} van '{one.proposal.title}'",
                url=reverse("applicant:clarification", args=[one.proposal_id, one.pk]),
                text="Het agentschap stelde een vraag. De indiener verstuurt het antwoord.",
                kind="block",
                icon="pen",
                when=day(one.last_day),
                note=days_left(one.last_day, clock.today()),
            ),
            one.last_day,
        )
        for one in clarification_queries.clarifications_to_answer(actor)
    ]


def comments_to_deal_with(actor: Actor) -> list[Due]:
    """What colleagues asked this reader to do in a draft; done when it is said to be dealt with."""
    return [
        Due(
            Task(
                title=f"Aan u toegewezen: {Truncator(one.text).words(9)}",
                url=reverse("applicant:comment", args=[one.proposal_id, one.section, one.key]),
                text=f"Door {one.author_name}, in '{one.proposal.title}'{f', over {one.about}' if one.about else ''}.",
                icon="talk",
                when=day(one.due_on) if one.due_on else "",
                note=days_left(one.due_on, clock.today()) if one.due_on else "",
            ),
            one.due_on,
        )
        for one in tasks_assigned_to(actor)
    ]


SOURCES: Sequence[Source] = (
    clarifications_to_answer,
    calls_to_answer,
    comments_to_deal_with,
    contracts_to_sign,
    reports_to_deliver,
)
"""The sources of the other rooms; each new room adds its own."""


def tasks_of(actor: Actor, focus: Focus | None, proposals: Iterable[Proposal]) -> list[Task]:
    """Everything that this reader must do now: by date, and on the same day what blocks first."""
    found = [due for source in SOURCES for due in source(actor)]
    if focus is not None:
        found += _of_draft(focus)
    if policy.may_start(actor):
        found += _other_drafts(focus, proposals)
    order = {"block": 0, "": 1, "flag": 2}
    ordered = sorted(found, key=lambda due: (due.on or dt.date.max, order.get(due.task.kind, 3)))
    return [due.task for due in ordered]


def _of_draft(focus: Focus) -> list[Due]:
    """What a draft lacks, a line for each section; then what the jury will notice; then submitting it."""
    if focus.state is None or not focus.may_edit:
        return []
    last_day, left = focus.proposal.call.last_day, _left(focus.proposal)
    blocks = [one for one in focus.state.found if one.severity is Severity.BLOCK]
    flags = [one for one in focus.state.found if one.severity is Severity.FLAG]
    programme = focus.proposal.call.programme
    due = [
        Due(_section_task(focus, programme, section, list(found)), last_day)
        for section, found in groupby(sorted(blocks, key=_place_in(programme)), key=lambda one: one.section)
    ]
    due += _answered_pledges(focus)
    check = reverse("applicant:proposal_check", args=[focus.proposal.pk])
    if flags:
        noticed = "1 aandachtspunt" if len(flags) == 1 else f"{len(flags)} aandachtspunten"
        text = "Niet verplicht, wel zichtbaar voor de jury."
        due.append(Due(Task(f"Bekijk {noticed}", check, text, "flag", when=day(last_day), note=left), last_day))
    if not blocks and focus.may_submit:
        url = reverse("applicant:proposal_submit", args=[focus.proposal.pk])
        text = "Alles wat verplicht is, staat erin. U krijgt meteen een ontvangstbewijs."
        title = f"Dien '{focus.proposal.title}' in"
        due.append(Due(Task(title, url, text, icon="file", when=day(last_day), note=left), last_day))
    return due


def _section_task(focus: Focus, programme: Programme, section: str, found: Sequence[Finding]) -> Task:
    """One line for a section: what is wrong, or how many points when there are more."""
    assert focus.state is not None  # noqa: S101 - only drafts have findings
    label = next((part.label for part in programme.sections if part.code == section), section)
    first, _, rest = found[0].message.partition(". ")
    url = links.address(found[0], focus.proposal, focus.state.document)
    last_day = focus.proposal.call.last_day
    title = first.removesuffix(".") if len(found) == 1 else f"{label}: {len(found)} punten ontbreken"
    text = rest if len(found) == 1 else found[0].message
    return Task(title, url, text, "block", when=day(last_day), note=_left(focus.proposal))


def _answered_pledges(focus: Focus) -> list[Due]:
    """What a partner refused or wants otherwise: the team is to move, not the partner."""
    assert focus.state is not None  # noqa: S101 - the caller asked
    last_day = focus.proposal.call.last_day
    return [
        Due(
            Task(
                title=f"{partner.name} {'vraagt een wijziging' if pledge.change_asked else 'weigert een engagement'}",
                url=_pledge_address(focus, pledge),
                text=_asked(pledge),
                icon="talk",
                when=day(last_day),
                note=_left(focus.proposal),
            ),
            last_day,
        )
        for partner in focus.state.document.partners
        for pledge in partner.pledges
        if _is_for_the_team(pledge)
    ]


def _is_for_the_team(pledge: Pledge) -> bool:
    return pledge.change_asked is not None or pledge.declined_on is not None


def _asked(pledge: Pledge) -> str:
    remark = pledge.change_asked.remark if pledge.change_asked else ""
    return f"Engagement: {pledge.what.rstrip('.')}." + (f" '{Truncator(remark).words(30)}'" if remark else "")


def _pledge_address(focus: Focus, pledge: Pledge) -> str:
    return reverse("applicant:record", args=[focus.proposal.pk, "partners", "pledge", pledge.id])


def _place_in(programme: Programme) -> Callable[[Finding], int]:
    """Sorts findings by the order of the sections of the call."""
    order = {part.code: number for number, part in enumerate(programme.sections)}
    return lambda finding: order.get(finding.section, len(order))


def _left(proposal: Proposal) -> str:
    return days_left(proposal.call.last_day, clock.today()) if proposal.call.last_day else ""


def _other_drafts(focus: Focus | None, proposals: Iterable[Proposal]) -> list[Due]:
    """Other drafts that can still be submitted."""
    return [
        Due(
            Task(
                title=f"Werk verder aan '{one.title}'",
                url=address(one),
                text=f"Ontwerp voor '{one.call.title}'.",
                when=day(one.call.last_day),
                note=_left(one),
            ),
            one.call.last_day,
        )
        for one in proposals
        if is_writable(one) and (focus is None or one.pk != focus.proposal.pk)
    ]


def waiting_for(focus: Focus | None, proposals: Iterable[Proposal], submitters: Sequence[str]) -> list[Task]:
    """Who the reader waits for: partners that have not signed, the submitter, the agency, the jury, the Government."""
    is_mine = focus is not None and focus.state is not None and not focus.reads_along
    waits = [*_pledges(focus), *_submitter(focus, submitters)] if focus and is_mine else []
    return waits + [wait for one in proposals if (wait := _state_wait(one))][:WAITS_SHOWN]


def _pledges(focus: Focus) -> list[Task]:
    assert focus.state is not None  # noqa: S101 - the caller asked
    words = {PledgeStatus.ASKED: "Gevraagd, nog niet beloofd.", PledgeStatus.PROMISED: "Beloofd, nog niet ondertekend."}
    open_ones = [
        (partner, pledge)
        for partner in focus.state.document.partners
        for pledge in partner.pledges
        if pledge.status in words and not _is_for_the_team(pledge)
    ]
    shown = [
        Task(
            title=f"Handtekening van {partner.name}",
            url=_pledge_address(focus, pledge),
            text=f"Engagement: {pledge.what.rstrip('.')}. {words[pledge.status]}" if pledge.status else "",
            kind="wait",
            when=day(pledge.due_on) if pledge.due_on else "",
            note="streefdatum" if pledge.due_on else "",
        )
        for partner, pledge in open_ones[:PLEDGES_SHOWN]
    ]
    more = len(open_ones) - PLEDGES_SHOWN
    if more > 0:
        url = reverse("applicant:section", args=[focus.proposal.pk, "partners"])
        shown.append(Task(f"En nog {more} engagement{'en' if more > 1 else ''}", url, kind="wait"))
    return shown


def _submitter(focus: Focus, submitters: Sequence[str]) -> list[Task]:
    """For the colleague without mandate: the proposal is ready, somebody else submits it."""
    assert focus.state is not None  # noqa: S101 - the caller asked
    if focus.state.blocks or focus.may_submit:
        return []
    who = ", ".join(submitters) or "de gemandateerde indiener"
    return [
        Task(
            title=f"Indienen door {who}",
            text=f"'{focus.proposal.title}' is klaar. Alleen de gemandateerde indiener kan het indienen.",
            kind="wait",
            when=day(focus.proposal.call.last_day),
            note=_left(focus.proposal),
        )
    ]


def _state_wait(proposal: Proposal) -> Task | None:
    """Who has a submitted proposal in hand now."""
    state, title = proposal.state, f"'{proposal.title}'"
    if state == ProposalState.SUBMITTED and proposal.call.is_open:
        text = (
            f"Het agentschap leest de voorstellen na {day_long(proposal.call.last_day)}. Tot dan kunt u het intrekken."
        )
        return Task(f"{title} is ingediend", address(proposal), text, "wait")
    sentences = {
        ProposalState.SUBMITTED: f"Het agentschap kijkt na of {title} ontvankelijk is",
        ProposalState.ADMISSIBLE: f"Het agentschap bezorgt {title} aan de jury",
        ProposalState.IN_JURY: f"De jury beoordeelt {title}",
    }
    if state == ProposalState.ADVISED:
        sentence = f"{proposal.call.programme.deciding_body.label} beslist over {title}"
    elif (known := sentences.get(ProposalState(state))) is not None:
        sentence = known
    else:
        return None
    return Task(sentence, address(proposal), f"Sinds {day_long(proposal.changed_at)}.", "wait")
