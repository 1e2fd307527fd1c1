"""Addresses of decisions, contracts and their money."""

from django.urls import URLPattern, path

from wijkcontract.web.agency.contracts import money_views, views

urlpatterns: list[URLPattern] = [
    path("contracten/", views.contract_list, name="contracts"),
    path("voorstellen/<uuid:proposal_id>/beslissing/", views.decision_new, name="decision_new"),
    path("voorstellen/<uuid:proposal_id>/contract/", views.contract_make, name="contract_make"),
    path("contracten/<uuid:contract_id>/", views.contract_detail, name="contract"),
    path("contracten/<uuid:contract_id>/ondertekening/", views.contract_sign, name="contract_sign"),
    path("contracten/<uuid:contract_id>/geld/", money_views.contract_money, name="contract_money"),
    path("contracten/<uuid:contract_id>/vastlegging/", money_views.commitment_new, name="commitment_new"),
    path("contracten/<uuid:contract_id>/aanrekening/<int:year>/", money_views.charge_post, name="charge_post"),
    path("contracten/<uuid:contract_id>/betalingsplan/", money_views.payment_plan, name="payment_plan"),
    path("schijven/<uuid:instalment_id>/betaling/", money_views.payment_ask, name="payment_ask"),
    path("betalingen/<uuid:request_id>/bevestiging/", money_views.payment_confirm, name="payment_confirm"),
    path("betalingen/<uuid:request_id>/terug/", money_views.payment_return, name="payment_return"),
]
