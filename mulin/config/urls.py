"""All addresses: start reading here."""

from django.urls import include, path

urlpatterns = [
    path("", include("mulin.home.urls")),
    path("sign-in/", include("allauth.urls")),
    path("me/", include("mulin.accounts.urls")),
    path("alliance/", include("mulin.alliance.urls")),
    path("lists/", include("mulin.lists.urls")),
    path("projects/", include("mulin.projects.urls")),
    path("inbox/", include("mulin.notifications.urls")),
    path("look/", include("mulin.web.urls")),
]
