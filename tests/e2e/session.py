"""The session of anybody, without the page on which the people of the demonstration log in."""

from __future__ import annotations

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person


def log_in(page: Page, site: str, person: Actor) -> None:
    """Let this window be of this person, and of nobody else any more."""
    client = Client()
    client.force_login(Person.objects.get(pk=person.person_id), backend="django.contrib.auth.backends.ModelBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
