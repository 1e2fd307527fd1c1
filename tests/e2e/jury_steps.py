"""Step 3, second half: the jury is composed, declares, scores, gives positions, deliberates and advises; secrecy holds."""

from __future__ import annotations

from e2e.steps import fill, object_of, on
from e2e.walker import Walker
from wijkcontract.demo import people

SEATS = (
    ("voting", "Voorzitter van de jury", True),
    ("voting", "Deskundige samenleven", False),
    ("voting", "Deskundige lokale economie", False),
    ("non_voting", "Jurylid Wonen in Vlaanderen", False),
    ("observer", "Waarnemer van de minister", False),
)
VOTERS = ((people.CHAIR, 8), (people.EXPERT, 9))


def the_jury_advises(walker: Walker) -> None:
    """The whole of it, from the appointment to the ranked advice."""
    on(2021, 9, 1)
    jury = _composed(walker)
    on(2021, 9, 2)
    for email, _ in VOTERS:
        _declare(walker, email, conflict="no")
    _a_conflict_closes_the_proposal(walker)
    _the_flemish_body_gives_its_position(walker, jury)
    on(2021, 9, 15)
    for email, points in VOTERS:
        _score(walker, email, points)
    _an_observer_gives_no_points(walker)
    on(2021, 10, 5)
    _locked_by_two(walker, jury)
    _advised(walker)


def _composed(walker: Walker) -> str:
    walker.become(people.MANAGER)
    walker.open("/agentschap/jury/nieuw/")
    walker.page.locator("[name='call_id']").select_option(
        index=walker.page.locator("[name='call_id'] option").count() - 1
    )
    fill(walker, {"appointed_on": "30/08/2021", "appointment": "MB 2021/104 (voorbeeld)"})
    walker.press("Maak de jury aan")
    jury = object_of(walker, "/agentschap/jury/")
    for kind, name, is_chair in SEATS:
        walker.open(f"{jury}leden/?kind={kind}")
        walker.page.get_by_role("radio", name=name).check()
        if is_chair:
            walker.page.locator("[name='is_chair']").check()
        walker.press("Geef een plaats in de jury")
        walker.sees(name)
    walker.open(f"{jury}start/")
    walker.page.locator("main button.btn--primary").click()
    walker.check()
    return jury


def _open_proposal(walker: Walker) -> str:
    walker.open("/jury/voorstellen/")
    walker.follow("Bijloke")
    return object_of(walker, "/jury/voorstellen/")


def _declare(walker: Walker, email: str, conflict: str) -> str:
    walker.become(email)
    walker.open("/jury/")
    proposal = _open_proposal(walker)
    walker.open(f"{proposal}verklaring/")
    walker.page.locator(f"[name='has_conflict'][value='{conflict}']").check()
    if conflict == "yes":
        fill(walker, {"reason": "Werkte in 2020 voor deze stad (voorbeeld)."})
    walker.press("Verklaar")
    return proposal


def _a_conflict_closes_the_proposal(walker: Walker) -> None:
    proposal = _declare(walker, people.SECOND_EXPERT, conflict="yes")
    walker.open("/jury/voorstellen/")
    walker.sees("belangenconflict")
    answer = walker.page.goto(walker.site + proposal)
    assert answer is not None
    assert answer.status == 403
    assert "Gesloten voor u" in walker.text()
    assert "weinig verbinding" not in walker.text()


def _the_flemish_body_gives_its_position(walker: Walker, jury: str) -> None:
    walker.become(people.MANAGER)
    walker.open(f"{jury}oproepen/")
    for name in ("juror_id", "proposal_id"):
        options = walker.page.locator(f"[name='{name}'] option")
        walker.page.locator(f"[name='{name}']").select_option(index=options.count() - 1)
    walker.page.locator("main button.btn--primary").click()
    walker.check()
    proposal = _declare(walker, people.HOUSING_MEMBER, conflict="no")
    walker.open(f"{proposal}standpunt/")
    walker.page.locator("[name='feasibility'][value='feasible']").check()
    walker.page.locator("[name='engagement'][value='partly']").check()
    fill(walker, {"motivation": "Haalbaar, met opvolging na twee jaar (voorbeeld)."})
    walker.press("Geef het standpunt")
    walker.sees("Haalbaar")
    assert walker.page.get_by_role("button", name="Bewaar uw punten").count() == 0


def _score(walker: Walker, email: str, points: int) -> None:
    walker.become(email)
    _open_proposal(walker)
    walker.sees("Haalbaar, met opvolging")
    for field in walker.page.locator("select[name^='points_']").all():
        field.select_option(str(points))
    fill(walker, {"motivation": f"Geheime motivering van {email}"})
    walker.press("Bewaar uw punten")
    others = [other for other, _ in VOTERS if other != email]
    assert all(other not in walker.text() for other in others), "a juror reads the points of another before the lock"


def _an_observer_gives_no_points(walker: Walker) -> None:
    walker.become(people.OBSERVER)
    _open_proposal(walker)
    assert walker.page.locator("select[name^='points_']").count() == 0


def _locked_by_two(walker: Walker, jury: str) -> None:
    walker.become(people.CHAIR)
    walker.open("/jury/")
    walker.follow("Vergrendel de punten")
    walker.press("Vraag om te vergrendelen")
    walker.become(people.MANAGER)
    walker.open(jury)
    walker.follow("Bevestig het vergrendelen")
    walker.page.locator("main button.btn--primary").click()
    walker.check()


def _advised(walker: Walker) -> None:
    walker.become(people.CHAIR)
    walker.open("/jury/")
    walker.follow("Naar de beraadslaging")
    walker.sees("Bijloke")
    table = object_of(walker, "/jury/beraadslaging/")
    walker.open(f"{table}verslag/")
    fill(walker, {"deliberated_on": "05/10/2021", "minutes": "De jury besprak het voorstel (voorbeeld)."})
    walker.press("Bewaar het verslag")
    walker.open(table)
    walker.page.locator("table a", has_text="Bijloke").first.click()
    walker.check()
    walker.follow("Schrijf verslag en advies")
    fill(walker, {"minutes": "Sterk op participatie.", "motivation": "De maatregelen sluiten aan bij de problemen."})
    walker.page.locator("[name='is_favourable'][value='yes']").check()
    walker.press("Bewaar")
    walker.open(table)
    walker.press("Geef het advies")
    walker.sees("Het advies van de jury is gegeven.", "Gunstig")
