"""Django's entry for this app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "mulin.home"
    label = "home"
