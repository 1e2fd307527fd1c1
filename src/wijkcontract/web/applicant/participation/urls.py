from django.urls import URLPattern, path

from wijkcontract.web.applicant.participation import views

urlpatterns: list[URLPattern] = [
    path("participatie/", views.participation, name="participation"),
    path("participatie/nieuw/", views.moment_new, name="moment_new"),
]
