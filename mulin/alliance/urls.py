"""Addresses of alliance."""

app_name = "alliance"
urlpatterns: list = []
