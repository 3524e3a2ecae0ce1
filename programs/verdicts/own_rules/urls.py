"""Addresses of a practice's own say over the rules."""

from django.urls import URLPattern, URLResolver, path

from programs.verdicts.own_rules import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("rules/<slug:rule_id>/change/", views.rule_change, name="rule_change"),
]
