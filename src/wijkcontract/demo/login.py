"""The accounts that anyone may take in the demonstration, searchable, by organisation."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest

from wijkcontract.accounts.models import Mandate, Organisation, Person
from wijkcontract.accounts.queries import in_force
from wijkcontract.accounts.roles import Role
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import NotVisible

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SearchForm(forms.Form):
    """Search by a part of a name, and by role."""

    q = forms.CharField(label="Organisatie of persoon", required=False)
    rol = forms.ChoiceField(label="Rol", required=False, choices=[("", "Alle rollen"), *Role.choices])
    mark_optional = False


@dataclass(frozen=True)
class Account:
    """One person for one organisation, with every role there."""

    person: Person
    organisation: Organisation
    roles: list[Role]


def accounts(search: str = "", role: str = "") -> list[tuple[Organisation, list[Account]]]:
    """Every demonstration account that fits, by organisation; one query."""
    held = Mandate.objects.filter(in_force(clock.today()), person__is_demo=True, person__is_active=True)
    rows = held.select_related("person", "organisation").order_by("organisation__name", "organisation", "person__name")
    groups = []
    for organisation, mandates in groupby(rows, key=lambda mandate: mandate.organisation):
        people = [
            Account(person, organisation, [Role(mandate.role) for mandate in of_person])
            for person, of_person in groupby(mandates, key=lambda mandate: mandate.person)
        ]
        kept = [account for account in people if _fits(account, search.strip().casefold(), role)]
        if kept:
            groups.append((organisation, kept))
    return groups


def _fits(account: Account, search: str, role: str) -> bool:
    names = f"{account.organisation.name} {account.person.name} {account.person.email}".casefold()
    return search in names and (not role or role in account.roles)


def enter(request: HttpRequest, email: str, organisation_id: str) -> Person:
    """Log in as a demonstration account. Raises NotVisible for anybody else, and wherever the demonstration is off."""
    found = [
        account
        for _, group in accounts()
        for account in group
        if (account.person.email, str(account.organisation.pk)) == (email, organisation_id)
    ]
    if not settings.DEMO or not found:
        raise NotVisible
    auth.login(request, found[0].person, backend=BACKEND)
    request.session["organisation_id"] = organisation_id
    return found[0].person
