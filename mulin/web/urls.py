"""The address of the look itself: the gallery of components."""

from django.urls import path

from mulin.web import views

app_name = "web"
urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
]
