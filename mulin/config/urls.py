"""All addresses: start reading here."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("mulin.home.urls")),
    # One's e-mail address stands in one place, the profile.
    path("sign-in/email/", RedirectView.as_view(pattern_name="accounts:profile")),
    path("sign-in/", include("allauth.urls")),
    path("me/", include("mulin.accounts.urls")),
    path("alliance/", include("mulin.alliance.urls")),
    path("lists/", include("mulin.lists.urls")),
    path("projects/", include("mulin.projects.urls")),
    path("inbox/", include("mulin.notifications.urls")),
    path("look/", include("mulin.web.urls")),
]
