"""Who follows a call through its proposals: who writes for it, and who was selected in it for the next phase (R15)."""

from __future__ import annotations

from django.db.models import QuerySet

from wijkcontract.accounts.queries import writers_of
from wijkcontract.calls.models import Call
from wijkcontract.proposals import policy
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Proposal


def writers_for(call: Call) -> list[tuple[str, str]]:
    """Who writes or submitted a proposal for a call: the id and mail address of each person, for the notices of the call."""
    authorities = Proposal.objects.filter(call=call).order_by().values_list("applicant_id", flat=True).distinct()
    return [(str(one.pk), one.email) for one in writers_of(authorities, policy.WRITERS)]


def selected_in(call: Call) -> QuerySet[Proposal]:
    """The proposals of a call that were selected for the next phase, as the rooms above tell (`policy.register_selection`)."""
    return Proposal.objects.filter(policy.selected(), call=call, state=ProposalState.DECIDED)
