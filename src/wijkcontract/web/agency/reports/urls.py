from django.urls import URLPattern, path

from wijkcontract.web.agency.reports import views

urlpatterns: list[URLPattern] = [
    path("rapporten/", views.reports, name="reports"),
    path("rapporten/ronde/<uuid:round_id>/", views.report_preview, name="report_preview"),
    path("rapporten/<uuid:report_id>/", views.report, name="report"),
    path("rapporten/<uuid:report_id>/excel/", views.report_xlsx, name="report_xlsx"),
    path("rapporten/<uuid:report_id>/pdf/", views.report_pdf, name="report_pdf"),
    path("rapporten/<uuid:report_id>/json/", views.report_json, name="report_json"),
    path("lessen/", views.lessons, name="lessons"),
    path("lessen/<uuid:lesson_id>/openbaar/", views.lesson_publish, name="lesson_publish"),
]
