"""Address of the measures of a case."""

from django.urls import URLPattern, URLResolver, path

from patients.measures import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.case_measures, name="case_measures"),
]
