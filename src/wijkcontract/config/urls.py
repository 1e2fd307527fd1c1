"""Every address of the product, by audience. The demonstration login exists only where the environment asks for it."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wijkcontract.web.public.urls")),
    path("", include("wijkcontract.web.account.urls")),
    path("bewoner/", include("wijkcontract.web.resident.urls")),
    path("aanvrager/", include("wijkcontract.web.applicant.urls")),
    path("jury/", include("wijkcontract.web.juror.urls")),
    path("agentschap/", include("wijkcontract.web.agency.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("wijkcontract.demo.urls")))

handler404 = "wijkcontract.web.refusals.not_found"
handler403 = "wijkcontract.web.refusals.forbidden"
handler500 = "wijkcontract.web.refusals.server_error"
