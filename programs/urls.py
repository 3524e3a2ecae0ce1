"""Addresses of the programs pages."""

from django.urls import URLPattern, URLResolver, include, path

from programs.portal.views import robots

urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", robots, name="robots"),
    path("programs/<uuid:program>/patient-link/", include("programs.access_urls")),
]
