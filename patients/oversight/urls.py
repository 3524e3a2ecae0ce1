"""Addresses of who did what."""

from django.urls import URLPattern, URLResolver, path

from patients.oversight import erase_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("practice/data/", views.data_and_access, name="data_and_access"),
    path("practice/data/access/", views.access_record, name="access_record"),
    path("practice/data/access.csv", views.access_record_csv, name="access_record_csv"),
    path("practice/data/access.json", views.access_record_fhir, name="access_record_fhir"),
    path("practice/data/photographs/", erase_views.photographs_erase, name="photographs_erase"),
    path("patients/<uuid:patient_id>/erase/", erase_views.patient_erase, name="patient_erase"),
    path("cases/<uuid:case_id>/who-looked/", views.case_looks, name="case_looks"),
]
