from django.urls import URLPattern, path

from wijkcontract.web.agency.calls import answering, building, views

urlpatterns: list[URLPattern] = [
    path("oproepen/", views.calls, name="calls"),
    path("oproepen/nieuw/", views.call_new, name="call_new"),
    path("oproepen/<uuid:call_id>/", views.call, name="call"),
    path("oproepen/<uuid:call_id>/sjabloon.<slug:kind>", views.call_template, name="call_template"),
    path("oproepen/<uuid:call_id>/gegevens/", views.call_edit, name="call_edit"),
    path("oproepen/<uuid:call_id>/criteria/", views.call_criteria, name="call_criteria"),
    path("oproepen/<uuid:call_id>/vragenlijst/", building.call_form, name="call_form"),
    path("oproepen/<uuid:call_id>/vragenlijst/nieuw/", building.call_question_new, name="call_question_new"),
    path("oproepen/<uuid:call_id>/vragenlijst/<slug:code>/", building.call_question, name="call_question"),
    path(
        "oproepen/<uuid:call_id>/vragenlijst/<slug:code>/stap/", building.call_question_step, name="call_question_step"
    ),
    path("oproepen/<uuid:call_id>/grenzen/", building.call_limits, name="call_limits"),
    path("oproepen/<uuid:call_id>/voorbeeld/", building.call_preview, name="call_preview"),
    path("oproepen/<uuid:call_id>/voorbeeld/<slug:code>/", building.call_preview, name="call_preview_section"),
    path("oproepen/<uuid:call_id>/antwoorden/", answering.call_answers, name="call_answers"),
    path("oproepen/<uuid:call_id>/antwoorden/<uuid:question_id>/", answering.call_answer, name="call_answer"),
    path("oproepen/<uuid:call_id>/lanceren/", views.call_launch, name="call_launch"),
    path("oproepen/<uuid:call_id>/verlengen/", views.call_extend, name="call_extend"),
    path("oproepen/<uuid:call_id>/bekendmaken/", views.call_announce, name="call_announce"),
    path("oproepen/<uuid:call_id>/kopie/", views.call_duplicate, name="call_duplicate"),
]
