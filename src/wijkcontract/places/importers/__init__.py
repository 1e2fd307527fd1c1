"""Files of borders and figures, read into the typed arrays that the operations take in (R2).

Reading, repairing and comparing borders happens here, before the transaction; the operations only write.
"""

from wijkcontract.places.importers.crosswalk import read_crosswalk
from wijkcontract.places.importers.divisions import read_divisions
from wijkcontract.places.importers.figures import Mapping, read_figures
from wijkcontract.places.importers.origin import Origin, Read, facts_of
from wijkcontract.places.importers.population import read_population
from wijkcontract.places.importers.sectors import read_sectors

__all__ = [
    "Mapping",
    "Origin",
    "Read",
    "facts_of",
    "read_crosswalk",
    "read_divisions",
    "read_figures",
    "read_population",
    "read_sectors",
]
