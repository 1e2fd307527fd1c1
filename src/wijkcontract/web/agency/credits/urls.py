"""Addresses of budget articles and their credits."""

from django.urls import URLPattern, path

from wijkcontract.web.agency.credits import views

urlpatterns: list[URLPattern] = [
    path("kredieten/", views.credit_list, name="credits"),
    path("kredieten/nieuw/", views.article_new, name="article_new"),
    path("kredieten/<uuid:article_id>/", views.article, name="article"),
    path("kredieten/<uuid:article_id>/jaar/", views.appropriation_set, name="appropriation_set"),
]
