"""The bar above every page of a neighbourhood analysis."""

from __future__ import annotations

from django.urls import reverse

from wijkcontract.places.enums import AnalysisState
from wijkcontract.places.models import NeighbourhoodAnalysis
from wijkcontract.web.components.parts import Dossier, Link

PAGES = {"neighbourhood": "Kaart", "neighbourhood_profile": "Profiel"}


def analysis_dossier(analysis: NeighbourhoodAnalysis, here: str) -> Dossier:
    """Where am I, and the other pages of the same analysis. `here` is the name of the page without its audience."""
    frozen = analysis.state == AnalysisState.FROZEN
    return Dossier(
        title=analysis.title,
        crumbs=(Link("Wijkcijfers", reverse("applicant:neighbourhoods")), Link(analysis.title)),
        state="secret" if frozen else "draft",
        state_label="Vastgezet" if frozen else "Ontwerp",
        tabs=[
            Link(label, reverse(f"applicant:{name}", args=[analysis.pk]), current=name == here)
            for name, label in PAGES.items()
        ],
        tabs_label="Wijkanalyse",
    )
