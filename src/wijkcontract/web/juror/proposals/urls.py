from django.urls import URLPattern, path

from wijkcontract.web.juror.proposals import views

urlpatterns: list[URLPattern] = [
    path("voorstellen/", views.proposals, name="proposals"),
    path("voorstellen/<uuid:proposal_id>/", views.proposal, name="proposal"),
    path("voorstellen/<uuid:proposal_id>/document.<slug:kind>", views.proposal_document, name="proposal_document"),
    path("voorstellen/<uuid:proposal_id>/verklaring/", views.declare, name="declare"),
    path("voorstellen/<uuid:proposal_id>/notities/", views.note, name="note"),
    path("voorstellen/<uuid:proposal_id>/standpunt/", views.position, name="position"),
]
