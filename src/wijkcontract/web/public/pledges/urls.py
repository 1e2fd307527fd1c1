from django.urls import URLPattern, path

from wijkcontract.web.public.pledges import views

urlpatterns: list[URLPattern] = [
    path("engagement/bedankt/", views.answered, name="pledge_answered"),
    path("engagement/<str:token>/", views.pledge, name="pledge"),
]
