"""Addresses of what a practice adds to the catalogue, below ``/exercises/``."""

from django.urls import URLPattern, URLResolver, include, path

from programs.exercises.own import quick_views, views

exercise_urls: list[URLPattern | URLResolver] = [
    path("copy/", views.own_exercise_copy, name="own_exercise_copy"),
    path("edit/", views.own_exercise_edit, name="own_exercise_edit"),
    path("retire/", views.own_exercise_retire, name="own_exercise_retire"),
    path("restore/", views.own_exercise_restore, name="own_exercise_restore"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("new/", quick_views.own_exercise_create, name="own_exercise_create"),
    path("new/in-full/", views.own_exercise_in_full, name="own_exercise_in_full"),
    path("<int:exercise_id>/", include(exercise_urls)),
]
