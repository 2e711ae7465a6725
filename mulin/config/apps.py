"""Django's entry for this app."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "mulin.config"
    label = "config"
