"""A juror takes a proposal along through the same door as the page: declared first, closed by a conflict (threats.md row 6)."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from jury.factories import People
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person
from wijkcontract.jury import operations
from wijkcontract.jury.models import Jury
from wijkcontract.proposals.models import Proposal

pytestmark = pytest.mark.django_db


def take(actor: Actor, proposal: Proposal) -> tuple[int, bytes]:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("juror:proposal_document", args=[proposal.pk, "docx"]))
    return answer.status_code, answer.content


def test_the_door_of_the_page_is_the_door_of_the_document(people: People, jury: Jury, bijloke: Proposal) -> None:
    first, second = people.voting[0], people.voting[1]
    assert take(first, bijloke)[0] == 403
    for juror, conflict in ((first, False), (second, True)):
        operations.declare_conflict(actor=juror, proposal_id=bijloke.pk, has_conflict=conflict, reason="Ik werk er.")
    status, content = take(first, bijloke)
    assert status == 200
    assert bijloke.title in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert take(second, bijloke)[0] == 403
    assert take(people.outsider, bijloke)[0] == 404
