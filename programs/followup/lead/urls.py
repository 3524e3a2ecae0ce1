"""Addresses of the overview for whoever leads the practice."""

from django.urls import URLPattern, URLResolver, path

from programs.followup.lead import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.practice_overview, name="practice_overview"),
    path("table.csv", views.practice_overview_csv, name="practice_overview_csv"),
]
