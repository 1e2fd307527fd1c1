"""The vulnerable neighbourhood and its problems (R1, R2, R3), and experiments with rules (R10)."""

from collections.abc import Iterator

from wijkcontract.rules.codec import pointer
from wijkcontract.rules.findings.catalogue import Case, Finding, finding, listed, named
from wijkcontract.rules.proposal_shape import Experiment, Measure


def problem_findings(case: Case) -> Iterator[Finding]:
    """Everything about the neighbourhood, its figures and its problems."""
    yield from _neighbourhood(case)
    yield from _problems(case)
    yield from _experiments(case)


def _neighbourhood(case: Case) -> Iterator[Finding]:
    place = case.document.neighbourhood
    missing = [
        what
        for what, present in (("een naam", bool(place.name.strip())), ("een statistische sector", bool(place.sectors)))
        if not present
    ]
    if missing:
        yield finding(
            "no_neighbourhood", "/neighbourhood", f"De wijk is niet afgebakend. Geef ze minstens {listed(missing)}."
        )
    if not any(figure.value is not None for figure in case.document.figures):
        yield finding(
            "no_figures",
            "/figures",
            "Er zijn geen cijfers over de wijk. Voeg minstens één cijfer met bron en jaar toe.",
        )


def _problems(case: Case) -> Iterator[Finding]:
    problems = case.document.problems
    if not problems:
        yield finding("no_problem", "/problems", "Het voorstel noemt geen probleem. Beschrijf er minstens één.")
        return
    for index, problem in enumerate(problems):
        if not any(group.strip() for group in problem.groups):
            yield finding(
                "problem_without_groups",
                pointer("problems", index, "groups"),
                f"{named('Probleem', index, problem.title)} zegt niet welke groepen bewoners het raakt. "
                "Noem minstens één groep.",
            )
    beyond = (
        problem.beyond_capacity.strip()
        or problem.blocking_rule.strip()
        or problem.blocking_body.strip()
        or problem.experiment
        for problem in problems
    )
    if not any(beyond):
        yield finding(
            "nothing_beyond_capacity",
            "/problems",
            "Geen enkel probleem zegt wat uw bestuur niet alleen kan. "
            "Schrijf bij minstens één probleem wat dat is, of welke regel of instantie in de weg staat.",
        )


def _experiments(case: Case) -> Iterator[Finding]:
    for index, problem in enumerate(case.document.problems):
        missing = _missing(problem.experiment) if problem.experiment is not None else []
        if missing:
            yield finding(
                "experiment_incomplete",
                pointer("problems", index, "experiment"),
                f"Het experiment bij {named('probleem', index, problem.title)} is onvolledig. "
                f"Voeg {listed(missing)} toe.",
            )
    for index, measure in enumerate(case.document.measures):
        if _asks_experiment(case, measure) and not _has_experiment(case, measure):
            yield finding(
                "experiment_incomplete",
                pointer("measures", index, "instrument"),
                f"{named('Maatregel', index, measure.title)} vraagt ruimte in de regels, maar geen van haar problemen "
                "noemt het experiment. Beschrijf bij een probleem de regel, de instantie en wat u vraagt.",
            )


def _missing(experiment: Experiment) -> list[str]:
    parts = {"de regel": experiment.rule, "de bevoegde instantie": experiment.body, "wat u vraagt": experiment.what}
    return [part for part, text in parts.items() if not text.strip()]


def _asks_experiment(case: Case, measure: Measure) -> bool:
    kind = case.programme.instrument(measure.instrument)
    return kind is not None and kind.asks_experiment


def _has_experiment(case: Case, measure: Measure) -> bool:
    """A measure without any problem is reported as such, not a second time here."""
    answered = [problem for problem in case.document.problems if problem.id in measure.problems]
    return not answered or any(problem.experiment is not None for problem in answered)
