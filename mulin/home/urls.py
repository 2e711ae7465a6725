"""Addresses of home: the desk, the alliance at a glance, and the public pages."""

from django.urls import path

from mulin.home import views

app_name = "home"
urlpatterns = [
    path("", views.public, name="public"),
    path("a/<slug:slug>/", views.public_alliance, name="public_alliance"),
    path("desk/", views.desk, name="desk"),
    path("our/", views.alliance, name="alliance"),
    path("overview/", views.overview, name="overview"),
    path("story/<uuid:subject>/", views.story, name="story"),
]
