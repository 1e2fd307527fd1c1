"""Who may do what with rounds and progress reports (access.md, rows round and progress report)."""

from __future__ import annotations

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.execution.models import ProgressReport
from wijkcontract.rules.verdicts import ALLOWED, Verdict, refuse

LOCAL_ROLES = (Role.EDITOR, Role.SUBMITTER, Role.CERTIFIER)
READERS_OF_ROUNDS = (Role.AGENCY_MANAGER, Role.AGENCY_FINANCE, Role.CABINET, Role.INSPECTORATE, Role.AUDITOR)
READERS_OF_SUBMITTED = (Role.AGENCY_MANAGER, Role.AGENCY_FINANCE, Role.AUDITOR)
READERS_OF_ACCEPTED = (Role.CABINET, Role.INSPECTORATE)


def may_manage_rounds(actor: Actor) -> Verdict:
    """Make, open and close a round."""
    if actor.has(Role.AGENCY_MANAGER):
        return ALLOWED
    return refuse("Alleen de programmabeheerder van het agentschap maakt, opent en sluit rapporteringsrondes.")


def may_write(actor: Actor, report: ProgressReport) -> Verdict:
    """Fill in a report of the own local authority."""
    if actor.has(Role.EDITOR) and actor.acts_for(report.contract.local_authority_id):
        return ALLOWED
    return refuse("Alleen een bewerker van uw bestuur vult dit verslag in.")


def may_certify(actor: Actor, report: ProgressReport) -> Verdict:
    """Confirm that figures and spending are right, and hand the report in (R24)."""
    if actor.has(Role.CERTIFIER) and actor.acts_for(report.contract.local_authority_id):
        return ALLOWED
    return refuse("Alleen een certificeerder van uw bestuur bevestigt de cijfers en dient het verslag in.")


def may_decide(actor: Actor) -> Verdict:
    """Accept a report that was handed in, or return it."""
    if actor.has(Role.AGENCY_MANAGER):
        return ALLOWED
    return refuse("Alleen de programmabeheerder van het agentschap aanvaardt een verslag of stuurt het terug.")
