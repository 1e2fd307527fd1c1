from django.urls import URLPattern, path

from wijkcontract.web.applicant.proposals import (
    attaching,
    autosaving,
    budget_workbook,
    history,
    linking,
    views,
    writing,
)
from wijkcontract.web.applicant.proposals.clarifying import clarification, clarification_send, clarifications
from wijkcontract.web.applicant.proposals.paper_urls import urlpatterns as papers

ONE = "voorstellen/<uuid:proposal_id>/"
CLARIFICATION = f"{ONE}verduidelijkingen/<uuid:clarification_id>/"
SECTION = f"{ONE}onderdeel/<slug:code>/"
RECORD = f"{SECTION}<slug:kind>/<uuid:record_id>/"

urlpatterns: list[URLPattern] = [
    *papers,
    path("voorstellen/", views.proposals, name="proposals"),
    path("voorstellen/nieuw/", views.proposal_new, name="proposal_new"),
    path(ONE, views.proposal, name="proposal"),
    path(f"{ONE}verduidelijkingen/", clarifications, name="clarifications"),
    path(CLARIFICATION, clarification, name="clarification"),
    path(f"{CLARIFICATION}versturen/", clarification_send, name="clarification_send"),
    path(f"{ONE}nalezen/", views.proposal_check, name="proposal_check"),
    path(f"{ONE}indienen/", views.proposal_submit, name="proposal_submit"),
    path(f"{ONE}ontvangstbewijs/", views.receipt, name="receipt"),
    path(f"{ONE}versie/<int:number>/", views.frozen, name="frozen"),
    path(f"{ONE}intrekken/", views.proposal_withdraw, name="proposal_withdraw"),
    path(f"{ONE}begroting/excel/", budget_workbook.budget_download, name="budget_download"),
    path(f"{ONE}begroting/inlezen/", budget_workbook.budget_upload, name="budget_upload"),
    path(f"{ONE}begroting/bevestigen/", budget_workbook.budget_confirm, name="budget_confirm"),
    path(SECTION, writing.show, name="section"),
    path(f"{SECTION}bewaren/", autosaving.autosave, name="autosave"),
    path(f"{SECTION}stand/", autosaving.standing, name="standing"),
    path(f"{SECTION}aanwezig/", autosaving.present, name="present"),
    path(f"{SECTION}weggooien/", autosaving.discard, name="discard_input"),
    path(f"{SECTION}geschiedenis/", history.section_history, name="section_history"),
    path(f"{SECTION}geschiedenis/<int:revision_id>/terugzetten/", history.restore, name="restore"),
    path(f"{SECTION}tekst/<slug:block>/", writing.save_texts, name="save_texts"),
    path(f"{SECTION}<slug:kind>/nieuw/", writing.record_new, name="record_new"),
    path(RECORD, writing.record, name="record"),
    path(f"{RECORD}verwijderen/", writing.record_delete, name="record_delete"),
    path(f"{RECORD}verbinden/", linking.link, name="link"),
    path(f"{RECORD}bestanden/", attaching.attach, name="attach"),
    path(f"{RECORD}bestanden/<uuid:attachment_id>/weghalen/", attaching.detach, name="detach"),
]
