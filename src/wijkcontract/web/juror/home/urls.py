from django.urls import URLPattern, path

from wijkcontract.web.juror.home import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
]
