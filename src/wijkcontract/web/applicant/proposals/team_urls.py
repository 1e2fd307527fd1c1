"""What a team does around a proposal. These come before the addresses of records, which take any word after a section."""

from django.urls import URLPattern, path

from wijkcontract.web.applicant.proposals import comments, people, views
from wijkcontract.web.applicant.proposals.urls import ONE, SECTION

COMMENT = f"{SECTION}opmerkingen/<uuid:key>/"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}wie-doet-mee/", people.proposal_people, name="proposal_people"),
    path(f"{ONE}wie-doet-mee/<uuid:grant_id>/intrekken/", people.reading_end, name="reading_end"),
    path(f"{ONE}wat-niet-meekwam/", views.proposal_reused, name="proposal_reused"),
    path(f"{SECTION}opmerkingen/", comments.comments, name="comments"),
    path(COMMENT, comments.comment, name="comment"),
    path(f"{COMMENT}wijzigen/", comments.comment_change, name="comment_change"),
    path(f"{COMMENT}verwijderen/", comments.comment_remove, name="comment_remove"),
    path(f"{COMMENT}afgehandeld/", comments.comment_resolve, name="comment_resolve"),
    path(f"{COMMENT}doorgeven/", comments.comment_assign, name="comment_assign"),
    path(f"{SECTION}stand-van-het-werk/", comments.section_work, name="section_work"),
]
