"""What every page knows: whose site this is, who looks, where one can go, and whether the clock is real."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from wijkcontract.accounts.actors import ANONYMOUS, Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.rules import clock


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the main menu. It is the current one when the address begins with its own, or with one of `also`."""

    label: str
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place as the header draws it."""

    label: str
    url: str
    current: bool


NAVIGATION: dict[str, tuple[Place, ...]] = {
    "applicant": (
        Place("Overzicht", "applicant:home"),
        Place("Voorstellen", "applicant:proposals", ("/aanvrager/subsidies/",)),
        Place("Wijkcijfers", "applicant:neighbourhoods"),
        Place("Contracten", "applicant:contracts"),
        Place("Rapporten", "applicant:rounds", ("/aanvrager/participatie/",)),
        Place("Kennis", "applicant:knowledge"),
    ),
    "partner": (
        Place("Overzicht", "applicant:home"),
        Place("Voorstellen", "applicant:proposals"),
    ),
    "juror": (
        Place("Overzicht", "juror:home"),
        Place("Voorstellen", "juror:proposals"),
    ),
    "agency": (
        Place("Overzicht", "agency:home"),
        Place("Oproepen", "agency:calls"),
        Place("Voorstellen", "agency:proposals"),
        Place("Jury", "agency:juries"),
        Place("Contracten", "agency:contracts", ("/agentschap/schijven/", "/agentschap/betalingen/")),
        Place("Kredieten", "agency:credits", ("/agentschap/subsidies/",)),
        Place("Rapporten", "agency:reports", ("/agentschap/rondes/", "/agentschap/verslagen/", "/agentschap/lessen/")),
    ),
    "resident": (
        Place("Start", "public:home"),
        Place("Uw wijk", "resident:home"),
    ),
    "public": (
        Place("Start", "public:home"),
        Place("Oproepen", "public:calls"),
        Place("Contracten", "public:contracts"),
        Place("Lessen", "public:lessons"),
    ),
}
"""At most seven places an audience. A name without a page is left out, and a test tells.

A partner is on the pages of an applicant and writes no proposal, draws no neighbourhood and signs no contract.
"""

STATEMENTS = (
    Place("Toegankelijkheidsverklaring", "public:accessibility"),
    Place("Privacy", "public:privacy"),
    Place("Cookieverklaring", "public:cookies"),
    Place("Disclaimer", "public:disclaimer"),
    Place("Hulp en contact", "public:help"),
)


def actor_of(request: HttpRequest) -> Actor:
    """Who looks; nobody when a fault came before the actor was known."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return actor


def navigation(audience: str, path: str) -> list[NavItem]:
    """The main menu of an audience, with the place that an address belongs to: the longest beginning wins."""
    known = [(place, url) for place in NAVIGATION.get(audience, NAVIGATION["public"]) if (url := address(place.name))]
    lengths = [
        max((len(begin) for begin in (url, *place.also) if path.startswith(begin)), default=0) for place, url in known
    ]
    best = max(lengths, default=0)
    return [
        NavItem(place.label, url, (length == best and best > 1) or path == url)
        for (place, url), length in zip(known, lengths, strict=True)
    ]


def address(name: str) -> str:
    """The address of a page, or nothing while it is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def site(request: HttpRequest) -> dict[str, Any]:
    """The context processor of every page."""
    actor = actor_of(request)
    return {
        "actor": actor,
        "brand_owner": settings.BRAND_OWNER,
        "demo": settings.DEMO,
        "navigation": navigation("partner" if actor.roles == {Role.PARTNER} else actor.audience, request.path),
        "statements": [(place.label, address(place.name)) for place in STATEMENTS],
        "clock_moment": clock.now() if clock.is_set() else None,
    }
