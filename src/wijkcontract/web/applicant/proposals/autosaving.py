"""What the script of a section page asks: save these fields, what is the state now, who is here. Answers are JSON with fragments.

Without the script the buttons of the page do the same (decision 0020).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from wijkcontract.proposals import operations, policy, queries, team_queries
from wijkcontract.proposals.forms import FORMS, RecordForm
from wijkcontract.proposals.keeping import Conflict, Shown
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.operations import Autosaved, Typed
from wijkcontract.proposals.parts import Part, part_from, typed_value
from wijkcontract.proposals.sections import section, sections
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import NotVisible, Refused
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.applicant.proposals.blocks import text_form
from wijkcontract.web.applicant.proposals.shown import fields_shown, version_shown
from wijkcontract.web.applicant.proposals.unfinished import raw_of
from wijkcontract.web.components import formats
from wijkcontract.web.http import ActorRequest, done, for_audience

CONFLICT = 409
FORBIDDEN = 403
Read = Callable[[Proposal], Typed]


@require_POST
@for_audience("applicant")
def autosave(request: ActorRequest, proposal_id: uuid.UUID, code: str) -> HttpResponse:
    """Save the fields that are named in `veld`. Answers what became of each; 409 when a colleague was first with one."""
    part = _part(request, code)
    reader = Reader(request, part)
    shown = Shown(version_shown(request.POST), fields_shown(request.POST))
    try:
        result = operations.autosave(
            actor=request.actor,
            proposal_id=proposal_id,
            part=part,
            is_new="nieuw" in request.POST,
            shown=shown,
            read=reader.read,
        )
    except Refused as refused:
        return JsonResponse({"reason": refused.reason}, status=FORBIDDEN)
    status = CONFLICT if result.conflicts or result.is_gone else 200
    return JsonResponse(_answer(result, reader, part), status=status)


def _part(request: ActorRequest, code: str) -> Part:
    part = part_from(request.POST.get("deel", ""))
    if part.section != code:
        raise NotVisible
    return part


class Reader:
    """Makes typed values of the fields that were sent, by the form of their part; keeps the form for the answer."""

    def __init__(self, request: ActorRequest, part: Part) -> None:
        self.request = request
        self.part = part
        self.form: forms.Form = forms.Form()

    def read(self, proposal: Proposal) -> Typed:
        """Typed values, faults and raw input, the last without NUL, which no JSON of PostgreSQL keeps.

        Raises NotVisible for a block that the section does not have.
        """
        asked = set(self.request.POST.getlist("veld")) - {"version"}
        self.form = self._form(proposal, asked)
        self.form.full_clean()
        names = list(self.form.fields)
        raw = {name: [text.replace("\x00", "") for text in self.request.POST.getlist(name)] for name in names}
        wrong = {name: errors.as_data() for name, errors in self.form.errors.items()}
        empty = {name for name in names if not any(raw[name]) and self.form.fields[name].required}
        is_new = "nieuw" in self.request.POST
        faults = {
            name: str(self.form.errors[name][0]) for name in wrong if name in names and not (is_new and name in empty)
        }
        lacks = [str(self.form.fields[name].label) for name in names if name in empty] if is_new else []
        data = {name: value for name, value in self.form.cleaned_data.items() if name in names}
        return Typed(data, faults, raw, lacks)

    def _form(self, proposal: Proposal, only: Collection[str]) -> forms.Form:
        plan = section(proposal.call.programme, self.part.section)
        if self.part.kind is None:
            return text_form(proposal, plan, self.part.name, self.request.POST, only, with_stored=False)
        kind = FORMS[self.part.kind.code]
        form: RecordForm = kind(self.request.POST, proposal=proposal, actor=self.request.actor, only=only)
        return form


def _answer(result: Autosaved, reader: Reader, part: Part) -> dict[str, Any]:
    fields = reader.form.fields
    return {
        "version": result.version,
        "at": formats.time(clock.now()),
        "saved": list(result.saved),
        "brought": {name: [value] for name, value in result.brought.items()},
        "faults": dict(result.faults),
        "lacks": list(result.lacks),
        "gone": result.is_gone,
        "conflicts": {
            name: _conflict(part, name, fields[name], conflict, result.version)
            for name, conflict in result.conflicts.items()
        },
    }


def _conflict(part: Part, name: str, field: forms.Field, conflict: Conflict, version: int) -> dict[str, Any]:
    """The panel with the other text, and that text as the field would send it."""
    value = typed_value(part, name, conflict.stored)
    shown = {
        "name": name,
        "label": field.label,
        "text": presenters.in_words(field, value),
        "who": conflict.editor_name,
        "at": conflict.at,
    }
    return {
        "html": render_to_string("applicant/proposals/_conflict.html", shown),
        "values": raw_of(field, value),
        "version": version,
    }


@require_safe
@for_audience("applicant")
def standing(request: ActorRequest, proposal_id: uuid.UUID, code: str) -> HttpResponse:
    """What follows from what is stored: the meters, what is missing, the state of every section. By id of the element."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    plan = section(proposal.call.programme, code)
    state = presenters.state_of(request.actor, proposal)
    context = {
        "proposal": proposal,
        "plan": plan,
        "todos": state.todos(plan.code),
        "blocks": state.blocks,
        "flags": state.flags,
        "meters": state.meters,
        "steps": presenters.steps(
            state,
            sections(proposal.call.programme),
            plan.code,
            queries.last_editors(proposal),
            team_queries.section_work(request.actor, proposal),
        ),
    }
    fragments = {
        "ontbreekt": render_to_string("applicant/proposals/_missing.html", context),
        "geldpaneel": render_to_string("applicant/proposals/_money.html", context),
        "kort": render_to_string("applicant/proposals/_brief.html", context),
        "stappen": render_to_string("applicant/proposals/_steps.html", context),
    }
    return JsonResponse({"fragments": fragments, "version": proposal.version})


@require_POST
@for_audience("applicant")
def present(request: ActorRequest, proposal_id: uuid.UUID, code: str) -> HttpResponse:
    """Say that one is here; answers who else is, and what others changed in this section since `version`."""
    is_writing = request.POST.get("schrijft") == "ja"
    proposal = operations.be_present(actor=request.actor, proposal_id=proposal_id, section=code, is_writing=is_writing)
    plans = sections(proposal.call.programme)
    here = {"present": presenters.present(request.actor, proposal, plans)}
    answer: dict[str, Any] = {
        "fragments": {"aanwezig": render_to_string("applicant/proposals/_present.html", here)},
        "version": proposal.version,
        "at": formats.time(clock.now()),
        "changed": [],
    }
    if policy.may_edit(request.actor, proposal, code):
        known = version_shown(request.POST)
        answer["changed"] = [
            {"part": one.part, "fields": sorted(one.after), "who": one.editor_name, "version": one.version}
            for one in queries.changed_since(request.actor, proposal, code, known)
        ]
    return JsonResponse(answer)


@require_POST
@for_audience("applicant")
def discard(request: ActorRequest, proposal_id: uuid.UUID, code: str) -> HttpResponse:
    """Throw away what one typed and could not store; what is in the proposal stays as it is."""
    part = _part(request, code)
    operations.discard_input(actor=request.actor, proposal_id=proposal_id, part=part)
    return done(request, "Weggegooid. U ziet nu wat in het voorstel staat.", "applicant:section", proposal_id, code)
