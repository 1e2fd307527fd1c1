"""Who works along: the people of the own authority and what each may do with a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.queries import people_of
from wijkcontract.accounts.roles import Role

DOES: Final = {Role.SUBMITTER: "dient in", Role.EDITOR: "schrijft", Role.CERTIFIER: "kijkt cijfers na"}
SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone of the authority: the name, the letters of the mark beside it, and what this person does."""

    name: str
    does: tuple[str, ...]
    submits: bool
    shade: int

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word[:1].isalnum()]
        return "".join(word[0] for word in words[:2]).upper()

    @property
    def doing(self) -> str:
        return ", ".join(self.does)


def team_of(actor: Actor) -> list[Colleague]:
    """The colleagues with a role in proposals, by name."""
    roles: dict[str, list[Role]] = {}
    names: dict[str, str] = {}
    for mandate in people_of(actor):
        if Role(mandate.role) in DOES:
            names[str(mandate.person_id)] = mandate.person.name
            roles.setdefault(str(mandate.person_id), []).append(Role(mandate.role))
    return [
        Colleague(names[key], tuple(DOES[role] for role in DOES if role in held), Role.SUBMITTER in held, 1 + place % 3)
        for place, (key, held) in enumerate(roles.items())
    ]
