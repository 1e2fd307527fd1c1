from django.urls import URLPattern, path

from wijkcontract.web.agency.proposals import clarifying, views

ONE = "voorstellen/<uuid:proposal_id>/"
CLARIFICATION = f"{ONE}verduidelijking/<uuid:clarification_id>/"

urlpatterns: list[URLPattern] = [
    path("voorstellen/", views.proposals, name="proposals"),
    path("voorstellen/<uuid:proposal_id>/", views.proposal, name="proposal"),
    path("voorstellen/<uuid:proposal_id>/document.<slug:kind>", views.proposal_document, name="proposal_document"),
    path("voorstellen/<uuid:proposal_id>/ontvankelijk/", views.proposal_admissible, name="proposal_admissible"),
    path("voorstellen/<uuid:proposal_id>/onontvankelijk/", views.proposal_inadmissible, name="proposal_inadmissible"),
    path(f"{ONE}verduidelijking/nieuw/", clarifying.clarification_new, name="clarification_new"),
    path(CLARIFICATION, clarifying.clarification, name="clarification"),
    path(f"{CLARIFICATION}meer-tijd/", clarifying.clarification_extend, name="clarification_extend"),
    path(f"{CLARIFICATION}intrekken/", clarifying.clarification_withdraw, name="clarification_withdraw"),
]
