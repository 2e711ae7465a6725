"""Django's entry for this app."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "mulin.projects"
    label = "projects"
