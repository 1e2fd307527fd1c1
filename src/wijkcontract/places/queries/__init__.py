"""Reading the room: sectors, published figures, the index, and the analyses of local authorities."""

from wijkcontract.places.queries.analyses import get_analysis, get_evidence, visible_analyses
from wijkcontract.places.queries.beside import Beside, beside
from wijkcontract.places.queries.figures import (
    Published,
    Pyramid,
    available,
    columns_of,
    figures_at,
    library,
    pyramid,
    reference_values,
)
from wijkcontract.places.queries.geography import (
    Borders,
    DivisionView,
    SectorMap,
    borders,
    current_vintage,
    data_version,
    datasets,
    divisions,
    sector_map,
    shapes,
    vintages,
)
from wijkcontract.places.queries.profile import Profile, ProfileLine, profile
from wijkcontract.places.queries.results import IndexView, index_of
from wijkcontract.places.queries.similar import SimilarDivision, similar_divisions
from wijkcontract.places.queries.suggestions import Suggestion, Wish, graph, suggestions

__all__ = [
    "Beside",
    "Borders",
    "DivisionView",
    "IndexView",
    "Profile",
    "ProfileLine",
    "Published",
    "Pyramid",
    "SectorMap",
    "SimilarDivision",
    "Suggestion",
    "Wish",
    "available",
    "beside",
    "borders",
    "columns_of",
    "current_vintage",
    "data_version",
    "datasets",
    "divisions",
    "figures_at",
    "get_analysis",
    "get_evidence",
    "graph",
    "index_of",
    "library",
    "profile",
    "pyramid",
    "reference_values",
    "sector_map",
    "shapes",
    "similar_divisions",
    "suggestions",
    "vintages",
    "visible_analyses",
]
