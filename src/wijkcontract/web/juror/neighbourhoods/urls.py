"""Addresses of the comparison of neighbourhoods."""

from django.urls import URLPattern, path

from wijkcontract.web.juror.neighbourhoods import views

urlpatterns: list[URLPattern] = [path("wijken/", views.neighbourhoods, name="neighbourhoods")]
