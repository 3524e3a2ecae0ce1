"""Addresses of the clinicians' pages about programs: each room has its own list."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("programs.exercises.urls")),
    path("", include("programs.verdicts.own_rules.urls")),
    path("", include("programs.builder.urls")),
    path("", include("programs.followup.urls")),
    path("", include("programs.exchange.urls")),
]
