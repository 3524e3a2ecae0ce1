"""Addresses of a practice's own templates, below ``/exercises/templates/``."""

from django.urls import URLPattern, URLResolver, path

from programs.exercises.theirs import template_views as views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.own_templates, name="own_templates"),
    path("<int:starter_id>/", views.own_template, name="own_template"),
    path("<int:starter_id>/remove/", views.own_template_retire, name="own_template_retire"),
    path("<int:starter_id>/bring-back/", views.own_template_restore, name="own_template_restore"),
]
