"""Promises for every request: its moment of arrival, a strict content security policy, no NUL, a GET that changes no content."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Any, cast
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse

from wijkcontract.accounts.middleware import ActorRequest
from wijkcontract.rules import arrival, clock

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
WRITES = re.compile(r"^\s*(insert|update|delete|replace|truncate|create|alter|drop)\b", re.IGNORECASE)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)


class WriteDuringGet(Exception):
    """A GET tried to change content: a fault in the program, never of the user."""


class FrontDoor:
    """Stamps the moment of arrival, before the body is read: `request.arrival` (threats.md row 2). Stands outermost."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        stamped = None
        if "HTTP_X_REQUEST_START" in request.META and _comes_from_front_door(request.META.get("REMOTE_ADDR", "")):
            stamped = request.META["HTTP_X_REQUEST_START"]
        arrived = arrival.stamp(stamped, clock.now())
        if arrived.ignored:
            logger.warning("X-Request-Start %.80r is not believed: %s", stamped, arrived.ignored)
        cast(ActorRequest, request).arrival = arrived
        return self.get_response(request)


def _comes_from_front_door(address: str) -> bool:
    """Is this the address of a front door that the configuration trusts?"""
    try:
        peer = ip_address(address)
    except ValueError:
        return False
    if isinstance(peer, IPv6Address) and peer.ipv4_mapped:
        peer = peer.ipv4_mapped
    return any(peer in network for network in settings.TRUSTED_PROXIES)


class SecurityHeaders:
    """Sends the policy with every answer, also with errors; nothing may be framed, guessed or cached by strangers.

    HTTPS only is told here: Django tells it to requests that it sees as secure, and behind the front door it sees none.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if settings.SECURE_HSTS_SECONDS:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class NoNullBytes:
    """Refuses an address with a NUL character (400): no reader types one, and PostgreSQL cannot search for it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in unquote(request.META.get("QUERY_STRING", "")):
            raise SuspiciousOperation("NUL in the query string")
        return self.get_response(request)


class ReadOnlyGet:
    """Refuses SQL that writes while a GET is answered (threats.md row 17). The session is saved outside this layer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with connection.execute_wrapper(_refuse_writes):
            return self.get_response(request)


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: ANN401 - Django's own signature
    if WRITES.match(sql):
        raise WriteDuringGet(sql[:200])
    return execute(sql, params, many, context)
