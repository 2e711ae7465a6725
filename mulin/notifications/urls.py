"""Addresses of notifications: the inbox."""

from django.urls import path

from mulin.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_everything, name="read_all"),
    path("<uuid:pk>/", views.open_message, name="open"),
]
