"""Addresses of the own contracts."""

from django.urls import URLPattern, path

from wijkcontract.web.applicant.contracts import views

urlpatterns: list[URLPattern] = [
    path("contracten/", views.contract_list, name="contracts"),
    path("contracten/<uuid:contract_id>/", views.contract_detail, name="contract"),
    path("contracten/<uuid:contract_id>/geld/", views.contract_money, name="contract_money"),
    path("contracten/<uuid:contract_id>/ondertekening/", views.contract_sign, name="contract_sign"),
]
