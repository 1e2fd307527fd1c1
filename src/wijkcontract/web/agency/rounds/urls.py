from django.urls import URLPattern, path

from wijkcontract.web.agency.rounds import views

urlpatterns: list[URLPattern] = [
    path("rondes/", views.rounds, name="rounds"),
    path("rondes/nieuw/", views.round_new, name="round_new"),
    path("rondes/<uuid:round_id>/", views.round_detail, name="round"),
    path("rondes/<uuid:round_id>/openen/", views.round_open, name="round_open"),
    path("rondes/<uuid:round_id>/afsluiten/", views.round_close, name="round_close"),
    path("verslagen/<uuid:report_id>/", views.report_review, name="report_review"),
    path("verslagen/<uuid:report_id>/aanvaarden/", views.report_accept, name="report_accept"),
]
