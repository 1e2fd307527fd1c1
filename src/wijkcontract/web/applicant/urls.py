"""Every address of this audience; each subject keeps its own list."""

from django.urls import URLPattern

from wijkcontract.web.applicant.calls.urls import urlpatterns as calls
from wijkcontract.web.applicant.contracts.urls import urlpatterns as contracts
from wijkcontract.web.applicant.home.urls import urlpatterns as home
from wijkcontract.web.applicant.knowledge.urls import urlpatterns as knowledge
from wijkcontract.web.applicant.neighbourhood.urls import urlpatterns as neighbourhood
from wijkcontract.web.applicant.participation.urls import urlpatterns as participation
from wijkcontract.web.applicant.proposals.pledge_urls import urlpatterns as pledges
from wijkcontract.web.applicant.proposals.team_urls import urlpatterns as team
from wijkcontract.web.applicant.proposals.urls import urlpatterns as proposals
from wijkcontract.web.applicant.rounds.urls import urlpatterns as rounds
from wijkcontract.web.applicant.subsidies.urls import urlpatterns as subsidies

app_name = "applicant"
urlpatterns: list[URLPattern] = [
    *calls,
    *home,
    *team,
    *proposals,
    *pledges,
    *subsidies,
    *contracts,
    *rounds,
    *participation,
    *knowledge,
    *neighbourhood,
]
