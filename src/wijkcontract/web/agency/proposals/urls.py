from django.urls import URLPattern, path

from wijkcontract.web.agency.proposals import views

urlpatterns: list[URLPattern] = [
    path("voorstellen/", views.proposals, name="proposals"),
    path("voorstellen/<uuid:proposal_id>/", views.proposal, name="proposal"),
    path("voorstellen/<uuid:proposal_id>/document.<slug:kind>", views.proposal_document, name="proposal_document"),
    path("voorstellen/<uuid:proposal_id>/ontvankelijk/", views.proposal_admissible, name="proposal_admissible"),
    path("voorstellen/<uuid:proposal_id>/onontvankelijk/", views.proposal_inadmissible, name="proposal_inadmissible"),
]
