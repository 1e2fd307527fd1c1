"""The history of a section: who changed what when, with a difference that can be read aloud, and putting back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from wijkcontract.proposals import operations, policy, queries
from wijkcontract.proposals.forms import FORMS
from wijkcontract.proposals.models import Change, Proposal, Revision
from wijkcontract.proposals.parts import Json, Part, part_from, typed_value
from wijkcontract.proposals.sections import SectionPlan, section
from wijkcontract.rules.verdicts import Invalid
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.applicant.proposals.blocks import TITLES, text_form
from wijkcontract.web.components.differences import difference
from wijkcontract.web.http import ActorRequest, done, for_audience, page, paginate

PER_PAGE = 20


@dataclass(frozen=True)
class Entry:
    """One revision as it is read: what was changed, and each field with what went out and what came in."""

    revision_id: int
    title: str
    change: str
    who: str
    at: datetime
    fields: list[tuple[str, SafeString]]
    can_restore: bool


@require_safe
@for_audience("applicant")
def section_history(request: ActorRequest, proposal_id: uuid.UUID, code: str) -> HttpResponse:
    """The revisions of one section, newest first."""
    proposal = queries.get_own_proposal(request.actor, proposal_id)
    plan = section(proposal.call.programme, code)
    return _page(request, proposal, plan)


def _page(
    request: ActorRequest, proposal: Proposal, plan: SectionPlan, form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    shown = paginate(request, queries.revisions(proposal, plan.code), PER_PAGE)
    verdict = policy.may_edit(request.actor, proposal, plan.code)
    describe = Describer(request, proposal, plan)
    context = {
        "proposal": proposal,
        "plan": plan,
        "dossier": presenters.dossier(proposal, f"Geschiedenis van {plan.label}"),
        "entries": [describe.entry(one, can_restore=bool(verdict)) for one in shown.items],
        "page": shown,
        "form": form or forms.Form(),
        "verdict": verdict,
    }
    return page(request, "applicant/proposals/history.html", context, status=status)


@require_POST
@for_audience("applicant")
def restore(request: ActorRequest, proposal_id: uuid.UUID, code: str, revision_id: int) -> HttpResponse:
    """Put back what stood there before a revision; this is a revision too, so it can be undone."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    plan = section(proposal.call.programme, code)
    form = forms.Form(request.POST)
    try:
        operations.restore(actor=request.actor, proposal_id=proposal.pk, revision_id=revision_id)
    except Invalid as invalid:
        form.full_clean()
        for fault in invalid.faults:
            form.add_error(None, fault.message)
        return _page(request, proposal, plan, form, status=422)
    return done(
        request,
        "Teruggezet. De vorige tekst blijft in de geschiedenis.",
        "applicant:section_history",
        proposal.pk,
        code,
    )


class Describer:
    """Puts revisions into words with the labels of the forms; each form is made once for a page."""

    def __init__(self, request: ActorRequest, proposal: Proposal, plan: SectionPlan) -> None:
        self.actor = request.actor
        self.proposal = proposal
        self.plan = plan
        self._forms: dict[str, forms.Form] = {}

    def entry(self, revision: Revision, *, can_restore: bool) -> Entry:
        part = part_from(revision.part)
        names = [name for name in self._form(part).fields if name in revision.before or name in revision.after]
        is_first = revision.change == Change.ADDED
        return Entry(
            revision_id=revision.pk,
            title=self._title(part, revision),
            change=str(Change(revision.change).label),
            who=revision.editor_name,
            at=revision.at,
            fields=[
                (str(self._form(part).fields[name].label), shown)
                for name in names
                if (shown := self._difference(part, name, revision))
            ],
            can_restore=can_restore and not is_first,
        )

    def _difference(self, part: Part, name: str, revision: Revision) -> SafeString:
        before = self._words(part, name, revision.before.get(name))
        after = self._words(part, name, revision.after.get(name))
        return difference(before, after)

    def _words(self, part: Part, name: str, value: Json) -> str:
        if value is None:
            return ""
        return presenters.in_words(self._form(part).fields[name], typed_value(part, name, value))

    def _title(self, part: Part, revision: Revision) -> str:
        if part.kind is None:
            return TITLES[part.name]
        name = part.kind.title_field
        named = self._words(part, name, revision.after.get(name) or revision.before.get(name))
        return f"{part.kind.singular.capitalize()}: {named}" if named else part.kind.singular.capitalize()

    def _form(self, part: Part) -> forms.Form:
        if part.name not in self._forms:
            self._forms[part.name] = (
                FORMS[part.kind.code](proposal=self.proposal, actor=self.actor)
                if part.kind
                else text_form(self.proposal, self.plan, part.name, None, with_stored=False)
            )
        return self._forms[part.name]
