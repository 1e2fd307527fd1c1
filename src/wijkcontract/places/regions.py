"""NIS codes of the levels above the municipality."""

from __future__ import annotations

from typing import Final

REGION: Final = "02000"
"""Flanders."""
_PROVINCES: Final = {"1": "10000", "23": "20001", "24": "20001", "3": "30000", "4": "40000", "7": "70000"}


def province_of(nis: str) -> str:
    """NIS code of the Flemish province of a municipality; empty for one outside Flanders."""
    return _PROVINCES.get(nis[:1]) or _PROVINCES.get(nis[:2], "")
