"""Every address of this audience; each subject keeps its own list."""

from django.urls import URLPattern

from wijkcontract.web.agency.calls.urls import urlpatterns as calls
from wijkcontract.web.agency.contracts.urls import urlpatterns as contracts
from wijkcontract.web.agency.credits.urls import urlpatterns as credits
from wijkcontract.web.agency.home.urls import urlpatterns as home
from wijkcontract.web.agency.jury.urls import urlpatterns as jury
from wijkcontract.web.agency.neighbourhoods.urls import urlpatterns as neighbourhoods
from wijkcontract.web.agency.proposals.urls import urlpatterns as proposals
from wijkcontract.web.agency.reports.urls import urlpatterns as reports
from wijkcontract.web.agency.rounds.urls import urlpatterns as rounds
from wijkcontract.web.agency.subsidies.urls import urlpatterns as subsidies

app_name = "agency"
urlpatterns: list[URLPattern] = [
    *home,
    *calls,
    *proposals,
    *jury,
    *contracts,
    *credits,
    *rounds,
    *subsidies,
    *reports,
    *neighbourhoods,
]
