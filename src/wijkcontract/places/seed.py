"""The indicator library of a fresh installation. Running it again changes nothing that is there."""

from __future__ import annotations

from wijkcontract.places.indicators import INDICATORS
from wijkcontract.places.models import Indicator


def seed_indicators() -> int:
    """Make the indicators of the note that are missing; returns how many were made."""
    known = set(Indicator.objects.values_list("code", flat=True))
    missing = [
        Indicator(
            code=one.code,
            label=one.label,
            unit=one.unit,
            numerator_label=one.numerator,
            denominator_label=one.denominator,
            factor=one.factor,
            decimals=one.decimals,
            direction=one.direction,
            aggregation=one.aggregation,
            is_survey=one.is_survey,
            threshold=one.threshold,
            position=position,
        )
        for position, one in enumerate(INDICATORS.values(), 1)
        if one.code not in known
    ]
    return len(Indicator.objects.bulk_create(missing))
