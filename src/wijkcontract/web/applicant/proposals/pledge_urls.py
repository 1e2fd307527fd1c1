from django.urls import URLPattern, path

from wijkcontract.web.applicant.proposals import pledging

ONE = "voorstellen/<uuid:proposal_id>/"
PARTNER = f"{ONE}bevestigingen/<uuid:record_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}bevestigingen/", pledging.confirmations, name="confirmations"),
    path(f"{PARTNER}vragen/", pledging.ask_confirmation, name="ask_confirmation"),
    path(f"{PARTNER}intrekken/", pledging.revoke_link, name="revoke_link"),
    path(f"{PARTNER}intentiebrief.<slug:kind>", pledging.letter, name="letter"),
    path(f"{ONE}vlaanderen/", pledging.flanders, name="flanders"),
]
