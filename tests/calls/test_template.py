"""The template of a call on paper: everything that is asked and every limit, for whom the call is there (R15)."""

from __future__ import annotations

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from calls import factories
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person
from wijkcontract.accounts.roles import Role
from wijkcontract.calls.models import Call
from wijkcontract.reporting.exporters.paper_pdf import paper_pdf
from wijkcontract.reporting.exporters.paper_word import paper_word
from wijkcontract.rules import clock, programme
from wijkcontract.rules.money import format_nl
from wijkcontract.web.components.formats import number
from wijkcontract.web.papers.call_template import template_paper

pytestmark = pytest.mark.django_db


def of_word(content: bytes) -> str:
    return "\n".join(docx.Document(io.BytesIO(content)).element.body.xpath("//w:t/text()"))


def status(who: Person | None, name: str, call: Call, kind: str) -> int:
    client = Client()
    if who is not None:
        client.force_login(who)
    return client.get(reverse(name, args=[call.pk, kind])).status_code


def test_every_question_limit_and_criterion_of_the_call_stands_in_it(manager: Actor) -> None:
    call = factories.draft_call(manager, ceiling_cents=654_321_00)
    text = of_word(paper_word(template_paper(call)))
    terms = call.programme
    asked = [one for one in terms.questions if terms.is_enabled(one.section)]
    assert [one.label for one in asked if one.label not in text] == []
    assert [one.help for one in asked if one.help not in text] == []
    assert [one.max_chars for one in asked if f"Hoogstens {number(one.max_chars)} tekens." not in text] == []
    assert [one.name for one in call.criteria.all() if one.name not in text] == []
    assert [one.label for one in terms.cost_categories if one.label not in text] == []
    for fact in (format_nl(654_321_00), "minstens 20 %", "hoogstens 48 maanden", "10/07/2021", "Wat is het probleem?"):
        assert fact in text, fact


def test_a_section_that_is_off_is_not_asked(manager: Actor) -> None:
    call = factories.draft_call(manager)
    call.terms = {
        **call.terms,
        "sections": [one | {"enabled": one["code"] != "knowledge"} for one in call.terms["sections"]],
    }
    text = of_word(paper_word(template_paper(call)))
    assert "Momenten van kennisdeling" not in text
    assert "Risico's" in text


@pytest.mark.parametrize("name", programme.names())
def test_the_template_of_every_programme_is_a_document_that_everyone_can_read(name: str) -> None:
    terms = programme.to_dict(programme.load(name))
    call = Call.objects.create(title="Een oproep", programme_name=name, terms=terms, created_at=factories.BEFORE)
    assert paper_pdf(template_paper(call)).startswith(b"%PDF")


def test_it_is_public_from_the_day_of_publication_and_the_agency_sees_it_before(manager: Actor) -> None:
    ada, editor = Person.objects.get(pk=manager.person_id), factories.person_as(Role.EDITOR, "Eli")
    call = factories.launched_call(manager)
    for kind in ("docx", "pdf"):
        assert status(ada, "agency:call_template", call, kind) == 200
        assert status(None, "public:call_template", call, kind) == 404
        assert status(editor, "agency:call_template", call, kind) == 404
    with clock.frozen(factories.DURING):
        assert status(None, "public:call_template", call, "docx") == 200
        assert status(None, "public:call_template", call, "odt") == 404
