"""Addresses of imports."""

from django.urls import URLPattern, path

from mulin.lists.views import imports as views

import_patterns: list[URLPattern] = [
    path("import/", views.import_new, name="import_new"),
    path("import/<uuid:pk>/", views.import_preview, name="import_preview"),
    path("import/<uuid:pk>/again/", views.import_again, name="import_again"),
    path("import/<uuid:pk>/take-in/", views.import_take, name="import_take"),
    path("import/<uuid:pk>/undo/", views.import_undo, name="import_undo"),
    path("import/<uuid:pk>/discard/", views.import_discard, name="import_discard"),
    path("import/cells/<int:pk>/", views.import_cell, name="import_cell"),
    path("import/rows/<int:pk>/", views.import_row, name="import_row"),
    path("import/like/<int:pk>/", views.import_like, name="import_like"),
    path("import/columns/<int:pk>/", views.import_column, name="import_column"),
    path("import/kinds/<int:pk>/", views.import_kind, name="import_kind"),
    path("import/tables/<int:pk>/", views.import_table, name="import_table"),
    path("import/left-out/<int:pk>/", views.import_left_out, name="import_left_out"),
]
