"""A browser of one person, and what a page shows."""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person


def browser(actor: Actor) -> Client:
    """Logged in as this person; nobody for an anonymous actor."""
    client = Client()
    if actor.person_id:
        client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def text(response: HttpResponse) -> str:
    """The words of a page without its markup."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(bare))
