"""Texts, participation (R6), local decision and support (R16), dissemination (R26), and files."""

from collections.abc import Iterator

from wijkcontract.rules.codec import pointer
from wijkcontract.rules.findings.catalogue import Case, Finding, finding, listed, named
from wijkcontract.rules.numbers import characters_nl
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.programme import Question
from wijkcontract.rules.proposal_shape import LocalBody, LocalDecision

_BODIES = {LocalBody.EXECUTIVE: "het college van burgemeester en schepenen", LocalBody.COUNCIL: "de gemeenteraad"}

_DECISIONS = ("R16", "local_decision")
_CARRIERS = {
    "figures": ("R2", "neighbourhood"),
    "problems": ("R1", "problems"),
    "measures": ("R5", "measures"),
    "partners": ("R8", "partners"),
    "pledges": ("R8", "partners"),
    "cost_lines": ("R14", "budget"),
    "local_decisions": _DECISIONS,
}
"""The requirement and the section of a file, by the list of the record that carries it."""


def support_findings(case: Case) -> Iterator[Finding]:
    """Everything about answers, participation, knowledge sharing, local decisions and files."""
    yield from _texts(case)
    yield from _moments(case)
    yield from _decisions(case)
    yield from _files(case)


def text_length(text: str) -> int:
    """The length that counts for a person: an end of line is one character, whatever the browser sends."""
    return len(text.replace("\r\n", "\n"))


def _texts(case: Case) -> Iterator[Finding]:
    for question in case.programme.questions:
        answer = case.document.answers.get(question.code, "")
        path = pointer("answers", question.code)
        too_many = text_length(answer) - question.max_chars
        if question.required and not answer.strip():
            message = f"Het antwoord op '{question.label}' is leeg. {question.help}"
            yield finding(question.finding, path, message, question.requirement, question.section)
        elif too_many > 0:
            yield finding(
                "text_too_long",
                path,
                f"Het antwoord op '{question.label}' is {characters_nl(too_many)} te lang. "
                f"Kort het in tot hoogstens {characters_nl(question.max_chars)}.",
                question.requirement,
                question.section,
            )


def _moments(case: Case) -> Iterator[Finding]:
    """Participation and dissemination need a moment beside their text; an empty text is already reported."""
    document = case.document
    if (
        case.programme.participation_required
        and not document.participation.moments
        and not _is_reported(case, "no_participation")
    ):
        yield finding(
            "no_participation",
            "/participation/moments",
            "Het participatieproces heeft geen enkel moment. Voeg minstens één moment toe, gehouden of gepland.",
        )
    planned = any(moment.planned_on is not None for moment in document.dissemination)
    if not planned and not _is_reported(case, "dissemination_empty"):
        yield finding(
            "dissemination_empty",
            "/dissemination",
            "Er is geen moment gepland om kennis te delen. Voeg er minstens één toe, met een datum.",
        )
    if not document.support_log:
        yield finding(
            "support_log_empty",
            "/support_log",
            "Er is nog geen stap naar draagvlak. Noteer met wie u al overlegde, en wanneer.",
        )


def _is_reported(case: Case, code: str) -> bool:
    def is_empty(question: Question) -> bool:
        return question.required and not case.document.answers.get(question.code, "").strip()

    return any(question.finding == code and is_empty(question) for question in case.programme.questions)


def _decisions(case: Case) -> Iterator[Finding]:
    decisions = case.document.local_decisions
    lacking = [_lacking(decision) for decision in decisions]
    if case.programme.local_decision_required and not any(not missing for missing in lacking):
        yield finding("local_decision_missing", "/local_decisions", _decision_message(lacking))
    submitted_on = case.document.submitted_on or case.on
    for index, decision in enumerate(decisions):
        if decision.decided_on is not None and decision.decided_on > submitted_on:
            body = _BODIES[decision.body] if decision.body is not None else "het lokale bestuur"
            yield finding(
                "local_decision_after_submission",
                pointer("local_decisions", index, "decided_on"),
                f"De beslissing van {body} van {day_nl(decision.decided_on)} komt na de indiening op "
                f"{day_nl(submitted_on)}. Kijk de datum na, of dien in na de beslissing.",
            )


def _lacking(decision: LocalDecision) -> list[str]:
    parts = {
        "het orgaan": decision.body is not None,
        "de datum": decision.decided_on is not None,
        "het document": decision.file is not None or bool(decision.link.strip()),
    }
    return [part for part, present in parts.items() if not present]


def _decision_message(lacking: list[list[str]]) -> str:
    if not lacking:
        return "De beslissing van het college of de gemeenteraad ontbreekt. Voeg ze toe, met de datum en het document."
    return f"De lokale beslissing is onvolledig. Vul {listed(min(lacking, key=len))} aan."


def _files(case: Case) -> Iterator[Finding]:
    document = case.document
    known = {file.id for file in document.files}
    for index, partner in enumerate(document.partners):
        for number, pledge in enumerate(partner.pledges):
            if pledge.file is not None and pledge.file not in known:
                path = pointer("partners", index, "pledges", number, "file")
                yield finding("file_missing", path, _gone(f"het engagement '{pledge.what.strip()}'"), "R8", "partners")
    for index, decision in enumerate(document.local_decisions):
        if decision.file is not None and decision.file not in known:
            path = pointer("local_decisions", index, "file")
            yield finding("file_missing", path, _gone("de lokale beslissing"), "R16", "local_decision")
    for index, file in enumerate(document.files):
        if not file.sha256.strip():
            message = f"{named('Bestand', index, file.name)} is niet bewaard. Voeg het opnieuw toe of haal het weg."
            carried_by = file.belongs_to.partition("/")[0]
            yield finding("file_missing", pointer("files", index), message, *_CARRIERS.get(carried_by, _DECISIONS))


def _gone(what: str) -> str:
    return f"Het bestand bij {what} is er niet. Voeg het opnieuw toe."
