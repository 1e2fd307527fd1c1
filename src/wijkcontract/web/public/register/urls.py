from django.urls import URLPattern, path

from wijkcontract.web.public.register import views

urlpatterns: list[URLPattern] = [
    path("oproepen/", views.calls, name="calls"),
    path("oproepen/<uuid:call_id>/", views.call, name="call"),
    path("oproepen/<uuid:call_id>/sjabloon.<slug:kind>", views.call_template, name="call_template"),
    path("oproepen/<uuid:call_id>/vragen/", views.call_questions, name="call_questions"),
    path("contracten/", views.contracts, name="contracts"),
    path("contracten/contracten.csv", views.contracts_csv, name="contracts_csv"),
    path("contracten/doelstellingen.csv", views.targets_csv, name="targets_csv"),
    path("contracten/<uuid:contract_id>/", views.contract, name="contract"),
    path("lessen/", views.lessons, name="lessons"),
]
