"""Addresses of the neighbourhood analyses."""

from django.urls import URLPattern, path

from wijkcontract.web.applicant.neighbourhood import suggesting, views

ONE = "wijkcijfers/<uuid:analysis_id>/"
urlpatterns: list[URLPattern] = [
    path("wijkcijfers/", views.neighbourhoods, name="neighbourhoods"),
    path(ONE, views.neighbourhood, name="neighbourhood"),
    path(f"{ONE}stand/", views.neighbourhood_standing, name="neighbourhood_standing"),
    path(f"{ONE}zoeken/", suggesting.neighbourhood_suggest, name="neighbourhood_suggest"),
    path(f"{ONE}profiel/", views.neighbourhood_profile, name="neighbourhood_profile"),
    path(f"{ONE}document.<str:kind>", views.neighbourhood_document, name="neighbourhood_document"),
    path(f"{ONE}vastleggen/", views.neighbourhood_freeze, name="neighbourhood_freeze"),
    path(f"{ONE}voorstel/", views.neighbourhood_attach, name="neighbourhood_attach"),
    path(f"{ONE}verwijderen/", views.neighbourhood_delete, name="neighbourhood_delete"),
]
