"""Logging in and out, the own organisation, invitations, and files."""

from django.urls import URLPattern, path

from wijkcontract.web.account import invitations, views

app_name = "account"
urlpatterns: list[URLPattern] = [
    path("overzicht/", views.overview, name="overview"),
    path("aanmelden/", views.login, name="login"),
    path("afmelden/", views.logout, name="logout"),
    path("organisatie/kiezen/", views.choose_organisation, name="organisation"),
    path("organisatie/mensen/", views.people, name="people"),
    path("organisatie/mensen/<int:mandate_id>/beeindigen/", views.end_mandate, name="end_mandate"),
    path("organisatie/uitnodigingen/", invitations.invitations, name="invitations"),
    path(
        "organisatie/uitnodigingen/<uuid:invitation_id>/intrekken/",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
    path("uitnodiging/<str:token>/", invitations.invitation, name="invitation"),
    path("bestanden/<uuid:file_id>/", views.file, name="file"),
]
