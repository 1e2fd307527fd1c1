"""Comments and tasks in a draft: what colleagues say to each other, never a part of the proposal (R16, decision 0025).

The log says that somebody wrote, changed or removed a comment, and never what it said: others read the log.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import nothing_changed, operation, record
from wijkcontract.outbox.operations import queue_mail
from wijkcontract.proposals import policy, queries, team_queries
from wijkcontract.proposals.models import Comment, CommentMention, Proposal, SectionWork, WorkState
from wijkcontract.proposals.models.team import LONGEST_COMMENT
from wijkcontract.proposals.parts import part_from
from wijkcontract.proposals.sections import section as section_of
from wijkcontract.proposals.team_queries import Colleague
from wijkcontract.rules import clock
from wijkcontract.rules.mentions import Mentionable, find
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, require


@dataclass(frozen=True)
class About:
    """What a comment is about: a part of the section, a field of it, and what that is called now."""

    part: str = ""
    field: str = ""
    label: str = ""


@dataclass(frozen=True)
class Task:
    """Who must do something about a comment, and by when."""

    assignee_id: str = ""
    due_on: dt.date | None = None


@dataclass(frozen=True)
class Written:
    """The comment, and the words after an @ that called nobody or more than one."""

    comment: Comment
    unknown: tuple[str, ...] = ()


@operation
def write_comment(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    section: str,
    key: uuid.UUID,
    text: str,
    parent_key: uuid.UUID | None = None,
    about: About = About(),
    task: Task = Task(),
    tell: Collection[str] = (),
    address: str,
) -> Written:
    """Write a comment, or a reply to one; `tell` names colleagues who get a mail, as those do whom the text calls with an @.

    A reply is told to everyone who wrote in its thread or has it as a task.

    The same `key` again gives the first comment back. `address` is where the mail leads. Raises NotVisible, Refused, Invalid.
    """
    proposal = _locked(actor, proposal_id, section)
    known = Comment.objects.filter(key=key).first()
    if known is not None:
        if known.proposal_id != proposal.pk:
            raise NotVisible
        nothing_changed()
        return Written(known)
    people = {one.id: one for one in team_queries.colleagues(actor)}
    faults = [*_text_faults(text), *_task_faults(people, task), *_tell_faults(people, tell)]
    if about.part and part_from(about.part).section != section:
        raise NotVisible
    parent = _root(proposal, section, parent_key) if parent_key else None
    if faults:
        raise Invalid(faults)
    assignee = people.get(task.assignee_id)
    comment = Comment.objects.create(
        key=key, proposal=proposal, section=section, part=about.part, field=about.field, about=about.label[:300],
        parent=parent, author_id=actor.person_id, author_name=actor.name, text=text.strip(), at=clock.now(),
        assignee_id=task.assignee_id, assignee_name=assignee.name if assignee else "", due_on=task.due_on,
    )  # fmt: skip
    told = {*tell, *filter(None, [task.assignee_id])}
    unknown = _tell(actor, comment, people, told, address, follow=team_queries.in_thread(parent) if parent else ())
    _count(proposal, section)
    record(actor, "proposals.comment_written", comment, proposal=str(proposal.pk), section=section)
    return Written(comment, unknown)


@operation
def change_comment(
    *, actor: Actor, proposal_id: uuid.UUID | str, section: str, key: uuid.UUID | str, text: str, address: str
) -> Written:
    """Change the text of an own comment that nobody answered; who is called now and was not told yet gets a mail."""
    proposal = _locked(actor, proposal_id, section)
    comment = team_queries.get_comment(actor, proposal.pk, section, key)
    require(policy.may_change_comment(actor, comment, is_answered=team_queries.is_answered(comment)))
    if faults := _text_faults(text):
        raise Invalid(faults)
    comment.text, comment.edited_at = text.strip(), clock.now()
    comment.save(update_fields=["text", "edited_at"])
    people = {one.id: one for one in team_queries.colleagues(actor)}
    unknown = _tell(actor, comment, people, set(), address)
    record(actor, "proposals.comment_changed", comment, proposal=str(proposal.pk), section=section)
    return Written(comment, unknown)


@operation
def remove_comment(*, actor: Actor, proposal_id: uuid.UUID | str, section: str, key: uuid.UUID | str) -> Proposal:
    """Take an own comment away that nobody answered: its text is gone, the log says that it was there."""
    proposal = _locked(actor, proposal_id, section)
    comment = team_queries.get_comment(actor, proposal.pk, section, key)
    require(policy.may_change_comment(actor, comment, is_answered=team_queries.is_answered(comment)))
    record(actor, "proposals.comment_removed", comment, proposal=str(proposal.pk), section=section)
    comment.delete()
    _count(proposal, section)
    return proposal


@operation
def resolve_comment(
    *, actor: Actor, proposal_id: uuid.UUID | str, section: str, key: uuid.UUID | str, is_resolved: bool
) -> Comment:
    """Say that a comment is dealt with, or open it again; with it the task is done. Twice the same changes nothing."""
    proposal = _locked(actor, proposal_id, section)
    comment = _root(proposal, section, key)
    if (comment.resolved_at is not None) == is_resolved:
        nothing_changed()
        return comment
    comment.resolved_at = clock.now() if is_resolved else None
    comment.resolved_by_name = actor.name if is_resolved else ""
    comment.save(update_fields=["resolved_at", "resolved_by_name"])
    _count(proposal, section)
    verb = "proposals.comment_resolved" if is_resolved else "proposals.comment_reopened"
    record(actor, verb, comment, proposal=str(proposal.pk), section=section)
    return comment


@operation
def assign_comment(
    *, actor: Actor, proposal_id: uuid.UUID | str, section: str, key: uuid.UUID | str, task: Task, address: str
) -> Comment:
    """Give a comment to a colleague, with a day or without, or to nobody any more. The colleague gets a mail once."""
    proposal = _locked(actor, proposal_id, section)
    comment = _root(proposal, section, key)
    people = {one.id: one for one in team_queries.colleagues(actor)}
    if faults := _task_faults(people, task):
        raise Invalid(faults)
    if (comment.assignee_id, comment.due_on) == (task.assignee_id, task.due_on):
        nothing_changed()
        return comment
    assignee = people.get(task.assignee_id)
    comment.assignee_id, comment.due_on = task.assignee_id, task.due_on
    comment.assignee_name = assignee.name if assignee else ""
    comment.save(update_fields=["assignee_id", "assignee_name", "due_on"])
    if assignee is not None and assignee.id != actor.person_id:
        CommentMention.objects.get_or_create(
            comment=comment, person_id=assignee.id, defaults={"person_name": assignee.name}
        )
        _mail(actor, comment, assignee, address, is_named=True)
    record(
        actor,
        "proposals.comment_assigned",
        comment,
        proposal=str(proposal.pk),
        section=section,
        person=task.assignee_id,
    )
    return comment


@operation
def hand_over_section(
    *, actor: Actor, proposal_id: uuid.UUID | str, section: str, state: WorkState, editor_id: str
) -> SectionWork:
    """Say how far a section is and who sees to it: one of those who write (R16). Changes nothing of the proposal."""
    proposal = _locked(actor, proposal_id, section)
    require(policy.may_edit(actor, proposal))
    writers = {one.id: one for one in team_queries.colleagues(actor) if one.writes}
    if editor_id and editor_id not in writers:
        raise Invalid.because("Kies iemand uit de lijst die in het voorstel mag schrijven.", "editor")
    work, _ = SectionWork.objects.get_or_create(proposal=proposal, section=section)
    if (work.state, work.editor_id) == (state, editor_id):
        nothing_changed()
        return work
    work.state, work.editor_id = state, editor_id
    work.editor_name = writers[editor_id].name if editor_id else ""
    work.save(update_fields=["state", "editor_id", "editor_name"])
    record(actor, "proposals.section_handed_over", proposal, section=section, state=state.value, person=editor_id)
    return work


def _locked(actor: Actor, proposal_id: uuid.UUID | str, section: str) -> Proposal:
    """The own proposal, locked so that two clicks stand in line; the section is one of the call's. Raises NotVisible, Refused."""
    proposal = queries.get_own_proposal(actor, proposal_id)
    Proposal.objects.select_for_update().only("pk").get(pk=proposal.pk)
    section_of(proposal.call.programme, section)
    require(policy.may_comment(actor, proposal))
    return proposal


