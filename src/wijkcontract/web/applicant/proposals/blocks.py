"""The blocks of fields that a section has itself, as forms: what is stored, what was just sent, or what was not finished."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from wijkcontract.proposals.forms import BLOCK_FORMS, AnswersForm, keep_only
from wijkcontract.proposals.models import Proposal, UnfinishedInput
from wijkcontract.proposals.parts import BLOCKS, Part
from wijkcontract.proposals.sections import SectionPlan
from wijkcontract.rules.verdicts import NotVisible
from wijkcontract.web.applicant.proposals.unfinished import Unfinished, with_unfinished

TITLES = {code: title for code, (title, _) in BLOCK_FORMS.items()} | {"teksten": "Uw teksten"}


@dataclass(frozen=True)
class TextForm:
    """One block of fields of the section itself: where it is sent, its form, and what a colleague stored meanwhile."""

    code: str
    title: str
    url: str
    part: str
    form: forms.Form
    stored: Mapping[str, str] | None = None
    unfinished: Unfinished | None = None


def text_form(
    proposal: Proposal,
    plan: SectionPlan,
    block: str,
    typed: QueryDict | None,
    only: Collection[str] | None = None,
    *,
    with_stored: bool = True,
) -> forms.Form:
    """The form of one block, bound to what was typed; `with_stored` asks for the texts that stand there, one query.

    Raises NotVisible for a block that the section does not have.
    """
    version = {"version": proposal.version}
    form: forms.Form
    if block == "teksten" and plan.questions:
        stored = {answer.question: answer.text for answer in proposal.answers.all()} if with_stored else {}
        form = AnswersForm(typed, questions=plan.questions, initial=stored | version)
    elif block in BLOCKS and plan.code == BLOCKS[block][0]:
        initial = {name: getattr(proposal, name) for name in BLOCKS[block][1]}
        form = BLOCK_FORMS[block][1](typed, initial=initial | version)
    else:
        raise NotVisible
    if only is not None:
        keep_only(form, only)
    return form


def text_blocks(
    proposal: Proposal,
    plan: SectionPlan,
    shown: tuple[str, Any, Any] | None,
    unfinished: Mapping[str, UnfinishedInput],
) -> list[TextForm]:
    """The blocks of fields of a section, the one that was just sent as it was typed."""
    blocks = []
    for code, title in TITLES.items():
        try:
            form = text_form(proposal, plan, code, None)
        except NotVisible:
            continue
        part = Part(plan.code, code)
        stored, left = None, None
        if shown and shown[0] == code:
            form, stored = shown[1], shown[2]
        elif part.code in unfinished:
            bind = partial(text_form, proposal, plan, code)
            form, left = with_unfinished(form, bind, unfinished[part.code])
            stored = left.stored
        url = reverse("applicant:save_texts", args=[proposal.pk, plan.code, code])
        blocks.append(TextForm(code, title, url, part.code, form, stored, left))
    return blocks
