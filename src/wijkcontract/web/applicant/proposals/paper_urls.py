"""The addresses of a proposal on paper and of its submitted versions."""

from django.urls import URLPattern, path

from wijkcontract.web.applicant.proposals import papers, versions

ONE = "voorstellen/<uuid:proposal_id>/"
VERSION = f"{ONE}versie/<int:number>/"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}document.<slug:kind>", papers.proposal_document, name="proposal_document"),
    path(f"{VERSION}document.<slug:kind>", papers.version_document, name="version_document"),
    path(f"{VERSION}ontvangstbewijs.pdf", papers.receipt_pdf, name="receipt_pdf"),
    path(f"{ONE}versies/", versions.versions, name="versions"),
    path(f"{ONE}versies/<int:before>/<int:after>/", versions.version_difference, name="version_difference"),
    path(f"{ONE}versies/<int:before>/nu/", versions.draft_difference, name="draft_difference"),
]
