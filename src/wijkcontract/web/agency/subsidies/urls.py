from django.urls import URLPattern, path

from wijkcontract.web.agency.subsidies import views

urlpatterns: list[URLPattern] = [
    path("subsidies/", views.subsidies, name="subsidies"),
    path("subsidies/csv/", views.subsidies_csv, name="subsidies_csv"),
    path("subsidies/inlezen/", views.subsidies_upload, name="subsidies_upload"),
    path("subsidies/bevestigen/", views.subsidies_confirm, name="subsidies_confirm"),
    path("subsidies/<uuid:subsidy_id>/", views.subsidy, name="subsidy"),
    path("subsidies/<uuid:subsidy_id>/verwijderen/", views.subsidy_remove, name="subsidy_remove"),
]
