"""The look of every page: base templates, components, styles and small behaviours."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mulin.web"
