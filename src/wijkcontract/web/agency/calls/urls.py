from django.urls import URLPattern, path

from wijkcontract.web.agency.calls import views

urlpatterns: list[URLPattern] = [
    path("oproepen/", views.calls, name="calls"),
    path("oproepen/nieuw/", views.call_new, name="call_new"),
    path("oproepen/<uuid:call_id>/", views.call, name="call"),
    path("oproepen/<uuid:call_id>/sjabloon.<slug:kind>", views.call_template, name="call_template"),
    path("oproepen/<uuid:call_id>/gegevens/", views.call_edit, name="call_edit"),
    path("oproepen/<uuid:call_id>/criteria/", views.call_criteria, name="call_criteria"),
    path("oproepen/<uuid:call_id>/lanceren/", views.call_launch, name="call_launch"),
    path("oproepen/<uuid:call_id>/verlengen/", views.call_extend, name="call_extend"),
    path("oproepen/<uuid:call_id>/bekendmaken/", views.call_announce, name="call_announce"),
    path("oproepen/<uuid:call_id>/kopie/", views.call_duplicate, name="call_duplicate"),
]
