"""Drawing a neighbourhood analysis and freezing its evidence (R2)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

import shapely

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.places import evidence, policy
from wijkcontract.places.enums import AnalysisState, Method
from wijkcontract.places.models import FrozenEvidence, NeighbourhoodAnalysis
from wijkcontract.places.queries import (
    SectorMap,
    current_vintage,
    data_version,
    get_analysis,
    index_of,
    profile,
    sector_map,
    shapes,
)
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Fault, Invalid, require


class StaleAnalysis(Invalid):
    """A colleague saved in between: nothing was written, what is stored can be shown beside what was drawn."""


@operation
def start_analysis(*, actor: Actor, title: str, sectors: Sequence[str] = ()) -> NeighbourhoodAnalysis:
    """Begin an analysis of the own municipality in its current vintage.

    Raises Invalid when the title is empty or taken, a sector is unknown, or no sectors of the municipality were imported.
    """
    require(policy.may_start_analysis(actor))
    vintage = current_vintage(actor, actor.organisation_id)
    if vintage is None:
        raise Invalid.because(
            "Er zijn nog geen statistische sectoren van uw gemeente ingeladen. Vraag het het agentschap."
        )
    now = clock.now()
    analysis = NeighbourhoodAnalysis(
        organisation_id=actor.organisation_id, vintage=vintage, created_at=now, changed_at=now
    )  # fmt: skip
    _fill(actor, analysis, title, sectors)
    analysis.save()
    record(actor, "places.analysis_started", analysis, title=analysis.title, sectors=len(analysis.sectors))
    return analysis


@operation
def save_analysis(
    *,
    actor: Actor,
    analysis_id: uuid.UUID | str,
    version: int,
    title: str,
    sectors: Sequence[str],
    method: Method | str = Method.DRAWN,
    settings: Mapping[str, str] | None = None,
) -> NeighbourhoodAnalysis:
    """Save a draft. `version` is the version that the page showed; raises StaleAnalysis when a colleague saved after it.

    `settings` is what the engine was asked when the border is its proposal; None leaves them as they are.
    """
    analysis = _draft(actor, analysis_id)
    if analysis.version != version:
        raise StaleAnalysis.because(
            "Een collega bewaarde deze wijkanalyse intussen. Kijk wat er nu staat en bewaar opnieuw."
        )
    _fill(actor, analysis, title, sectors)
    if method not in Method.values:
        raise Invalid.because("Kies hoe de grens tot stand kwam.", "method")
    town = sector_map(actor, analysis.organisation_id, analysis.vintage)
    index = index_of(actor, town)
    analysis.method, analysis.run = method, index.run if index else None
    analysis.settings = analysis.settings if settings is None else dict(settings)
    analysis.version += 1
    analysis.changed_at = clock.now()
    analysis.save()
    record(actor, "places.analysis_saved", analysis, version=analysis.version, sectors=analysis.sectors)
    return analysis


@operation
def copy_analysis(*, actor: Actor, analysis_id: uuid.UUID | str, title: str) -> NeighbourhoodAnalysis:
    """Begin a draft with the sectors of another own analysis, for who wants to draw on after freezing.

    Raises Invalid when the title is empty or taken.
    """
    require(policy.may_start_analysis(actor))
    original = get_analysis(actor, analysis_id)
    now = clock.now()
    copy = NeighbourhoodAnalysis(
        organisation_id=original.organisation_id, vintage=original.vintage, method=original.method,
        settings=original.settings, run=original.run, created_at=now, changed_at=now,
    )  # fmt: skip
    require(policy.may_edit_analysis(actor, copy))
    _fill(actor, copy, title, original.sectors)
    copy.save()
    record(actor, "places.analysis_copied", copy, original=str(original.pk), title=copy.title)
    return copy


@operation
def delete_analysis(*, actor: Actor, analysis_id: uuid.UUID | str) -> None:
    """Remove a draft; what is frozen stays."""
    analysis = _draft(actor, analysis_id)
    record(actor, "places.analysis_deleted", analysis, title=analysis.title, sectors=analysis.sectors)
    analysis.delete()


@operation
def freeze_analysis(*, actor: Actor, analysis_id: uuid.UUID | str, version: int) -> FrozenEvidence:
    """Freeze what the figures say now, with border, definition, data version and hash; the analysis changes no more.

    Raises Invalid when no sector with a shape is chosen, StaleAnalysis when a colleague saved after `version`.
    """
    analysis = _draft(actor, analysis_id)
    if analysis.version != version:
        raise StaleAnalysis.because("Een collega bewaarde deze wijkanalyse intussen. Kijk eerst wat er nu staat.")
    town = sector_map(actor, analysis.organisation_id, analysis.vintage)
    drawn = [shape for shape in shapes(actor, town, analysis.sectors) if shape is not None]
    if not drawn:
        raise Invalid.because(
            "Kies minstens één sector met een grens. Een lege wijk kan niet vastgelegd worden.", "sectors"
        )
    border, now, number = evidence.border_of(drawn), clock.now(), data_version(actor)
    content = evidence.canonical(
        evidence.build(
            analysis, town, profile(actor, town, analysis.sectors), index_of(actor, town), border,
            data_version=number, frozen_at=now,
        )
    )  # fmt: skip
    frozen = FrozenEvidence.objects.create(
        analysis=analysis,
        data_version=number,
        border=shapely.to_wkb(border),
        content=content,
        sha256=evidence.digest(content),
        frozen_at=now,
        frozen_by_id=actor.person_id,
        frozen_by_name=actor.name,
    )
    analysis.state, analysis.changed_at = AnalysisState.FROZEN, now
    analysis.save(update_fields=["state", "changed_at"])
    record(actor, "places.analysis_frozen", analysis, sha256=frozen.sha256, data_version=number)
    return frozen


def _draft(actor: Actor, analysis_id: uuid.UUID | str) -> NeighbourhoodAnalysis:
    """The analysis for an actor who may change it; NotVisible or Refused otherwise."""
    analysis = get_analysis(actor, analysis_id)
    require(policy.may_edit_analysis(actor, analysis))
    return analysis


def _fill(actor: Actor, analysis: NeighbourhoodAnalysis, title: str, sectors: Sequence[str]) -> None:
    """Set title and sectors. Raises Invalid with every fault at once."""
    analysis.title = title.strip()
    town = sector_map(actor, analysis.organisation_id, analysis.vintage)
    faults = [*_title_faults(analysis), *_sector_faults(town, sectors)]
    if faults:
        raise Invalid(faults)
    analysis.sectors = sorted(set(sectors))


def _title_faults(analysis: NeighbourhoodAnalysis) -> list[Fault]:
    if not analysis.title:
        return [Fault("title", "Geef de wijk een naam.")]
    if len(analysis.title) > 200:
        return [Fault("title", "De naam is te lang: hoogstens 200 tekens.")]
    others = NeighbourhoodAnalysis.objects.exclude(pk=analysis.pk)
    if others.filter(organisation_id=analysis.organisation_id, title=analysis.title).exists():
        return [Fault("title", "Uw bestuur heeft al een wijkanalyse met deze naam. Kies een andere naam.")]
    return []


def _sector_faults(town: SectorMap, sectors: Sequence[str]) -> list[Fault]:
    unknown = sorted(set(sectors) - town.rows.keys())
    return [Fault("sectors", f"Sector {code} ligt niet in uw gemeente.") for code in unknown[:20]]
