"""Addresses of a case."""

from django.urls import URLPattern, URLResolver, include, path

from patients.cases import views

_case_urls: list[URLPattern | URLResolver] = [
    path("", views.case, name="case"),
    path("edit/", views.case_edit, name="case_edit"),
    path("history/", views.case_history, name="case_history"),
    path("timeline/", views.case_timeline, name="case_timeline"),
    path("close/", views.case_close, name="case_close"),
    path("reopen/", views.case_reopen, name="case_reopen"),
    path("archive/", views.case_archive, name="case_archive"),
    path("restore/", views.case_restore, name="case_restore"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("patients/<uuid:patient_id>/new-case/", views.case_create, name="case_create"),
    path("cases/<uuid:case_id>/", include(_case_urls)),
]
