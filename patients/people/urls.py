"""Addresses of the dashboard and of patients."""

from django.urls import URLPattern, URLResolver, include, path

from patients.people import merge_views, palette_views, views
from patients.people.arriving.views import patient_import

patient_urls: list[URLPattern | URLResolver] = [
    path("", views.patient, name="patient"),
    path("edit/", views.patient_edit, name="patient_edit"),
    path("archive/", views.patient_archive, name="patient_archive"),
    path("restore/", views.patient_restore, name="patient_restore"),
    path("merge/", merge_views.patient_merge_find, name="patient_merge_find"),
    path("merge/<uuid:other_id>/", merge_views.patient_merge, name="patient_merge"),
    path(
        "merges/<int:merge_id>/take-back/",
        merge_views.patient_merge_return,
        name="patient_merge_return",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.dashboard, name="dashboard"),
    path("find/", palette_views.find, name="find"),
    path("patients/", views.patient_list, name="patient_list"),
    path("patients/new/", views.patient_create, name="patient_create"),
    path("patients/import/", patient_import, name="patient_import"),
    path("patients/<uuid:patient_id>/", include(patient_urls)),
]
