"""Addresses of projects."""

from django.urls import path

from mulin.projects import views

app_name = "projects"
urlpatterns = [
    path("", views.projects, name="projects"),
    path("answer/<str:token>/", views.answer, name="answer"),
    path("acceptance/<uuid:pk>/", views.accept, name="accept"),
    path("acceptance/<uuid:pk>/take-back/", views.take_back, name="take_back"),
    path("acceptance/<uuid:pk>/link/", views.personal_link, name="personal_link"),
    path("owner/<int:pk>/", views.hand_over, name="hand_over"),
    path("<uuid:pk>/", views.project, name="project"),
    path("<uuid:pk>/remind/", views.remind, name="remind"),
    path("<uuid:pk>/note/", views.note, name="note"),
    path("<uuid:pk>/delay/", views.delay, name="delay"),
    path("<uuid:pk>/done/", views.done, name="done"),
    path("<uuid:pk>/word/", views.word, name="word"),
]
