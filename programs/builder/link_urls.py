"""Addresses of a program's patient link, below ``/programs/<program_id>/patient-link/``."""

from django.urls import URLPattern, URLResolver, path

from programs.builder import link_views as access_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", access_views.patient_access, name="patient_access"),
    path("renew/", access_views.patient_access_renew, name="patient_access_renew"),
    path("revoke/", access_views.patient_access_revoke, name="patient_access_revoke"),
]
