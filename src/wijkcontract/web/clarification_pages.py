"""What agency, applicant and jury all show of a request for clarification: how it stands, its answer, and what changed (R16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from wijkcontract.proposals.models import Clarification, ClarificationState, Submission
from wijkcontract.proposals.models.proposal import SubmissionKind
from wijkcontract.proposals.queries import frozen_document
from wijkcontract.rules.programme import Programme
from wijkcontract.web.components.formats import day_long, moment
from wijkcontract.web.section_differences import section_differences


@dataclass(frozen=True)
class ClarificationView:
    """A request as it is read. `answer` and `changes` are of what was sent, never of what is being written."""

    source: Clarification
    label: str
    light: str
    state: str
    answer: str
    version: str
    changes: Sequence[SafeString]


def clarification_views(found: Iterable[Clarification], programme: Programme) -> list[ClarificationView]:
    """The requests about one proposal, in order."""
    return [clarification_view(one, programme) for one in found]


def clarification_view(one: Clarification, programme: Programme) -> ClarificationView:
    """One request."""
    light, state = _standing(one)
    changes: list[SafeString] = []
    if one.after is not None:
        before, after = frozen_document(one.before), frozen_document(one.after)
        changes = section_differences(before, after, programme, one.section)
    return ClarificationView(
        source=one,
        label=section_label(one.section, programme),
        light=light,
        state=state,
        answer=one.answer if one.after is not None else "",
        version=f"Versie {one.after.number}" if one.after is not None else "",
        changes=changes,
    )


def section_label(code: str, programme: Programme) -> str:
    """The name of a section in the call."""
    return next((part.label for part in programme.sections if part.code == code), code)


def version_label(submission: Submission, found: Iterable[Clarification], programme: Programme) -> str:
    """Which version this is: "Versie 2, na verduidelijking van Risico's". `found` are the requests that the reader may read."""
    about = next((one for one in found if one.after_id == submission.pk), None)
    if about is not None:
        return f"Versie {submission.number}, na verduidelijking van {section_label(about.section, programme)}"
    if submission.kind == SubmissionKind.CLARIFICATION:
        return f"Versie {submission.number}"
    return f"Versie {submission.number}, zoals ingediend"


def _standing(one: Clarification) -> tuple[str, str]:
    """The light and its words."""
    if one.state == ClarificationState.ANSWERED:
        return "ok", f"Beantwoord op {moment(one.answered_at)}"
    if one.state == ClarificationState.WITHDRAWN:
        return "none", "Ingetrokken"
    if one.is_late:
        return "bad", f"Niet beantwoord, kon tot en met {day_long(one.last_day)}"
    return "warn", f"Open tot en met {day_long(one.last_day)}"
