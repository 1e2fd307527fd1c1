"""Logging in and out, the own organisation, and files."""

from django.urls import URLPattern, path

from wijkcontract.web.account import views

app_name = "account"
urlpatterns: list[URLPattern] = [
    path("overzicht/", views.overview, name="overview"),
    path("aanmelden/", views.login, name="login"),
    path("afmelden/", views.logout, name="logout"),
    path("organisatie/kiezen/", views.choose_organisation, name="organisation"),
    path("organisatie/mensen/", views.people, name="people"),
    path("organisatie/mensen/<int:mandate_id>/beeindigen/", views.end_mandate, name="end_mandate"),
    path("bestanden/<uuid:file_id>/", views.file, name="file"),
]
