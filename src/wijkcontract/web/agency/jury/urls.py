from django.urls import URLPattern, path

from wijkcontract.web.agency.jury import steps, views

urlpatterns: list[URLPattern] = [
    path("jury/", views.juries, name="juries"),
    path("jury/nieuw/", views.jury_new, name="jury_new"),
    path("jury/<uuid:jury_id>/", views.jury, name="jury"),
    path("jury/<uuid:jury_id>/aanstelling/", steps.appointment, name="jury_appointment"),
    path("jury/<uuid:jury_id>/leden/", views.member_new, name="jury_member"),
    path("jury/<uuid:jury_id>/leden/<uuid:juror_id>/weg/", views.member_remove, name="jury_member_remove"),
    path("jury/<uuid:jury_id>/uitnodiging/", steps.invite, name="jury_invite"),
    path("jury/<uuid:jury_id>/uitnodiging/<int:invitation_id>/", steps.reply, name="jury_reply"),
    path("jury/<uuid:jury_id>/start/", steps.start, name="jury_start"),
    path("jury/<uuid:jury_id>/vergrendel/", steps.lock, name="jury_lock"),
    path("jury/<uuid:jury_id>/heropen/", steps.reopen, name="jury_reopen"),
    path("jury/<uuid:jury_id>/conflict/", steps.conflict, name="jury_conflict"),
    path("jury/<uuid:jury_id>/oproepen/", steps.call_up, name="jury_call_up"),
    path("jury/<uuid:jury_id>/tabel/", views.jury_table, name="jury_table"),
    path("jury/<uuid:jury_id>/verslag/", steps.minutes, name="jury_minutes"),
    path("jury/voorstel/<uuid:proposal_id>/", steps.deliberate, name="jury_deliberate"),
]
