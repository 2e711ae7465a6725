"""Addresses of the look itself: the text size, and the gallery of components."""

from django.urls import path

from mulin.web import views

app_name = "web"
urlpatterns = [
    path("text-size/", views.text_size, name="text_size"),
    path("gallery/", views.gallery, name="gallery"),
]
