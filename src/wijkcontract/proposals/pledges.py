"""The words of a pledge: what a partner confirms, and whether it still says that (R8; decision 0026)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from wijkcontract.proposals.enums import PledgeForm
from wijkcontract.proposals.models import AnswerKind, Pledge, PledgeAnswer
from wijkcontract.rules import clock
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.proposal_shape import ChangeAsked, Confirmation, Partner, Proposal

Words = Mapping[str, Any]
SECOND_CLICK: Final = dt.timedelta(minutes=2)


def words_of(pledge: Pledge) -> dict[str, Any]:
    """What a pledge says now: what, form, amount and date. Its status and its proof are not the partner's words."""
    return {
        "what": pledge.what,
        "form": pledge.form,
        "amount_cents": pledge.amount_cents,
        "due_on": pledge.due_on.isoformat() if pledge.due_on else None,
    }


def words_sha256(words: Words) -> str:
    """The hash of the words, for the page that shows them and for the answer that is kept."""
    text = json.dumps(dict(words), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sentence(words: Words) -> str:
    """The words as a person reads them: "Een begeleider (personeel), 12.000,00 EUR, tegen 31/12/2022"."""
    form = f" ({str(PledgeForm(words['form']).label).lower()})" if words["form"] else ""
    amount = f", {format_nl(words['amount_cents'])} EUR" if words["amount_cents"] is not None else ""
    due = f", tegen {day_nl(dt.date.fromisoformat(words['due_on']))}" if words["due_on"] else ""
    return f"{words['what']}{form}{amount}{due}"


def still_holds(pledge: Pledge, answer: PledgeAnswer) -> bool:
    """Does the pledge still say what the partner answered on?"""
    words: dict[str, Any] = answer.words
    return words_of(pledge) == words


@dataclass(frozen=True)
class Standing:
    """What a pledge has of its partner now: a confirmation, the day on which it was declined, or the change that is asked."""

    confirmed: Confirmation | None = None
    declined_on: dt.date | None = None
    change_asked: ChangeAsked | None = None


def standing(pledge: Pledge, answer: PledgeAnswer | None) -> Standing:
    """What the newest answer means for the pledge as it stands.

    A confirmation of other words stays, and says which words; a refusal or a wish about other words says nothing any more.
    """
    if answer is None:
        return Standing()
    on, holds = clock.day_of(answer.answered_at), still_holds(pledge, answer)
    if answer.kind == AnswerKind.CONFIRMED:
        who = f"{answer.signed_by}, {answer.function}"
        return Standing(confirmed=Confirmation(who, on, "" if holds else sentence(answer.words)))
    if not holds:
        return Standing()
    if answer.kind == AnswerKind.DECLINED:
        return Standing(declined_on=on)
    return Standing(change_asked=ChangeAsked(on, " ".join(answer.remark.split())))


def without_remarks(document: Proposal) -> Proposal:
    """The document for who may know that a partner wants a change, and not what it wrote about it (decision 0026)."""

    def silent(partner: Partner) -> Partner:
        kept = (
            replace(one, change_asked=one.change_asked and replace(one.change_asked, remark=""))
            for one in partner.pledges
        )
        return replace(partner, pledges=tuple(kept))

    return replace(document, partners=tuple(silent(one) for one in document.partners))
