"""Addresses of lists."""

app_name = "lists"
urlpatterns: list = []
