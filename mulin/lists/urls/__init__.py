"""Addresses of lists."""

from mulin.lists.urls.imports import import_patterns

app_name = "lists"
urlpatterns: list = [*import_patterns]
