"""What every thin view uses: fetch with a query, act with an operation, answer with one of these."""

from __future__ import annotations

import functools
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.middleware import ActorRequest
from wijkcontract.accounts.roles import DESCRIPTIONS
from wijkcontract.rules.verdicts import Invalid, NotVisible

__all__ = [
    "ActorRequest", "Page", "apply_faults", "done", "faults_on", "for_audience", "full_address", "page", "paginate",
    "safe_next",
]  # fmt: skip

P = ParamSpec("P")
T_co = TypeVar("T_co", covariant=True)
M = TypeVar("M", bound=Model)
View = Callable[Concatenate[ActorRequest, P], HttpResponse]
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Page(Generic[T_co]):
    """One page of a list. `pages` and `total` are None when nobody counted."""

    items: Sequence[T_co]
    number: int
    has_next: bool
    total: int | None = None
    pages: int | None = None

    @property
    def has_previous(self) -> bool:
        return self.number > 1


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Answer with a page."""
    return render(request, template, context, status=status)


def done(request: HttpRequest, message: str, to: str, *args: object) -> HttpResponse:
    """After a write: say what was done and go to the page with url name `to`, so that a reload writes nothing twice."""
    messages.success(request, message)
    return redirect(reverse(to, args=args))


def paginate(
    request: HttpRequest, rows: QuerySet[M] | Sequence[M], per_page: int = 50, *, count: bool = False
) -> Page[M]:
    """The page that `?pagina=` asks for. One query, or two with `count`; a page past the end is not found."""
    asked = request.GET.get("pagina", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    if not 1 <= number <= LAST_PAGE:
        raise NotVisible
    start = (number - 1) * per_page
    items = list(rows[start : start + per_page + 1])
    if number > 1 and not items:
        raise NotVisible
    total = pages = None
    if count:
        total = rows.count() if isinstance(rows, QuerySet) else len(rows)
        pages = max(1, -(-total // per_page))
    return Page(items[:per_page], number, len(items) > per_page, total, pages)


def apply_faults(form: BaseForm, invalid: Invalid) -> None:
    """Put every fault of an operation on the form, at its field when the form has it."""
    for fault in invalid.faults:
        form.add_error(fault.where if fault.where in form.fields else None, fault.message)


@contextmanager
def faults_on(form: BaseForm) -> Iterator[None]:
    """Around the call of an operation: when it is Invalid, its faults stand on the form and the view shows the form again."""
    try:
        yield
    except Invalid as invalid:
        apply_faults(form, invalid)


def safe_next(request: HttpRequest, asked: str) -> str:
    """An address inside this site to go on to, else the overview."""
    if asked and url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return asked
    return reverse("account:overview")


def full_address(request: HttpRequest, name: str, *args: object) -> str:
    """The whole address of a page, for a mail. The front door ends TLS, so in production it is https whatever we see here."""
    address = request.build_absolute_uri(reverse(name, args=args))
    return re.sub("^http:", "https:", address) if settings.SESSION_COOKIE_SECURE else address


def chosen_id(request: HttpRequest) -> uuid.UUID:
    """The id that the page chose for what it adds (field "nieuw"), so that a second click adds no second; else a new one."""
    try:
        return uuid.UUID(request.POST.get("nieuw", ""))
    except ValueError:
        return uuid.uuid4()


def audiences_of(actor: Actor) -> set[str]:
    """Every audience that one of the actor's roles belongs to."""
    return {DESCRIPTIONS[role].audience for role in actor.roles}


def to_login(request: HttpRequest) -> HttpResponse:
    """Ask to log in, and come back here afterwards."""
    return redirect(f"{reverse('account:login')}?{urlencode({'volgende': request.get_full_path()})}")


def for_audience(*audiences: str) -> Callable[[View[P]], View[P]]:
    """Only for people of these audiences: a stranger is asked to log in, another audience finds nothing here (404).

    Without names: for everyone who is logged in.
    """

    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.actor.is_anonymous:
                return to_login(request)
            if audiences and audiences_of(request.actor).isdisjoint(audiences):
                raise NotVisible
            return view(request, *args, **kwargs)

        guarded.audiences = audiences  # type: ignore[attr-defined]  # read by the test of every address
        return guarded

    return decorate
