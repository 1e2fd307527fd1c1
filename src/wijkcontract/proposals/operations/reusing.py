"""Beginning a draft from an earlier proposal of the same authority: its texts, records and links, with new ids (R16).

What belongs to that earlier moment stays behind, and the draft says so: local decisions, what partners promised then, figures that
a neighbourhood analysis froze, files, comments, history, and what the new call does not ask. Every kind of record comes along
by its data (`records.py`), so that a new kind does too. The number of queries does not follow the size of the proposal, except
that the database takes a long list in pieces.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Model

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import nothing_changed, operation, record
from wijkcontract.places.indicators import label_of
from wijkcontract.proposals import queries
from wijkcontract.proposals.enums import PledgeStatus
from wijkcontract.proposals.keeping import begun, step
from wijkcontract.proposals.models import Answer, Figure, LeftOut, Proposal, Reuse
from wijkcontract.proposals.operations.evidence import FROZEN_AS
from wijkcontract.proposals.operations.writing import start_proposal
from wijkcontract.proposals.reader import LINKS, Parts, read
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.rules import clock
from wijkcontract.rules.programme import Programme

STAY_BEHIND: Final = frozenset({"local_decision"})
"""Kinds that belong to the earlier proposal only: a council decides about each proposal anew."""

ANEW: Final[Mapping[str, Mapping[str, Any]]] = {"pledge": {"status": PledgeStatus.ASKED, "proof": ""}}
"""What a record says anew: a partner promised something for the earlier proposal, and is asked again."""

CODES: Final[Mapping[str, Mapping[str, str]]] = {
    "measure": {"instrument": "instruments", "policy_domains": "policy_domains", "levels": "levels"},
    "partner": {"kind": "partner_kinds"},
    "cost_line": {"category": "cost_categories"},
}
"""Which fields hold codes of the programme, and where the programme keeps these."""

BASICS: Final = ("neighbourhood", "inhabitants", "sectors", "target_groups")
NOT_ASKED: Final = "De nieuwe oproep vraagt dit niet."


@operation
def reuse_proposal(
    *, actor: Actor, call_id: uuid.UUID | str, source_id: uuid.UUID | str, title: str, new_id: uuid.UUID | None = None
) -> Proposal:
    """Begin a draft for an open call from an earlier proposal of the own authority, in any state and of any call.

    `new_id` is chosen by the page: the same one again gives the first draft back and copies nothing.
    Raises NotVisible for a proposal of somebody else, and what `start_proposal` raises.
    """
    source = queries.get_own_proposal(actor, source_id)
    if known := begun(actor, new_id):
        nothing_changed()
        return known
    proposal = start_proposal(actor=actor, call_id=call_id, title=title, new_id=new_id)
    for name in BASICS:
        setattr(proposal, name, getattr(source, name))
    proposal.term_start = proposal.term_start or source.term_start
    proposal.term_end = proposal.term_end or source.term_end
    copier = _Copier(proposal, source.call.programme, read(source))
    copier.copy()
    step(proposal, sums=True)
    reuse = Reuse.objects.create(proposal=proposal, source=source, at=clock.now(), by_name=actor.name)
    for one in copier.left_out:
        one.reuse = reuse
    LeftOut.objects.bulk_create(copier.left_out)
    record(actor, "proposals.reused", proposal, source=str(source.pk), left_out=len(copier.left_out))
    return proposal


@dataclass
class _Copier:
    """Copies the parts of an earlier proposal into a new one, and keeps what stays behind. `ids` leads from old to new."""

    proposal: Proposal
    before: Programme
    parts: Parts
    ids: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def programme(self) -> Programme:
        return self.proposal.call.programme

    def copy(self) -> None:
        self._answers()
        asked = {part.code for part in self.programme.sections if part.enabled}
        coming = [(kind, self._coming(kind, asked)) for kind in KINDS.values()]
        self.ids = {one.pk: uuid.uuid4() for _, found in coming for one in found}
        for kind, found in coming:
            if found:
                kind.model._default_manager.bulk_create(self._copy_of(kind, one) for one in found)
        self._links()

    def _answers(self) -> None:
        """The texts of questions that both calls ask; the others stay readable."""
        asked = {question.code for question in self.programme.questions}
        labels = {question.code: question.label for question in self.before.questions}
        found = [one for one in self.parts.of(Answer) if one.text]
        Answer.objects.bulk_create(
            Answer(proposal=self.proposal, question=one.question, text=one.text)
            for one in found
            if one.question in asked
        )
        for one in found:
            if one.question not in asked:
                self._leave(labels.get(one.question, one.question), NOT_ASKED, one.text)

    def _coming(self, kind: Kind, asked: set[str]) -> list[Any]:
        """The records of a kind that come along; one that hangs under another comes with it."""
        found = list(self.parts.of(kind.model))
        if kind.code in STAY_BEHIND:
            if found:
                self._leave(kind.plural, "Het college of de gemeenteraad beslist over dit voorstel opnieuw.")
            return []
        if kind.section not in asked:
            for one in found:
                self._leave(f"{kind.singular.capitalize()}: {getattr(one, kind.title_field)}", NOT_ASKED)
            return []
        return self._typed_figures() if kind.model is Figure else found

    def _typed_figures(self) -> list[Figure]:
        """Figures that people typed. Frozen ones are of a day that is past: the analysis is frozen again with today's figures."""
        found = self.parts.of(Figure)
        frozen = [one for one in found if FROZEN_AS in one.source]
        if frozen:
            reason = (
                "Deze cijfers zijn van toen. Leg de wijk opnieuw vast bij Wijkcijfers en voeg ze aan dit voorstel toe."
            )
            self._leave("Vastgelegde cijfers van de wijk", reason, "\n".join(label_of(one.indicator) for one in frozen))
        return [one for one in found if one not in frozen]

    def _copy_of(self, kind: Kind, one: Any) -> Any:  # noqa: ANN401 - a record of any kind
        values = {}
        for column in kind.model._meta.concrete_fields:
            if column.name in (*kind.fields, "position"):
                value = getattr(one, column.attname)
                values[column.attname] = self.ids.get(value) if column.name in kind.links else self._moved(value)
        values |= ANEW.get(kind.code, {})
        values |= self._known_codes(kind, one)
        return kind.model(**values, id=self.ids[one.pk], proposal=self.proposal)  # type: ignore[misc]  # every kind has a proposal

    def _moved(self, value: Any) -> Any:  # noqa: ANN401 - the value of any field
        """A text may be the id of a record too (what another subsidy covers); everything else comes along as it is."""
        if isinstance(value, str) and len(value) == len(str(uuid.UUID(int=0))):
            try:
                return str(self.ids.get(uuid.UUID(value), value))
            except ValueError:
                return value
        return value

    def _known_codes(self, kind: Kind, one: Any) -> dict[str, Any]:  # noqa: ANN401 - a record of any kind
        """The codes that the new call knows; one that it does not know is left open and said."""
        found: dict[str, Any] = {}
        for name, collection in CODES.get(kind.code, {}).items():
            known = {choice.code for choice in getattr(self.programme, collection)}
            labels = {choice.code: choice.label for choice in getattr(self.before, collection)}
            value = getattr(one, name)
            codes = value if isinstance(value, list) else [value]
            for code in codes:
                if code and code not in known:
                    reason = f"De nieuwe oproep kent '{labels.get(code, code)}' niet. Kies opnieuw."
                    self._leave(f"{kind.singular.capitalize()}: {getattr(one, kind.title_field)}", reason)
            kept = [code for code in codes if code in known]
            found[name] = kept if isinstance(value, list) else next(iter(kept), "")
        return found

    def _links(self) -> None:
        """The links between measures, problems, objectives and risks, between the copies of both."""
        rows: dict[str, list[Model]] = defaultdict(list)
        for (name, owner), targets in self.parts.links.items():
            through, owner_field, target_field = LINKS[name]
            for target in targets:
                if owner in self.ids and target in self.ids:
                    ends = {f"{owner_field}_id": self.ids[owner], f"{target_field}_id": self.ids[target]}
                    rows[name].append(through(**ends))
        for name, found in rows.items():
            LINKS[name][0]._default_manager.bulk_create(found)

    def _leave(self, label: str, reason: str, text: str = "") -> None:
        self.left_out.append(LeftOut(label=label[:300], reason=reason, text=text))