def _root(proposal: Proposal, section: str, key: uuid.UUID | str) -> Comment:
    """A comment that begins a thread; only these are answered, resolved and assigned."""
    found = Comment.objects.filter(proposal=proposal, section=section, key=key, parent=None).first()
    if found is None:
        raise NotVisible
    return found


def _text_faults(text: str) -> list[Fault]:
    if not text.strip():
        return [Fault("text", "Schrijf wat u wilt zeggen.")]
    if len(text.strip()) > LONGEST_COMMENT:
        return [Fault("text", f"De opmerking is te lang. Kort ze in tot {LONGEST_COMMENT:,} tekens.".replace(",", "."))]
    return []


def _task_faults(people: Mapping[str, Colleague], task: Task) -> list[Fault]:
    if task.assignee_id and task.assignee_id not in people:
        return [Fault("assignee", "Deze persoon werkt niet meer mee. Kies een collega uit de lijst.")]
    if task.due_on and not task.assignee_id:
        return [Fault("assignee", "Kies wie dit doet, of laat de dag leeg.")]
    if task.due_on and task.due_on < clock.today():
        return [Fault("due_on", "Deze dag is voorbij. Kies vandaag of een latere dag.")]
    return []


def _tell_faults(people: Mapping[str, Colleague], tell: Collection[str]) -> list[Fault]:
    if set(tell) <= set(people):
        return []
    return [Fault("tell", "Een van deze personen werkt niet meer mee. Kies collega's uit de lijst.")]


