"""Django's entry for this app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "mulin.search"
    label = "search"
