"""Addresses of imports."""

from django.urls import URLPattern

import_patterns: list[URLPattern] = []
