"""The actor: who asks, for which organisation, in which roles. Every query and operation takes one as its first argument."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from wijkcontract.accounts.roles import DESCRIPTIONS, Role


@dataclass(frozen=True)
class Actor:
    """A person acting for one organisation. An anonymous visitor has no person, no organisation and no role."""

    person_id: str = ""
    name: str = "Bezoeker"
    organisation_id: str = ""
    organisation_name: str = ""
    organisation_kind: str = ""
    roles: frozenset[Role] = frozenset()
    other_organisations: bool = False

    @property
    def is_anonymous(self) -> bool:
        return not self.person_id

    def has(self, *roles: Role) -> bool:
        """Does the actor hold at least one of these roles?"""
        return not self.roles.isdisjoint(roles)

    def acts_for(self, organisation_id: uuid.UUID | str) -> bool:
        """Does the actor act for this organisation now?"""
        return bool(self.organisation_id) and self.organisation_id == str(organisation_id)

    @property
    def audience(self) -> str:
        """Whose home is shown: applicant, juror, agency, resident, operator, or public."""
        for role in Role:
            if role in self.roles:
                return DESCRIPTIONS[role].audience
        return "public"

    @property
    def role_labels(self) -> list[str]:
        return [str(role.label) for role in Role if role in self.roles]


ANONYMOUS = Actor()
SYSTEM = Actor(name="wijkcontract")
