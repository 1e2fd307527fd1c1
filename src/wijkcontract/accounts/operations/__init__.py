"""Every write of people, mandates and invitations."""

from wijkcontract.accounts.operations.invitations import (
    InvitationClosed,
    accept_invitation,
    invite,
    revoke_invitation,
)
from wijkcontract.accounts.operations.mandates import end_mandate, grant_mandate

__all__ = [
    "InvitationClosed",
    "accept_invitation",
    "end_mandate",
    "grant_mandate",
    "invite",
    "revoke_invitation",
]
