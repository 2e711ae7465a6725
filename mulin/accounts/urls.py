"""Addresses of accounts: one's own settings, the language, the first password."""

from django.urls import path

from mulin.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("language/", views.set_language, name="set_language"),
    path("text-size/", views.set_text_size, name="set_text_size"),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
]
