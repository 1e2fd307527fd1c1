"""A file is read by exactly who may read its object; it comes out as it went in, to keep and never to open here."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client

from files.making import PDF, PROGRAM
from people import municipality, person
from wijkcontract.accounts.models import Organisation, Person
from wijkcontract.accounts.queries import actor_of
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.operations import ActorLike
from wijkcontract.files import queries
from wijkcontract.files.models import StoredFile
from wijkcontract.files.operations import keep
from wijkcontract.rules.verdicts import Invalid, NotVisible

pytestmark = pytest.mark.django_db
FOUND, NOT_FOUND = 200, 404


def only_their_own(actor: ActorLike, owner_id: str) -> bool:
    return actor.organisation_id == owner_id


@pytest.fixture(autouse=True)
def _guard_of_organisations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_guards", {"accounts.organisation": only_their_own})


@pytest.fixture
def city() -> Organisation:
    return municipality("Dendermonde", "42006")


@pytest.fixture
def owner(city: Organisation) -> Person:
    return person("Projectleider", city, Role.EDITOR)


@pytest.fixture
def stored(city: Organisation, owner: Person) -> StoredFile:
    return keep(actor=actor_of(owner), owner=city, upload=SimpleUploadedFile("besluit.pdf", PDF))


def received(response: HttpResponseBase) -> bytes:
    """What was sent; reading to the end also closes the file, and leaves the connection of the test open."""
    assert isinstance(response, StreamingHttpResponse)
    return b"".join(cast(Iterable[bytes], response.streaming_content))


def status_for(someone: Person | None, stored: StoredFile) -> int:
    client = Client()
    if someone:
        client.force_login(someone)
    response = client.get(f"/bestanden/{stored.pk}/")
    if response.streaming:
        received(response)
    return response.status_code


def test_the_owner_and_a_colleague_read_the_file(owner: Person, city: Organisation, stored: StoredFile) -> None:
    colleague = person("Collega", city, Role.CERTIFIER)
    assert [status_for(owner, stored), status_for(colleague, stored)] == [FOUND, FOUND]


def test_for_an_outsider_and_a_stranger_the_file_does_not_exist(stored: StoredFile) -> None:
    outsider = person("Directeur elders", municipality("Beringen", "71004"), Role.SUBMITTER)
    assert [status_for(outsider, stored), status_for(None, stored)] == [NOT_FOUND, NOT_FOUND]


def test_a_file_for_which_no_room_answers_does_not_exist(
    owner: Person, stored: StoredFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_guards", {})
    with pytest.raises(NotVisible):
        queries.get_file(actor_of(owner), stored.pk)


def test_a_file_that_was_never_stored_does_not_exist(owner: Person) -> None:
    with pytest.raises(NotVisible):
        queries.get_file(actor_of(owner), uuid.uuid4())


def test_the_file_comes_out_as_it_went_in_and_never_opens_inside_the_site(owner: Person, stored: StoredFile) -> None:
    client = Client()
    client.force_login(owner)
    response = client.get(f"/bestanden/{stored.pk}/")
    assert received(response) == PDF
    assert response.headers["Content-Disposition"] == 'attachment; filename="besluit.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")


def test_a_refused_file_leaves_neither_bytes_nor_a_row(city: Organisation, owner: Person) -> None:
    with pytest.raises(Invalid):
        keep(actor=actor_of(owner), owner=city, upload=SimpleUploadedFile("besluit.pdf", PROGRAM))
    assert not StoredFile.objects.exists()
    assert not Path(default_storage.path("")).exists()


def test_the_same_bytes_twice_are_kept_once(city: Organisation, owner: Person, stored: StoredFile) -> None:
    again = keep(actor=actor_of(owner), owner=city, upload=SimpleUploadedFile("kopie.pdf", PDF))
    assert again.path == stored.path
    assert len(default_storage.listdir(stored.sha256[:2])[1]) == 1
