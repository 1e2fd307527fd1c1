"""A proposal carries frozen figures: who may put them there, what changes, and who reads them when."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from proposals.conftest import AFTER, Town
from web import sectors
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation, Person
from wijkcontract.places import operations as places
from wijkcontract.places.models import NeighbourhoodAnalysis
from wijkcontract.places.queries import get_analysis
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.models import Proposal, ProposalEvidence
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused


@pytest.fixture
def analysis(town: Town) -> NeighbourhoodAnalysis:
    home = Organisation.objects.get(name="Dendermonde")
    sectors.build(home)
    chosen = [sectors.code(home.nis, row) for row in (0, 1)]
    return places.start_analysis(actor=town.eli, title="De Lindenbuurt", sectors=chosen)


def test_frozen_figures_become_those_of_the_proposal_and_replace_their_own_kind_only(
    town: Town, draft: Proposal, analysis: NeighbourhoodAnalysis
) -> None:
    typed = {"indicator": "satisfaction", "value": 50}
    operations.save_record(actor=town.eli, proposal_id=draft.pk, kind="figure", data=typed)
    with pytest.raises(Invalid, match="Leg de wijk eerst vast"):
        operations.attach_evidence(actor=town.eli, proposal_id=draft.pk, analysis_id=analysis.pk)
    frozen = places.freeze_analysis(actor=town.eli, analysis_id=analysis.pk, version=0)
    for _ in range(2):
        operations.attach_evidence(actor=town.eli, proposal_id=draft.pk, analysis_id=analysis.pk)
    draft.refresh_from_db()
    assert (draft.neighbourhood, draft.inhabitants) == ("De Lindenbuurt", 610)
    assert draft.sectors == ", ".join(one["code"] for one in json.loads(frozen.content)["sectors"])
    indicators = list(draft.figures.values_list("indicator", flat=True))
    assert sorted(indicators) == ["jobseekers_share", "low_education", "poverty", "satisfaction"]
    assert frozen.sha256[:12] in draft.figures.get(indicator="poverty").source
    assert ProposalEvidence.objects.get().evidence == frozen


def test_the_section_leads_to_the_map_and_the_map_back_to_the_section(
    town: Town, draft: Proposal, analysis: NeighbourhoodAnalysis, client: Client
) -> None:
    section, home = f"/aanvrager/voorstellen/{draft.pk}/onderdeel/neighbourhood/", "/aanvrager/wijkcijfers/"
    address, lead = f"{home}{analysis.pk}/", "Kies de wijk op de kaart"

    def reads(who: Actor, page: str) -> str:
        client.force_login(Person.objects.get(pk=who.person_id))
        return client.get(page).content.decode()

    assert f'href="{home}">' in reads(town.eli, section)
    assert lead in reads(town.eli, section)
    assert lead not in reads(town.cas, section)
    for page in (home, address, f"{address}profiel/"):
        assert f'<a href="{section}">{draft.title}</a>' in reads(town.eli, page)
        assert section not in reads(town.cas, page)
    assert "Zet deze wijk in een voorstel" not in reads(town.eli, address)
    places.freeze_analysis(actor=town.eli, analysis_id=analysis.pk, version=0)
    assert f"{address}profiel/#voorstel" in reads(town.eli, address)
    assert 'id="voorstel"' in reads(town.eli, f"{address}profiel/")


def test_only_a_writer_of_the_own_authority_puts_them_there(
    town: Town, draft: Proposal, analysis: NeighbourhoodAnalysis
) -> None:
    places.freeze_analysis(actor=town.eli, analysis_id=analysis.pk, version=0)
    with pytest.raises(Refused):
        operations.attach_evidence(actor=town.cas, proposal_id=draft.pk, analysis_id=analysis.pk)
    with pytest.raises(NotVisible):
        operations.attach_evidence(actor=town.omar, proposal_id=draft.pk, analysis_id=analysis.pk)


def test_the_agency_reads_them_when_the_window_has_closed_and_never_a_draft(
    town: Town, draft: Proposal, analysis: NeighbourhoodAnalysis
) -> None:
    places.freeze_analysis(actor=town.eli, analysis_id=analysis.pk, version=0)
    operations.attach_evidence(actor=town.eli, proposal_id=draft.pk, analysis_id=analysis.pk)
    Proposal.objects.filter(pk=draft.pk).update(state="submitted")
    assert queries.evidence_of_call(town.ada, draft.call_id) == []
    with pytest.raises(NotVisible):
        get_analysis(town.ada, analysis.pk)
    with clock.frozen(AFTER):
        assert len(queries.evidence_of_call(town.ada, draft.call_id)) == 1
        assert get_analysis(town.ada, analysis.pk) == analysis


def test_the_agency_compares_the_neighbourhoods_of_a_call_once_the_window_has_closed(
    town: Town, draft: Proposal, analysis: NeighbourhoodAnalysis, client: Client
) -> None:
    places.freeze_analysis(actor=town.eli, analysis_id=analysis.pk, version=0)
    operations.attach_evidence(actor=town.eli, proposal_id=draft.pk, analysis_id=analysis.pk)
    Proposal.objects.filter(pk=draft.pk).update(state="submitted")
    client.force_login(Person.objects.get(pk=town.ada.person_id))
    address = f"/agentschap/oproepen/{draft.call_id}/wijken/"
    assert "Nog geen wijkcijfers om te vergelijken" in client.get(address).content.decode()
    with clock.frozen(AFTER):
        client.force_login(Person.objects.get(pk=town.ada.person_id))
        page = client.get(address).content.decode()
    assert "De Lindenbuurt" in page
    assert "Armoede" in page
    assert "voorbeeldcijfers" in page
    assert "79,9" in page
