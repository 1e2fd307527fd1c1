"""What everyone may read."""

from django.urls import URLPattern, path

from wijkcontract.web.public import views

app_name = "public"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("onderdelen/", views.gallery, name="gallery"),
    path("toegankelijkheid/", views.statement, {"name": "accessibility"}, name="accessibility"),
    path("privacy/", views.statement, {"name": "privacy"}, name="privacy"),
    path("cookies/", views.statement, {"name": "cookies"}, name="cookies"),
    path("disclaimer/", views.statement, {"name": "disclaimer"}, name="disclaimer"),
    path("hulp/", views.statement, {"name": "help"}, name="help"),
]
