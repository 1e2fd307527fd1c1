"""Reading the index of a municipality's sectors."""

from __future__ import annotations

from dataclasses import dataclass

from wijkcontract.accounts.actors import Actor
from wijkcontract.places.arrays import Floats, unpack
from wijkcontract.places.models import IndexColumn, IndexRun
from wijkcontract.places.policy import may_read_figures
from wijkcontract.places.queries.geography import SectorMap


@dataclass(frozen=True, slots=True)
class IndexView:
    """The index of the sectors of a municipality, rows as in the map. See `models.IndexColumn` for the arrays."""

    run: IndexRun
    score: Floats
    rank: Floats
    decile: Floats
    certainty: Floats
    rank_low: Floats
    rank_high: Floats
    burdened: Floats
    domain_scores: Floats
    domain_deciles: Floats


def index_of(actor: Actor, town: SectorMap, run: IndexRun | None = None) -> IndexView | None:
    """The index of a run, or of the newest run of the map's vintage. None when it was never computed."""
    if not may_read_figures(actor):
        return None
    found = IndexColumn.objects.filter(areas__vintage=town.vintage, areas__municipality_id=town.municipality_id)
    if run is not None:
        found = found.filter(run=run)
    column = found.select_related("run__definition", "run__vintage").order_by("-run__computed_at", "-run_id").first()
    if column is None:
        return None
    count, domains = len(town.codes), len(column.run.domains)
    return IndexView(
        run=column.run,
        score=unpack(column.score, count),
        rank=unpack(column.rank, count),
        decile=unpack(column.decile, count),
        certainty=unpack(column.certainty, count),
        rank_low=unpack(column.rank_low, count),
        rank_high=unpack(column.rank_high, count),
        burdened=unpack(column.burdened, count),
        domain_scores=unpack(column.domain_scores, count * domains).reshape(count, domains),
        domain_deciles=unpack(column.domain_deciles, count * domains).reshape(count, domains),
    )
