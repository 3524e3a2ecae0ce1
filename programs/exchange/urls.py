"""Addresses of what can be taken out."""

from django.urls import URLPattern, URLResolver, path

from programs.exchange import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("practice/data/export.zip", views.practice_export, name="practice_export"),
    path("patients/<uuid:patient_id>/record.zip", views.patient_export, name="patient_export"),
    path("cases/<uuid:case_id>/reports.csv", views.case_log_csv, name="case_log_csv"),
]
