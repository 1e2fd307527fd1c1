"""Behind a front door that ends TLS this process sees http; what is mailed and what is answered says https (threats.md)."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from proposals.conftest import As, Town
from repository.tree import SOURCE, python_files, short
from wijkcontract.outbox.models import Message
from wijkcontract.proposals.models import Proposal

pytestmark = pytest.mark.django_db
GUEST = {"name": "Pia", "email": "pia@buurtwerk.example"}


@pytest.fixture(autouse=True)
def _in_production(settings: Any) -> None:  # noqa: ANN401 - pytest-django's wrapper has no public type
    settings.SESSION_COOKIE_SECURE = True


@pytest.mark.parametrize(
    ("rest", "typed", "leads_to"),
    [
        ("/organisatie/uitnodigingen/", {**GUEST, "role": "editor"}, "/uitnodiging/"),
        ("/aanvrager/voorstellen/{}/wie-doet-mee/", {**GUEST, "partner_name": "Buurtwerk Noord"}, "/uitnodiging/"),
        ("/aanvrager/voorstellen/{}/onderdeel/budget/opmerkingen/", {"text": "@Eli kijk na"}, "/opmerkingen/"),
    ],
)
def test_a_link_in_a_mail_is_https(
    town: Town, complete: Proposal, as_: As, rest: str, typed: dict[str, str], leads_to: str
) -> None:
    chosen = str(uuid.uuid4())
    as_(town.saar).post(rest.format(complete.pk), {"new_id": chosen, "key": chosen, **typed})
    links = re.findall(r"\S+://\S+", Message.objects.get().body)
    assert [link.partition("://")[0] for link in links] == ["https"]
    assert leads_to in links[0]


def test_only_one_function_makes_a_full_address() -> None:
    makers = [short(path) for path in python_files(SOURCE) if "build_absolute_uri" in path.read_text(encoding="utf-8")]
    assert makers == ["src/wijkcontract/web/http.py"]


@pytest.mark.parametrize("path", ["/", "/bestaat-niet/"])
def test_every_answer_in_production_tells_the_browser_to_keep_to_https(settings: Any, path: str) -> None:  # noqa: ANN401 - as above
    assert "Strict-Transport-Security" not in Client().get(path).headers
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert Client().get(path).headers["Strict-Transport-Security"] == "max-age=31536000"
