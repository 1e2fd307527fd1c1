"""The demonstration: an invented city with figures, the first call as it was, played by its people with the clock of then, and an
open call of today.

Everything goes through the same operations as on the site, so the demonstration also proves them. Loading twice changes nothing.
"""

from __future__ import annotations

from wijkcontract.calls.models import Call
from wijkcontract.demo import first_call, open_call, people
from wijkcontract.demo.city import load_city


def demonstration() -> bool:
    """Load the whole demonstration; returns False when it was there already."""
    people.organisations_and_people()
    load_city()
    if Call.objects.exists():
        return False
    first_call.play()
    open_call.play()
    return True
