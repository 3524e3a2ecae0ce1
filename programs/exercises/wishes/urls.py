"""Addresses of the wishes, below ``/exercises/wishes/``."""

from django.urls import URLPattern, URLResolver, path

from programs.exercises.wishes import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.exercise_wish, name="exercise_wish"),
    path("<int:wish_id>/end/", views.exercise_wish_end, name="exercise_wish_end"),
]
