"""Addresses of the comparison of neighbourhoods."""

from django.urls import URLPattern, path

from wijkcontract.web.agency.neighbourhoods import views

urlpatterns: list[URLPattern] = [
    path("oproepen/<uuid:call_id>/wijken/", views.neighbourhoods, name="neighbourhoods"),
]
