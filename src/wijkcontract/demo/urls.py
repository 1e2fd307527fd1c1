"""The login of the demonstration; included only where the environment asks for it."""

from django.urls import URLPattern, path

from wijkcontract.demo import views

app_name = "demo"
urlpatterns: list[URLPattern] = [path("", views.login, name="login")]
