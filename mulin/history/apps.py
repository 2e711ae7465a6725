"""Django's entry for this app."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "mulin.history"
    label = "history"
