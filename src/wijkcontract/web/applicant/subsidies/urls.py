from django.urls import URLPattern, path

from wijkcontract.web.applicant.subsidies import views

urlpatterns: list[URLPattern] = [
    path("subsidies/", views.subsidies, name="subsidies"),
    path("subsidies/nieuw/", views.subsidy_new, name="subsidy_new"),
    path("subsidies/<uuid:subsidy_id>/", views.subsidy, name="subsidy"),
    path("subsidies/<uuid:subsidy_id>/verwijderen/", views.subsidy_remove, name="subsidy_remove"),
]
