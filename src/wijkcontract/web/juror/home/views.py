"""The juror's first page: what to do now, until when, and where the jury stands."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from wijkcontract.jury import queries
from wijkcontract.jury.queries import Work
from wijkcontract.rules import clock, lifecycle
from wijkcontract.web.components.formats import day_long, days_left
from wijkcontract.web.components.parts import Figure, Happening, Task
from wijkcontract.web.http import ActorRequest, for_audience, page

STEPS = (
    ("composed", "Jury samengesteld"),
    ("scoring", "Beoordeling"),
    ("locked", "Beraadslaging"),
    ("advised", "Advies gegeven"),
)


@require_safe
@for_audience("juror")
def home(request: ActorRequest) -> HttpResponse:
    """What the juror must do in every jury of which the juror is a member."""
    works = [
        {
            "work": work,
            "tasks": _tasks(work),
            "figures": _figures(work),
            "way": _way(work),
            "state_label": lifecycle.JURY.states[work.jury.state].label,
            "shows_table": work.jury.state in ("locked", "advised"),
        }
        for work in queries.juror_home(request.actor)
    ]
    has_tasks = any(one["tasks"] for one in works)
    return page(
        request, "juror/home/home.html", {"works": works, "has_tasks": has_tasks, "today": clock.today()}
    )  # fmt: skip


def _tasks(work: Work) -> list[Task]:
    listed = reverse("juror:proposals")
    until = work.jury.score_until
    when, note = (day_long(until), days_left(until, clock.today())) if until else ("", "")
    tasks = []
    if count := work.count("declare"):
        tasks.append(Task(
            f"Verklaar bij {_proposals(count)} of u een belangenconflict hebt", f"{listed}?doen=declare",
            "Daarna gaat het voorstel voor u open.", "block", "door", when, note,
        ))  # fmt: skip
    if count := work.count("score"):
        text = "Elk criterium krijgt punten. U kunt tussendoor bewaren."
        tasks.append(Task(f"Geef punten op {_proposals(count)}", f"{listed}?doen=score", text, "", "pen", when, note))
    if count := work.count("position"):
        text = "Is het haalbaar, en wat zegt uw instantie toe?"
        tasks.append(
            Task(f"Geef een standpunt over {_proposals(count)}", f"{listed}?doen=position", text, "", "pen", when, note)
        )
    return [*tasks, *_chair_tasks(work)]


def _chair_tasks(work: Work) -> list[Task]:
    jury = work.jury
    if not work.seat.is_chair:
        return []
    table = reverse("juror:table", args=[jury.pk])
    if jury.state == "scoring" and jury.lock_asked_at is None:
        return [
            Task("Vergrendel de punten als iedereen klaar is", table, "Daarna bevestigt het agentschap.", "", "lock")
        ]
    if jury.state == "scoring":
        return [Task("U vroeg om te vergrendelen", table, "U wacht op de bevestiging van het agentschap.", "wait")]
    if jury.state == "locked":
        text = "Schrijf per voorstel het verslag en het advies, en geef daarna het advies van de jury."
        return [Task("Leid de beraadslaging", table, text, "", "users")]
    return []


def _figures(work: Work) -> list[Figure]:
    figures = [Figure("Voorstellen", str(len(work.rows)), "bij deze jury")]
    if work.seat.kind == "voting":
        asked = len(work.rows) - work.closed
        figures.append(Figure("Punten gegeven", f"{work.scored} van {asked}", "voorstellen"))
    if work.seat.kind != "observer":
        figures.append(Figure("Gesloten voor u", str(work.closed), "belangenconflict"))
    return figures


def _way(work: Work) -> list[Happening]:
    states = [state for state, _ in STEPS]
    here = states.index(work.jury.state)
    jury = work.jury
    advised_on = localdate(jury.advised_at) if jury.advised_at else ""
    moments = (jury.appointed_on, jury.score_until or "", jury.deliberated_on or "", advised_on)
    return [
        Happening(label, when if place <= here or place == 1 else "", "", _step(place, here, len(STEPS)))
        for place, ((_, label), when) in enumerate(zip(STEPS, moments, strict=True))
    ]


def _step(place: int, here: int, steps: int) -> str:
    if place < here or here == steps - 1:
        return "done"
    return "here" if place == here else ""


def _proposals(count: int) -> str:
    return "1 voorstel" if count == 1 else f"{count} voorstellen"
