"""Answers when something may not or cannot: in the look of the house, with what to do next."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

NO_REASON = "Uw rol laat dit niet toe."


class RefusalMiddleware:
    """Turns what policies and operations raise into pages: NotVisible is a 404, Refused a 403 with its reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotVisible):
            return not_found(request)
        if isinstance(exception, Refused):
            return refused(request, exception.reason)
        if isinstance(exception, Invalid):
            return impossible(request, exception)
        return None


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what does not exist and for what may not be seen, without the address: it tells nothing."""
    return render(request, "errors/404.html", status=404)


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """May be seen, may not be done."""
    return render(request, "errors/403.html", {"reason": reason or NO_REASON, "posted": _posted(request)}, status=403)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused(request, NO_REASON)


def impossible(request: HttpRequest, invalid: Invalid) -> HttpResponse:
    """What was asked by one button, without a form to put the faults on."""
    return render(request, "errors/422.html", {"faults": invalid.faults}, status=422)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from another site."""
    return render(request, "errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours. The page asks nothing of the database, which may be what failed."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def _posted(request: HttpRequest) -> bool:
    return request.method == "POST"
