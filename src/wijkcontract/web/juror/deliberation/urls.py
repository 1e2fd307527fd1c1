from django.urls import URLPattern, path

from wijkcontract.web.juror.deliberation import views

urlpatterns: list[URLPattern] = [
    path("beraadslaging/<uuid:jury_id>/", views.table, name="table"),
    path("beraadslaging/<uuid:jury_id>/heropen/", views.reopen, name="reopen"),
    path("beraadslaging/<uuid:jury_id>/verslag/", views.minutes, name="minutes"),
    path("beraadslaging/<uuid:jury_id>/advies/", views.advise, name="advise"),
    path("beraadslaging/voorstel/<uuid:proposal_id>/", views.deliberate, name="deliberate"),
]
