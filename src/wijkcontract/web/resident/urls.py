"""For residents."""

from django.urls import URLPattern, path

from wijkcontract.web.resident import views

app_name = "resident"
urlpatterns: list[URLPattern] = [path("", views.home, name="home")]
