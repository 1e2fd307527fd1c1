from django.urls import URLPattern, path

from wijkcontract.web.applicant.calls import views

urlpatterns: list[URLPattern] = [
    path("oproepen/<uuid:call_id>/vragen/", views.call_questions, name="call_questions"),
]
