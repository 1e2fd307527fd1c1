"""Budget articles and their credits, for the agency."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wijkcontract.contracts import operations, policy, queries
from wijkcontract.contracts.forms import AppropriationForm, ArticleForm
from wijkcontract.contracts.models import BudgetArticle
from wijkcontract.proposals.register.access import may_read
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import require
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate


@require_safe
@for_audience("agency")
def credit_list(request: ActorRequest) -> HttpResponse:
    """Every article with VAK and VEK per year and what is used of them."""
    articles = paginate(request, queries.articles(request.actor), 20)
    positions = queries.article_positions(articles.items)
    return page(
        request,
        "agency/credits/list.html",
        {
            "articles": articles,
            "positions": [positions[article.pk] for article in articles.items],
            "may_manage": bool(policy.may_manage_credits(request.actor)),
            "may_read_register": may_read(request.actor),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("agency")
def article_new(request: ActorRequest) -> HttpResponse:
    """Add an article."""
    require(policy.may_manage_credits(request.actor))
    return _article_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("agency")
def article(request: ActorRequest, article_id: uuid.UUID) -> HttpResponse:
    """Change an article."""
    found = queries.get_article(request.actor, article_id)
    require(policy.may_manage_credits(request.actor))
    return _article_page(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("agency")
def appropriation_set(request: ActorRequest, article_id: uuid.UUID) -> HttpResponse:
    """Enter the VAK and the VEK of one budget year; `?jaar=` fills in what stands."""
    found = queries.get_article(request.actor, article_id)
    require(policy.may_manage_credits(request.actor))
    form = AppropriationForm(request.POST or None, initial=_credit_of(found, request.GET.get("jaar", "")))
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.set_appropriation(actor=request.actor, article_id=found.pk, **form.cleaned_data)
            return done(request, f"Kredieten van {form.cleaned_data['year']} bewaard.", "agency:credits")
    context = {
        "article": found,
        "form": form,
        "dossier_bar": _dossier(f"Kredieten van {found.code}", "Kredieten per jaar"),
    }
    return page(request, "agency/credits/appropriation.html", context, status=422 if form.errors else 200)


def _article_page(request: ActorRequest, found: BudgetArticle | None) -> HttpResponse:
    names = ("code", "funding", "description", "described_on", "entity", "basic_allocation", "esr_code")
    initial = {name: getattr(found, name) for name in names} if found else {"described_on": clock.today()}
    form = ArticleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            saved = operations.save_article(
                actor=request.actor, article_id=found.pk if found else None, **form.cleaned_data
            )
            return done(request, f"Artikel {saved.code} is bewaard.", "agency:credits")
    title = f"Artikel {found.code}" if found else "Nieuw begrotingsartikel"
    context = {"article": found, "form": form, "dossier_bar": _dossier(title, "Artikel")}
    return page(request, "agency/credits/article.html", context, status=422 if form.errors else 200)


def _credit_of(article: BudgetArticle, year: str) -> dict[str, int]:
    """What the form begins with for a year that already has credits."""
    if not (year.isdecimal() and len(year) == 4):
        return {}
    credit = queries.article_position(article).of(int(year))
    return {"year": credit.year, "commitment_cents": credit.vak, "payment_cents": credit.vek}


def _dossier(title: str, here: str) -> Dossier:
    return Dossier(title=title, crumbs=[Link("Kredieten", reverse("agency:credits")), Link(here)])
