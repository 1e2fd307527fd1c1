"""The site says of every prepared proposal what the command line says, in the same sentence."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from drafting import written
from prepared import ANSWERED_BY_A_PARTNER, CASES, FIRST, IDS, Document, valid
from proposals.conftest import Town
from registering import register
from wijkcontract.accounts.models import Person
from wijkcontract.calls.models import Call
from wijkcontract.proposals import queries
from wijkcontract.rules import clock
from wijkcontract.rules.completeness import check
from wijkcontract.rules.proposal_form import from_json

NAMED_BUT_NEVER_STORED = ("file_missing", "local_decision_missing")
"""On the site a file is stored before anything names it, so these are prepared by leaving the document of the college away."""

LOADABLE = [
    pytest.param(mutate, id=name)
    for name, (code, _, mutate) in zip(IDS, CASES, strict=True)
    if code not in (*NAMED_BUT_NEVER_STORED, *ANSWERED_BY_A_PARTNER)
]


def load(town: Town, call: Call, document: Document, *, with_file: bool = True) -> Client:
    """The check page's reader: the document as a draft of Dendermonde, the document of the college attached.

    What the document says of the register, the agency registered.
    """
    register(town.eli.organisation_id, from_json(document))
    written(town.eli, call, from_json(document), with_file=with_file)
    client = Client()
    client.force_login(Person.objects.get(pk=town.eli.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def sentences(town: Town, client: Client) -> tuple[list[str], str]:
    """What the room finds, and the page that must say it."""
    proposal = queries.visible_proposals(town.eli).get()
    page = client.get(reverse("applicant:proposal_check", args=[proposal.pk]))
    assert page.status_code == 200
    return [one.message for one in queries.findings(proposal)], unescape(page.content.decode())


@pytest.mark.parametrize("mutate", LOADABLE)
def test_the_check_page_says_the_sentence_of_the_command_line(
    town: Town, call: Call, mutate: Callable[[Document], None]
) -> None:
    document = valid()
    mutate(document)
    document["submitted_on"] = None
    expected = [one.message for one in check(from_json(document), FIRST, clock.today())]
    found, page = sentences(town, load(town, call, document))
    assert found == expected
    assert len(found) == 1
    assert found[0] in page


def test_a_clean_proposal_has_nothing_to_say(town: Town, call: Call) -> None:
    found, page = sentences(town, load(town, call, valid()))
    assert found == []
    assert "Alles wat verplicht is, is er" in page


def test_without_the_document_of_the_college_the_decision_is_missing(town: Town, call: Call) -> None:
    found, page = sentences(town, load(town, call, valid(), with_file=False))
    assert len(found) == 1
    assert "document" in found[0]
    assert found[0] in page
