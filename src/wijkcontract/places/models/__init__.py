"""Sectors and their figures, the index computed from them, and the neighbourhood analyses of local authorities."""

from wijkcontract.places.models.analysis import FrozenEvidence, NeighbourhoodAnalysis
from wijkcontract.places.models.figures import Dataset, FigureColumn, Indicator, PopulationColumn
from wijkcontract.places.models.geography import (
    Adjacency,
    Areas,
    Crosswalk,
    Division,
    DivisionSector,
    Sector,
    Vintage,
)
from wijkcontract.places.models.results import IndexColumn, IndexDefinition, IndexRun

__all__ = [
    "Adjacency",
    "Areas",
    "Crosswalk",
    "Dataset",
    "Division",
    "DivisionSector",
    "FigureColumn",
    "FrozenEvidence",
    "IndexColumn",
    "IndexDefinition",
    "IndexRun",
    "Indicator",
    "NeighbourhoodAnalysis",
    "PopulationColumn",
    "Sector",
    "Vintage",
]
