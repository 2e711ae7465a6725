"""Django's entry for this app."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "mulin.lists"
    label = "lists"
