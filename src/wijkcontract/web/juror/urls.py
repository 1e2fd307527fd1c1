"""Every address of this audience; each subject keeps its own list."""

from django.urls import URLPattern

from wijkcontract.web.juror.deliberation.urls import urlpatterns as deliberation
from wijkcontract.web.juror.home.urls import urlpatterns as home
from wijkcontract.web.juror.neighbourhoods.urls import urlpatterns as neighbourhoods
from wijkcontract.web.juror.proposals.urls import urlpatterns as proposals

app_name = "juror"
urlpatterns: list[URLPattern] = [
    *home,
    *proposals,
    *deliberation,
    *neighbourhoods,
]
