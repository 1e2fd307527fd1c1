"""Lessons: a draft is for colleagues, a shared one for all authorities, a public one for everyone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from execution import factories
from execution.pages import browser, text
from wijkcontract.accounts.actors import ANONYMOUS, Actor
from wijkcontract.knowledge import operations, queries
from wijkcontract.knowledge.models import Lesson, Visibility
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused


def lesson(actor: Actor | None = None, **changes: object) -> Lesson:
    values = {
        "title": "Begin met een wandeling",
        "theme": "housing",
        "instrument": "participation",
        "text": "Dat werkte.",
    }
    return operations.create_lesson(actor=actor or factories.editor(), **(values | changes))


def test_a_draft_is_read_by_colleagues_and_by_no_other_authority() -> None:
    made = lesson()
    assert queries.get_lesson(factories.certifier(), made.pk) == made
    for outsider in (factories.editor("Gent"), ANONYMOUS):
        with pytest.raises(NotVisible):
            queries.get_lesson(outsider, made.pk)


def test_a_shared_lesson_is_read_by_all_authorities_but_not_by_everyone() -> None:
    made = lesson()
    operations.share_lesson(actor=factories.editor(), lesson_id=made.pk)
    assert queries.get_lesson(factories.editor("Gent"), made.pk) == made
    with pytest.raises(NotVisible):
        queries.get_lesson(ANONYMOUS, made.pk)


def test_the_programme_manager_makes_a_shared_lesson_public() -> None:
    made = lesson()
    operations.share_lesson(actor=factories.editor(), lesson_id=made.pk)
    operations.publish_lesson(actor=factories.manager(), lesson_id=made.pk)
    assert queries.get_lesson(ANONYMOUS, made.pk).visibility == Visibility.PUBLIC


def test_a_draft_does_not_become_public_at_once() -> None:
    with pytest.raises(Invalid, match="gedeelde"):
        operations.publish_lesson(actor=factories.manager(), lesson_id=lesson().pk)


def test_an_authority_does_not_publish() -> None:
    made = lesson()
    operations.share_lesson(actor=factories.editor(), lesson_id=made.pk)
    with pytest.raises(Refused, match="programmabeheerder"):
        operations.publish_lesson(actor=factories.editor(), lesson_id=made.pk)


def test_a_shared_lesson_changes_no_more() -> None:
    made = lesson()
    operations.share_lesson(actor=factories.editor(), lesson_id=made.pk)
    with pytest.raises(Refused, match="al gedeeld"):
        operations.change_lesson(actor=factories.editor(), lesson_id=made.pk, title="x", theme="housing", text="x")


def test_lessons_are_found_by_words_theme_and_instrument() -> None:
    made = lesson()
    lesson(title="Anders", theme="work", instrument="")
    saar = factories.editor()
    assert list(queries.find_lessons(saar, text="wandeling dendermonde")) == [made]
    assert list(queries.find_lessons(saar, theme="housing")) == [made]
    assert list(queries.find_lessons(saar, instrument="participation")) == [made]
    assert not queries.find_lessons(saar, text="niets")


def test_every_fault_of_a_lesson_is_told_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        lesson(title=" ", theme="bestaat-niet", text="")
    assert {fault.where for fault in caught.value.faults} == {"title", "theme", "text"}


def test_the_same_lesson_is_written_once() -> None:
    lesson()
    with pytest.raises(Invalid, match="staat al"):
        lesson()


def test_the_pages_write_share_and_find_a_lesson() -> None:
    client = browser(factories.editor())
    data = {"title": "Ga naar buiten", "theme": "housing", "instrument": "", "text": "Klop aan.", "contact": ""}
    kept = client.post(reverse("applicant:lesson_new"), data | {"text": ""})
    assert 'value="Ga naar buiten"' in kept.content.decode()
    assert "Bewaard als ontwerp" in text(client.post(reverse("applicant:lesson_new"), data, follow=True))
    made = Lesson.objects.get()
    client.post(reverse("applicant:lesson_share", args=[made.pk]))
    other = browser(factories.editor("Gent"))
    assert "Ga naar buiten" in text(other.get(reverse("applicant:knowledge"), {"tekst": "buiten"}))
    assert other.get(reverse("applicant:lesson_edit", args=[made.pk])).status_code == 403


def test_a_draft_of_another_authority_is_not_found_on_any_page() -> None:
    made = lesson(title="KANARIE")
    client = browser(factories.editor("Gent"))
    assert client.get(reverse("applicant:lesson", args=[made.pk])).status_code == 404
    assert client.post(reverse("applicant:lesson_share", args=[made.pk])).status_code == 404
    assert "KANARIE" not in text(client.get(reverse("applicant:knowledge")))


def test_the_agency_publishes_by_button() -> None:
    made = lesson()
    operations.share_lesson(actor=factories.editor(), lesson_id=made.pk)
    client = browser(factories.manager())
    assert "Maak openbaar" in text(client.get(reverse("agency:lessons")))
    client.post(reverse("agency:lesson_publish", args=[made.pk]))
    assert "Begin met een wandeling" in text(browser(ANONYMOUS).get(reverse("public:lessons")))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_as_many_queries_with_one_lesson_as_with_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(count):
        lesson(title=f"Les {index}")
    client = browser(factories.editor())
    with django_assert_num_queries(4):
        client.get(reverse("applicant:knowledge"))
