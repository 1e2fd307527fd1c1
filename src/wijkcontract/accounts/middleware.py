"""Puts the actor on the request, looked up once and only when a page asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from wijkcontract.accounts import queries
from wijkcontract.accounts.actors import ANONYMOUS, Actor
from wijkcontract.accounts.models import Person
from wijkcontract.rules.arrival import Arrival


class ActorRequest(HttpRequest):
    """A request as every view receives it: who asks, and when the request arrived (config.middleware)."""

    actor: Actor
    arrival: Arrival


class ActorMiddleware:
    """`request.actor`: from the logged-in person and the organisation chosen in the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast(ActorRequest, request).actor = cast(Actor, SimpleLazyObject(lambda: _actor(request)))
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    if not isinstance(request.user, Person):
        return ANONYMOUS
    return queries.actor_of(request.user, request.session.get("organisation_id", ""))
