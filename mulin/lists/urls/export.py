"""Addresses of downloads."""

from django.urls import URLPattern, path

from mulin.lists.views import export

export_patterns: list[URLPattern] = [
    path("export/", export.export, name="export"),
]
