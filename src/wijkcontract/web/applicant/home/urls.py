from django.urls import URLPattern, path

from wijkcontract.web.applicant.home import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
]
