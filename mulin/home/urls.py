"""Addresses of home: the desk, the alliance at a glance, and the public pages."""

from django.urls import path

from mulin.home import views

app_name = "home"
urlpatterns = [
    path("", views.public, name="public"),
    path("a/<slug:slug>/", views.public_alliance, name="public_alliance"),
    path("a/<slug:slug>/needs/", views.public_items, {"kind": "need"}, name="public_needs"),
    path(
        "a/<slug:slug>/resources/",
        views.public_items,
        {"kind": "resource"},
        name="public_resources",
    ),
    path("a/<slug:slug>/projects/", views.public_projects, name="public_projects"),
    path("a/<slug:slug>/say/", views.say, name="say"),
    path("a/<slug:slug>/said/<str:token>/", views.said, name="said"),
    path("desk/", views.desk, name="desk"),
    path("our/", views.alliance, name="alliance"),
    path("overview/", views.overview, name="overview"),
    path("search/", views.search, name="search"),
    path("story/<uuid:subject>/", views.story, name="story"),
]