def _tell(
    actor: Actor,
    comment: Comment,
    people: Mapping[str, Colleague],
    tell: set[str],
    address: str,
    follow: Collection[str] = (),
) -> tuple[str, ...]:
    """Mail everyone who is named, called or follows the thread, and was not told yet; returns the words that called nobody."""
    called = find(
        comment.text,
        [Mentionable(one.id, one.name, [str(role.label) for role in one.roles]) for one in people.values()],
    )
    told = set(comment.mentions.values_list("person_id", flat=True))
    named = {*tell, *called.found}
    new = [people[one] for one in sorted((named | (set(follow) & set(people))) - told - {actor.person_id})]
    CommentMention.objects.bulk_create(
        CommentMention(comment=comment, person_id=one.id, person_name=one.name) for one in new
    )
    for one in new:
        _mail(actor, comment, one, address, is_named=one.id in named)
    return called.unknown


def _mail(actor: Actor, comment: Comment, one: Colleague, address: str, *, is_named: bool) -> None:
    """One mail that leads to the comment. What it says stands only on the site, behind the login."""
    title = comment.proposal.title
    is_task = comment.assignee_id == one.id
    day = f" Graag voor {comment.due_on:%d/%m/%Y}." if is_task and comment.due_on else ""
    mentions = "vermeldt u in een opmerking" if is_named else "antwoordt op een opmerking"
    asked = "vraagt u iets te doen" if is_task else mentions
    queue_mail(
        key=f"{'task' if is_task else 'comment'}:{comment.key}:{one.id}",
        kind="comment",
        recipient=one.email,
        subject=f"{actor.name} {asked}: {title}",
        body=f"{actor.name} {asked} bij het voorstel '{title}'.{day}\n\nLees de opmerking en antwoord:\n{address}\n",
        about=comment.proposal,
    )


def _count(proposal: Proposal, section: str) -> None:
    """Keep how many comments of the section are open, for the list of sections."""
    is_open = Comment.objects.filter(proposal=proposal, section=section, parent=None, resolved_at=None).count()
    SectionWork.objects.update_or_create(proposal=proposal, section=section, defaults={"open_comments": is_open})
