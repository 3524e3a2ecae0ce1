"""Addresses of the visits of a case."""

from django.urls import URLPattern, URLResolver, path

from patients.visits import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.visits, name="visits"),
    path("new/", views.visit_create, name="visit_create"),
    path("<int:visit_id>/", views.visit, name="visit"),
    path("<int:visit_id>/discard/", views.visit_discard, name="visit_discard"),
    path("<int:visit_id>/amend/", views.visit_amend, name="visit_amend"),
    path("<int:visit_id>/text/", views.visit_as_text, name="visit_as_text"),
]
