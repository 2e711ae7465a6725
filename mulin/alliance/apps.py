"""Django's entry for this app."""

from django.apps import AppConfig


class AllianceConfig(AppConfig):
    name = "mulin.alliance"
    label = "alliance"
