"""Addresses of a case's chart and log, below the case."""

from django.urls import URLPattern, URLResolver, path

from programs.followup.progress import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("chart/", views.case_chart, name="case_chart"),
    path("measures/chart/", views.case_measures_chart, name="case_measures_chart"),
    path("log/", views.case_log, name="case_log"),
]
