"""Addresses of handouts that are printed together."""

from django.urls import URLPattern, URLResolver, path

from programs.builder.several import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("handouts/", views.handouts, name="handouts"),
    path("cases/<uuid:case_id>/handouts/", views.case_handouts, name="case_handouts"),
    path("handouts/<slug:wanted>/", views.handouts_wait, name="handouts_wait"),
    path("handouts/<slug:picked>/pdf/", views.handouts_together, name="handouts_together"),
]
