"""What everyone may read."""

from django.urls import URLPattern, path

from wijkcontract.web.public import health, views
from wijkcontract.web.public.home.urls import urlpatterns as home
from wijkcontract.web.public.pledges.urls import urlpatterns as pledges
from wijkcontract.web.public.register.urls import urlpatterns as register

app_name = "public"
urlpatterns: list[URLPattern] = [
    *home,
    *register,
    *pledges,
    path("gezond/", health.health, name="health"),
    path("onderdelen/", views.gallery, name="gallery"),
    path("toegankelijkheid/", views.statement, {"name": "accessibility"}, name="accessibility"),
    path("privacy/", views.statement, {"name": "privacy"}, name="privacy"),
    path("cookies/", views.statement, {"name": "cookies"}, name="cookies"),
    path("disclaimer/", views.statement, {"name": "disclaimer"}, name="disclaimer"),
    path("hulp/", views.statement, {"name": "help"}, name="help"),
]
