"""Addresses of an exercise's drawings and photos, below the exercise."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from programs.exercises.pictures import photo_views, views

figure_urls: list[URLPattern | URLResolver] = [
    path("<slug:side>/movement/<slug:named>/", views.exercise_movement, name="exercise_movement"),
    path("<slug:side>/<int:frame>/<slug:named>/", views.exercise_figure, name="exercise_figure"),
]

photo_urls: list[URLPattern | URLResolver] = [
    path("", photo_views.exercise_picture, name="exercise_picture"),
    path("words/", photo_views.exercise_picture_edit, name="exercise_picture_edit"),
    path("move/", photo_views.exercise_picture_move, name="exercise_picture_move"),
    path("remove/", photo_views.exercise_picture_remove, name="exercise_picture_remove"),
    path("bring-back/", photo_views.exercise_picture_restore, name="exercise_picture_restore"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("figures/", include(figure_urls)),
    path(
        "drawings/<slug:side>/<int:frame>/<slug:named>/",
        views.shipped_figure,
        name="shipped_figure",
    ),
    path("pictures/", photo_views.exercise_pictures, name="exercise_pictures"),
    path("pictures/drawing/", photo_views.exercise_drawing, name="exercise_drawing"),
    path("pictures/<int:picture_id>/", include(photo_urls)),
]
