"""Tailoring, new instruments and the integrated package (R5, R6, R7)."""

from collections.abc import Iterator

from wijkcontract.rules.codec import pointer
from wijkcontract.rules.coverage import coverage
from wijkcontract.rules.findings.catalogue import Case, Finding, finding, listed, named
from wijkcontract.rules.proposal_shape import Measure


def measure_findings(case: Case) -> Iterator[Finding]:
    """Everything about the measures as a package; without measures one finding says it all."""
    if not case.document.measures:
        yield finding(
            "no_new_instrument",
            "/measures",
            "Het voorstel heeft nog geen maatregelen. Voeg er minstens één toe met een nieuw instrument.",
        )
        return
    yield from _tailoring(case)
    yield from _instruments(case)
    yield from _package(case)


def _tailoring(case: Case) -> Iterator[Finding]:
    measures, problems = case.document.measures, case.document.problems
    answered = {problem for measure in measures for problem in measure.problems}
    for index, problem in enumerate(problems):
        if problem.id not in answered and answered:
            yield finding(
                "problem_unanswered",
                pointer("problems", index),
                f"{named('Probleem', index, problem.title)} krijgt geen antwoord. "
                "Kies dit probleem bij minstens één maatregel, of haal het weg.",
            )
    for index, measure in enumerate(measures):
        if problems and not measure.problems:
            yield finding(
                "measure_without_problem",
                pointer("measures", index, "problems"),
                f"{named('Maatregel', index, measure.title)} antwoordt op geen enkel probleem. Kies er minstens één.",
            )
    picture = coverage(measures, case.programme)
    if not (picture.hard and picture.soft):
        only = "zacht" if picture.soft else "hard"
        yield finding(
            "only_hard_or_only_soft",
            "/measures",
            f"Geen enkele maatregel is {'hard' if only == 'zacht' else 'zacht'}. "
            "Voeg er een toe, of leg in de motivering van de mix uit waarom dat past bij de wijk.",
        )


def _instruments(case: Case) -> Iterator[Finding]:
    if case.programme.new_instrument_required and not any(_is_new(case, measure) for measure in case.document.measures):
        yield finding(
            "no_new_instrument",
            "/measures",
            "Geen enkele maatregel gebruikt een nieuw instrument. Kies bij minstens één maatregel een instrument "
            "dat nieuw is voor deze wijk.",
        )
    for index, measure in enumerate(case.document.measures):
        kind = case.programme.instrument(measure.instrument)
        missing = [
            what
            for what, text in (
                ("welk programma het is", measure.programme_name),
                ("hoeveel sneller het gaat", measure.acceleration),
            )
            if not text.strip()
        ]
        if kind is not None and kind.asks_programme and missing:
            yield finding(
                "programme_not_named",
                pointer("measures", index, "acceleration" if measure.programme_name.strip() else "programme_name"),
                f"{named('Maatregel', index, measure.title)} versnelt een programma, maar zegt niet {listed(missing)}. "
                "Vul dat aan.",
            )


def _is_new(case: Case, measure: Measure) -> bool:
    kind = case.programme.instrument(measure.instrument)
    return measure.new and kind is not None and kind.counts_as_new


def _package(case: Case) -> Iterator[Finding]:
    picture = coverage(case.document.measures, case.programme)
    if picture.domains < 2:
        yield finding(
            "single_domain",
            "/measures",
            "De maatregelen raken hoogstens één beleidsdomein. Een geïntegreerd geheel verbindt er meerdere: "
            "duid bij de maatregelen alle domeinen aan.",
        )
    if picture.levels < 2:
        yield finding(
            "single_level",
            "/measures",
            "De maatregelen raken hoogstens één bestuursniveau. Een geïntegreerd geheel verbindt er meerdere: "
            "duid bij de maatregelen alle niveaus aan.",
        )
