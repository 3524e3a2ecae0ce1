"""Addresses of an exercise’s drawings."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from programs.exercises.pictures import views as figure_views

figure_urls: list[URLPattern | URLResolver] = [
    path(
        "<slug:side>/movement/<slug:named>/",
        figure_views.exercise_movement,
        name="exercise_movement",
    ),
    path(
        "<slug:side>/<int:frame>/<slug:named>/",
        figure_views.exercise_figure,
        name="exercise_figure",
    ),
]
