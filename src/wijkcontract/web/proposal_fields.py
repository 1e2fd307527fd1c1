"""The fields of a proposal with their labels and the choices of a call, where there is no form: on paper and between versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django import forms

from wijkcontract.accounts.actors import ANONYMOUS
from wijkcontract.calls.models import Call
from wijkcontract.proposals.forms import FORMS, BasicsForm, TargetGroupsForm, TermForm
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.parts import BLOCKS
from wijkcontract.proposals.records import Kind
from wijkcontract.proposals.sections import SectionPlan
from wijkcontract.rules import clock

BLOCK_FORMS: Final[Mapping[str, tuple[str, type[forms.Form]]]] = {
    "wijk": ("De wijk", BasicsForm),
    "looptijd": ("Looptijd", TermForm),
    "groepen": ("Doelgroepen", TargetGroupsForm),
}


def block_fields(plan: SectionPlan) -> list[tuple[str, dict[str, forms.Field]]]:
    """The blocks of fields of a section that stand on the proposal itself: their title, and their fields by name."""
    return [
        (BLOCK_FORMS[code][0], {name: BLOCK_FORMS[code][1].base_fields[name] for name in names})
        for code, (section, names) in BLOCKS.items()
        if section == plan.code
    ]


def record_fields(kind: Kind, call: Call) -> dict[str, forms.Field]:
    """The fields of a kind of record by name, without a query: what points to another record has no choices."""
    form = FORMS[kind.code]
    pointing = {*kind.links, *kind.many_links, "body", "registered"}
    nobodys = Proposal(call=call, created_at=clock.now())
    chosen = form(proposal=nobodys, actor=ANONYMOUS, only=set(kind.fields) - pointing).fields
    return {name: chosen.get(name, form.base_fields[name]) for name in kind.fields if name in form.base_fields}
