"""Addresses of a practice's own say over the rules."""

from django.urls import URLPattern, URLResolver, path

from programs.verdicts.own_rules import exchange_views, made_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("rules/own/new/", made_views.made_rule_create, name="made_rule_create"),
    path("rules/own/exchange/", exchange_views.made_rule_exchange, name="made_rule_exchange"),
    path("rules/<slug:rule_id>/edit/", made_views.made_rule_edit, name="made_rule_edit"),
    path("rules/<slug:rule_id>/change/", views.rule_change, name="rule_change"),
]
