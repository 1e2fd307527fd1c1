"""A neighbourhood analysis: drawn by an editor, read by colleagues, hidden from others; frozen evidence says the same for ever."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest
import shapely
from django.db.models import Q

import people
from places import towns
from wijkcontract.accounts.actors import ANONYMOUS, SYSTEM, Actor
from wijkcontract.accounts.models import OrganisationKind
from wijkcontract.accounts.roles import Role
from wijkcontract.places import operations, policy, queries
from wijkcontract.places.enums import AnalysisState, Method
from wijkcontract.places.indexing import compute
from wijkcontract.places.models import FrozenEvidence, NeighbourhoodAnalysis, Vintage
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

CHOSEN = ["44021A01-", "44021A02-", "44021A07-"]


@pytest.fixture
def analysis() -> NeighbourhoodAnalysis:
    towns.build()
    towns.count([*range(5, 17), *[20.0] * 12])
    towns.count([*range(30, 42), *[20.0] * 12], indicator="poverty", of=400.0)
    for number, code in enumerate(("employment_rate", "housing_quality", "ageing_housing_stock")):
        towns.count([*range(50 + number, 62 + number), *[90.0] * 12], indicator=code)
    return operations.start_analysis(actor=towns.editor(), title="Brugse Poort", sectors=CHOSEN)


def juror() -> Actor:
    return people.actor("Jurylid", people.organisation(OrganisationKind.EXPERT, "Deskundigen"), Role.JUROR)


def saved(analysis: NeighbourhoodAnalysis, **changes: object) -> NeighbourhoodAnalysis:
    values = {"version": analysis.version, "title": analysis.title, "sectors": analysis.sectors}
    return operations.save_analysis(actor=towns.editor(), analysis_id=analysis.pk, **(values | changes))


def test_colleagues_read_a_draft_and_others_do_not_know_of_it(analysis: NeighbourhoodAnalysis) -> None:
    assert queries.get_analysis(towns.certifier(), analysis.pk) == analysis
    manager = people.actor("Ada", people.organisation(OrganisationKind.AGENCY, "Agentschap"), Role.AGENCY_MANAGER)
    for outsider in (towns.editor("Deinze"), manager, juror(), ANONYMOUS, SYSTEM):
        with pytest.raises(NotVisible):
            queries.get_analysis(outsider, analysis.pk)
    with pytest.raises(NotVisible):
        queries.get_analysis(towns.editor(), "geen nummer")


def test_only_an_editor_draws(analysis: NeighbourhoodAnalysis) -> None:
    for write in (
        lambda: operations.start_analysis(actor=towns.certifier(), title="Elders"),
        lambda: operations.delete_analysis(actor=towns.certifier(), analysis_id=analysis.pk),
        lambda: operations.freeze_analysis(actor=towns.certifier(), analysis_id=analysis.pk, version=0),
    ):
        with pytest.raises(Refused):
            write()
    with pytest.raises(NotVisible):
        operations.delete_analysis(actor=towns.editor("Deinze"), analysis_id=analysis.pk)


def test_a_colleague_who_saved_in_between_is_not_overwritten(analysis: NeighbourhoodAnalysis) -> None:
    saved(analysis, sectors=CHOSEN[:2], method=Method.PROPOSED, settings={"lowest": "800"})
    with pytest.raises(operations.StaleAnalysis):
        saved(analysis, sectors=CHOSEN[:1])
    kept = queries.get_analysis(towns.editor(), analysis.pk)
    assert (kept.sectors, kept.method, kept.settings, kept.version) == (CHOSEN[:2], "proposed", {"lowest": "800"}, 1)


def test_every_fault_is_named_at_once(analysis: NeighbourhoodAnalysis) -> None:
    with pytest.raises(Invalid) as refused:
        saved(analysis, title=" ", sectors=["44083A00-", "onzin"])
    assert [fault.where for fault in refused.value.faults] == ["title", "sectors", "sectors"]
    with pytest.raises(Invalid, match="al een wijkanalyse"):
        operations.start_analysis(actor=towns.editor(), title="Brugse Poort")


def test_without_sectors_of_the_municipality_there_is_nothing_to_draw() -> None:
    with pytest.raises(Invalid, match="nog geen statistische sectoren"):
        operations.start_analysis(actor=towns.editor(), title="Leeg")


def test_frozen_evidence_holds_figures_border_definition_and_hash(analysis: NeighbourhoodAnalysis) -> None:
    operations.store_index(actor=SYSTEM, table=compute(SYSTEM, Vintage.objects.get(), draws=20))
    frozen = operations.freeze_analysis(actor=towns.editor(), analysis_id=analysis.pk, version=0)
    content = json.loads(frozen.content)
    assert frozen.sha256 == hashlib.sha256(frozen.content.encode()).hexdigest()
    assert content["data_version"] == frozen.data_version == 6
    assert [one["code"] for one in content["sectors"]] == CHOSEN
    assert content["neighbourhood"]["inhabitants"] == 1200
    poverty = next(one for one in content["figures"] if one["indicator"] == "poverty")
    assert poverty["years"][0]["numerator"] == "100"
    assert poverty["years"][0]["value"] == "8.333333"
    assert (poverty["source"], poverty["licence"]) == ("Statbel", "open data")
    assert content["index"]["definition"]["code"] == "vlaamse_wijk"
    assert shapely.area(shapely.from_wkb(bytes(frozen.border))) == pytest.approx(3e6)
    assert shapely.area(shapely.from_geojson(json.dumps(content["border"]["geometry"]))) == pytest.approx(3e6)


def test_what_is_frozen_does_not_follow_later_figures_and_changes_no_more(analysis: NeighbourhoodAnalysis) -> None:
    frozen = operations.freeze_analysis(actor=towns.editor(), analysis_id=analysis.pk, version=0)
    towns.count([*range(60, 72), *[20.0] * 12], indicator="poverty", of=400.0)
    towns.build(towns.sectors(without=CHOSEN[:1]), content="zonder")
    again = queries.get_evidence(towns.certifier(), analysis.pk)
    assert (again.content, again.sha256) == (frozen.content, frozen.sha256)
    for write in (
        lambda: saved(analysis),
        lambda: operations.delete_analysis(actor=towns.editor(), analysis_id=analysis.pk),
        lambda: operations.freeze_analysis(actor=towns.editor(), analysis_id=analysis.pk, version=0),
    ):
        with pytest.raises(Refused, match="ligt vast"):
            write()
    assert FrozenEvidence.objects.count() == 1


def test_the_same_drawing_on_the_same_data_freezes_to_the_same_hash(analysis: NeighbourhoodAnalysis) -> None:
    first = operations.freeze_analysis(actor=towns.editor(), analysis_id=analysis.pk, version=0)
    copy = operations.copy_analysis(actor=towns.editor(), analysis_id=analysis.pk, title="Kopie")
    assert copy.sectors == CHOSEN
    second = operations.freeze_analysis(actor=towns.editor(), analysis_id=copy.pk, version=0)
    assert second.content.replace("Kopie", "Brugse Poort") == first.content


def test_an_empty_neighbourhood_is_not_frozen(analysis: NeighbourhoodAnalysis) -> None:
    empty = saved(analysis, sectors=[])
    with pytest.raises(Invalid, match="minstens één sector"):
        operations.freeze_analysis(actor=towns.editor(), analysis_id=analysis.pk, version=empty.version)


def test_another_room_opens_frozen_analyses_and_never_drafts(
    analysis: NeighbourhoodAnalysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "_doors", [])
    policy.register_door(lambda actor: ~Q(pk__in=()) if actor.has(Role.JUROR) else Q(pk__in=()))
    with pytest.raises(NotVisible):
        queries.get_analysis(juror(), analysis.pk)
    operations.freeze_analysis(actor=towns.editor(), analysis_id=analysis.pk, version=0)
    assert queries.get_analysis(juror(), analysis.pk).state == AnalysisState.FROZEN
    with pytest.raises(NotVisible):
        queries.get_evidence(towns.editor("Deinze"), analysis.pk)


def test_the_index_is_ranked_over_all_towns_and_read_by_town(analysis: NeighbourhoodAnalysis) -> None:
    table = compute(SYSTEM, Vintage.objects.get(), draws=20)
    run = operations.store_index(actor=SYSTEM, table=table)
    found = queries.index_of(ANONYMOUS, towns.gent(ANONYMOUS))
    assert found is not None
    assert found.run == run
    assert run.ranked == 24
    expected = table.result.index.rank[: len(found.rank)]
    assert np.array_equal(found.rank, expected)
    assert found.domain_scores.shape == (12, 5)
    assert "health_risks" in run.screened
    operations.store_index(actor=SYSTEM, table=table)
    assert run.columns.count() == 2, "computing again replaces"


def test_an_index_on_figures_that_changed_meanwhile_is_not_kept(analysis: NeighbourhoodAnalysis) -> None:
    table = compute(SYSTEM, Vintage.objects.get(), draws=5)
    towns.count([9.0] * 24)
    with pytest.raises(Invalid, match="intussen"):
        operations.store_index(actor=SYSTEM, table=table)
    with pytest.raises(Refused):
        operations.store_index(actor=towns.editor(), table=table)
