"""Two people who type, save and put back in one section, each from a page that may be old (threats.md row 18).

What somebody typed is at every moment in the draft, in its history, or kept beside the draft for its writer: never nowhere.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from proposals.conftest import DURING, Town
from wijkcontract.accounts.actors import Actor
from wijkcontract.calls.models import Call
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.models import Proposal, Revision
from wijkcontract.proposals.operations import Shown, StaleVersion, Typed
from wijkcontract.proposals.parts import Part
from wijkcontract.rules import clock

pytestmark = pytest.mark.django_db
PART = Part("measures", "teksten")
FIELDS = ("existing_policy", "mix_motivation")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["load", "type", "autosave", "button", "mine", "restore", "wait"]),
        st.sampled_from([0, 1]),
        st.sampled_from(FIELDS),
    ),
    max_size=30,
)


@dataclass
class Page:
    """What one person has on the screen: the texts, what the page knows of versions, and what was typed and not yet sent."""

    actor: Actor
    version: int
    texts: dict[str, str]
    known: dict[str, int] = field(default_factory=dict)
    dirty: set[str] = field(default_factory=set)
    overtaken: dict[str, tuple[int, str]] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)


class Room:
    """The draft and two people in it; `written` holds every text that reached the server, with its writer."""

    def __init__(self, town: Town, proposal: Proposal) -> None:
        self.proposal_id = proposal.pk
        self.number = itertools.count()
        self.written: list[tuple[Actor, str, str]] = []
        self.minutes = 0
        self.pages = [self._load(town.eli), self._load(town.saar)]

    @property
    def proposal(self) -> Proposal:
        return Proposal.objects.get(pk=self.proposal_id)

    def _load(self, actor: Actor) -> Page:
        proposal = self.proposal
        texts = self.stored()
        return Page(actor, proposal.version, texts, seen=dict(texts))

    def stored(self) -> dict[str, str]:
        return dict.fromkeys(FIELDS, "") | dict(self.proposal.answers.values_list("question", "text"))

    def load(self, who: int, _: str) -> None:
        self.pages[who] = self._load(self.pages[who].actor)

    def type(self, who: int, name: str) -> None:
        page = self.pages[who]
        page.texts[name] = f"tekst {next(self.number)} van {page.actor.name}"
        page.dirty.add(name)

    def wait(self, who: int, _: str) -> None:
        self.minutes += 6

    def autosave(self, who: int, _: str) -> None:
        page = self.pages[who]
        if not page.dirty:
            return
        typed = {name: page.texts[name] for name in page.dirty}
        before = self.stored()
        result = operations.autosave(
            actor=page.actor, proposal_id=self.proposal_id, part=PART, is_new=False,
            shown=Shown(page.version, page.known),
            read=lambda proposal: Typed(typed, {}, {name: [text] for name, text in typed.items()}),
        )  # fmt: skip
        self.written += [(page.actor, name, text) for name, text in typed.items()]
        after = self.stored()
        for name in result.saved:
            assert after[name] == before[name] or before[name] == page.seen[name], "replaced what was never shown"
            page.known[name], page.seen[name] = result.version, after[name]
        for name, conflict in result.conflicts.items():
            assert conflict.stored == before[name] == after[name]
            page.overtaken[name] = (result.version, after[name])
        page.dirty.clear()

    def mine(self, who: int, name: str) -> None:
        """The button "Houd mijn tekst" of a field with two texts."""
        page = self.pages[who]
        if name in page.overtaken:
            page.known[name], page.seen[name] = page.overtaken.pop(name)
            page.dirty.add(name)
            self.autosave(who, name)

    def button(self, who: int, _: str) -> None:
        page, before = self.pages[who], self.stored()
        try:
            with transaction.atomic():
                operations.save_answers(
                    actor=page.actor, proposal_id=self.proposal_id, version=page.version, shown=page.known,
                    answers=dict(page.texts),
                )  # fmt: skip
        except StaleVersion as stale:
            for name, conflict in stale.conflicts.items():
                assert conflict.stored == self.stored()[name] != page.texts[name]
            return
        for name, text in self.stored().items():
            assert text == before[name] or before[name] == page.seen[name], "replaced what was never shown"
        self.written += [(page.actor, name, page.texts[name]) for name in page.dirty]
        self.pages[who] = self._load(page.actor)

    def restore(self, who: int, _: str) -> None:
        newest = queries.revisions(self.proposal, "measures").first()
        if newest is not None:
            operations.restore(actor=self.pages[who].actor, proposal_id=self.proposal_id, revision_id=newest.pk)

    def texts_that_can_be_found(self, actor: Actor) -> set[tuple[str, str]]:
        """The draft, every text of the history, and what is kept beside the draft for this person."""
        found = set(self.proposal.answers.values_list("question", "text"))
        for revision in Revision.objects.filter(proposal=self.proposal_id):
            found |= {(name, text) for values in (revision.before, revision.after) for name, text in values.items()}
        for row in queries.unfinished_inputs(actor, self.proposal).values():
            found |= {(name, left["typed"][0]) for name, left in row.fields.items()}
        return found

    def check(self) -> None:
        """The last text that each person sent for a field can be found; so can every text that a colleague replaced."""
        last: dict[tuple[str, str], tuple[Actor, str]] = {}
        for actor, name, text in self.written:
            last[actor.name, name] = (actor, text)
        for (_, name), (actor, text) in last.items():
            assert (name, text) in self.texts_that_can_be_found(actor), text


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_no_sequence_of_two_writers_loses_a_text_in_silence(
    town: Town, call: Call, draft: Proposal, steps: list[tuple[str, int, str]]
) -> None:
    with transaction.atomic():
        room = Room(town, draft)
        for action, who, name in steps:
            with clock.frozen(DURING + dt.timedelta(minutes=room.minutes)):
                getattr(room, action)(who, name)
            room.check()
        transaction.set_rollback(True)


def test_every_kind_of_step_ends_in_a_conflict_that_keeps_both(town: Town, call: Call, draft: Proposal) -> None:
    """One sequence by hand, so that the property above cannot pass by doing nothing."""
    room = Room(town, draft)
    for action, who in (("type", 0), ("autosave", 0), ("type", 1), ("autosave", 1)):
        getattr(room, action)(who, FIELDS[0])
    assert room.pages[1].overtaken
    room.check()
    room.mine(1, FIELDS[0])
    room.check()
    assert queries.document(room.proposal).answers[FIELDS[0]] == "tekst 1 van Saar"
    assert "tekst 0 van Eli" in {text for _, text in room.texts_that_can_be_found(town.eli)}
