"""Issue the report to the ministers: the one write of this room (R23)."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.execution.models import Round
from wijkcontract.reporting import policy
from wijkcontract.reporting.models import RelanceReport
from wijkcontract.reporting.queries import get_preview, missing_reports, next_number
from wijkcontract.reporting.relance import build_content, canonical
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Fault, Invalid, require


@operation
def issue_report(
    *, actor: Actor, round_id: uuid.UUID | str, missing: Collection[str] = (), number: int | None = None
) -> RelanceReport:
    """Freeze the report of a round: canonical JSON with its SHA-256, from which page, Excel and PDF are made.

    Every progress report of the round is accepted, or its contract number stands in `missing`: the report then says
    that it is missing. Issuing again makes the next number and leaves the earlier one as it was; `number`, when the
    caller knows it, is the one that the page promised, so that a double click issues once.
    """
    in_round = get_preview(actor, round_id).round
    require(policy.may_issue(actor))
    Round.objects.select_for_update().get(pk=in_round.pk)
    following = next_number(in_round)
    if number is not None and number != following:
        raise Invalid.because(f"Uitgave {following - 1} is intussen uitgebracht. U vindt ze onder Rapporten.")
    absent = {report.contract.number for report in missing_reports(in_round)}
    faults = [
        Fault("missing", f"Het verslag van {number} is niet aanvaard. Wacht erop, of vink aan dat het ontbreekt.")
        for number in sorted(absent - set(missing))
    ]
    if faults:
        raise Invalid(faults)
    issued_at = clock.now().replace(microsecond=0)
    content = canonical(build_content(in_round, number=following, issued_at=issued_at))
    issued = RelanceReport.objects.create(
        round=in_round,
        number=following,
        title=f"Relancerapport: {in_round.title}",
        moment=in_round.moment,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        issued_at=issued_at,
        issued_by_name=actor.name,
    )
    record(actor, "reporting.report_issued", issued, number=following, sha256=issued.sha256, missing=sorted(absent))
    return issued
