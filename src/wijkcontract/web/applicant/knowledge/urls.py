from django.urls import URLPattern, path

from wijkcontract.web.applicant.knowledge import views

urlpatterns: list[URLPattern] = [
    path("kennis/", views.lessons, name="knowledge"),
    path("kennis/nieuw/", views.lesson_new, name="lesson_new"),
    path("kennis/<uuid:lesson_id>/", views.lesson, name="lesson"),
    path("kennis/<uuid:lesson_id>/wijzigen/", views.lesson_edit, name="lesson_edit"),
    path("kennis/<uuid:lesson_id>/delen/", views.lesson_share, name="lesson_share"),
]
