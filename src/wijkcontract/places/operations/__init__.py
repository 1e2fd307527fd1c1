"""Writing the room: taking in sectors and figures, drawing an analysis, freezing its evidence."""

from wijkcontract.places.operations.analyses import (
    StaleAnalysis,
    copy_analysis,
    delete_analysis,
    freeze_analysis,
    save_analysis,
    start_analysis,
)
from wijkcontract.places.operations.figures import keep_indicator, store_figures, store_population
from wijkcontract.places.operations.geography import store_crosswalk, store_divisions, store_sectors
from wijkcontract.places.operations.index import store_index

__all__ = [
    "StaleAnalysis",
    "copy_analysis",
    "delete_analysis",
    "freeze_analysis",
    "keep_indicator",
    "save_analysis",
    "start_analysis",
    "store_crosswalk",
    "store_divisions",
    "store_figures",
    "store_index",
    "store_population",
    "store_sectors",
]
