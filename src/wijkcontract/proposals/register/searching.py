"""Searching the register of subsidies by words and by authority (R14)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.proposals.models import RegisteredSubsidy
from wijkcontract.proposals.register.access import registered_subsidies

LONGEST_TEXT: Final = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader searches: words, and one authority by its id."""

    text: str = ""
    authority: str = ""

    @property
    def is_active(self) -> bool:
        return bool(self.text or self.authority)

    @property
    def address(self) -> str:
        asked = {"q": self.text, "bestuur": self.authority}
        return "?" + urlencode({key: value for key, value in asked.items() if value})


def asked_by(query: Mapping[str, str]) -> Asked:
    """What an address asks (`q` and `bestuur`); an id that is none asks nothing."""
    try:
        authority = str(uuid.UUID(query.get("bestuur", "")))
    except ValueError:
        authority = ""
    return Asked(query.get("q", "").strip()[:LONGEST_TEXT], authority)


def matching(found: QuerySet[RegisteredSubsidy], asked: Asked) -> QuerySet[RegisteredSubsidy]:
    """The ones in which every word stands, of that authority."""
    for word in asked.text.split():
        found = found.filter(
            Q(name__icontains=word) | Q(provider__icontains=word) | Q(reference__icontains=word)
            | Q(covers__icontains=word) | Q(beneficiary__name__icontains=word)
        )  # fmt: skip
    return found.filter(beneficiary=uuid.UUID(asked.authority)) if asked.authority else found


def beneficiaries(actor: Actor) -> list[tuple[uuid.UUID, str]]:
    """The authorities that have a registered subsidy which exists for this actor, by name: id and name."""
    found = registered_subsidies(actor).order_by("beneficiary__name")
    return list(found.values_list("beneficiary_id", "beneficiary__name").distinct())
