from django.urls import URLPattern, path

from wijkcontract.web.applicant.rounds import views

urlpatterns: list[URLPattern] = [
    path("rapporten/", views.rounds, name="rounds"),
    path("rapporten/<uuid:report_id>/", views.progress, name="progress"),
    path("rapporten/<uuid:report_id>/bevestigen/", views.certify, name="certify"),
]
