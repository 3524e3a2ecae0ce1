"""Addresses of the rules, below ``/rules/``."""

from django.urls import URLPattern, URLResolver, path

from programs.exercises.rulebook import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.rule_list, name="rule_list"),
    path("review/", views.rule_review, name="rule_review"),
    path("<slug:rule_id>/", views.rule, name="rule"),
]
