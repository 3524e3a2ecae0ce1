"""Addresses of a program's patient link, below ``/programs/<program_id>/patient-link/``."""

from django.urls import URLPattern, URLResolver, path

from programs.builder.link import helper_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.patient_access, name="patient_access"),
    path("renew/", views.patient_access_renew, name="patient_access_renew"),
    path("send/", views.patient_access_send, name="patient_access_send"),
    path("revoke/", views.patient_access_revoke, name="patient_access_revoke"),
    path("helpers/", helper_views.patient_helpers, name="patient_helpers"),
    path(
        "helpers/<int:access_id>/close/",
        helper_views.patient_helper_close,
        name="patient_helper_close",
    ),
]
