"""Addresses of what a practice adds to the catalogue, below ``/exercises/``."""

from django.urls import URLPattern, URLResolver, include, path

from programs.exercises.own import views
from programs.exercises.pictures import photo_views as picture_views

picture_urls: list[URLPattern | URLResolver] = [
    path("", picture_views.exercise_picture, name="exercise_picture"),
    path("words/", picture_views.exercise_picture_edit, name="exercise_picture_edit"),
    path("move/", picture_views.exercise_picture_move, name="exercise_picture_move"),
    path("remove/", picture_views.exercise_picture_remove, name="exercise_picture_remove"),
]

exercise_urls: list[URLPattern | URLResolver] = [
    path("copy/", views.own_exercise_copy, name="own_exercise_copy"),
    path("edit/", views.own_exercise_edit, name="own_exercise_edit"),
    path("retire/", views.own_exercise_retire, name="own_exercise_retire"),
    path("restore/", views.own_exercise_restore, name="own_exercise_restore"),
    path("pictures/", picture_views.exercise_pictures, name="exercise_pictures"),
    path("pictures/drawing/", picture_views.exercise_drawing, name="exercise_drawing"),
    path("pictures/<int:picture_id>/", include(picture_urls)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("new/", views.own_exercise_create, name="own_exercise_create"),
    path("<int:exercise_id>/", include(exercise_urls)),
]
