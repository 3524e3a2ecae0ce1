"""Addresses of the safety screen, below the case."""

from django.urls import URLPattern, URLResolver, path

from patients.screening import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("safety-screen/", views.safety_screen, name="safety_screen"),
    path("red-flags/<int:answer_id>/clear/", views.red_flag_clear, name="red_flag_clear"),
]
