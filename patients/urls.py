"""Addresses of the patients pages."""

from django.urls import URLPattern, URLResolver, include, path

from patients.cases import views as case_views
from patients.inbox import views as inbox_views
from patients.people import views
from patients.screening import views as screen_views

patient_urls: list[URLPattern | URLResolver] = [
    path("", views.patient, name="patient"),
    path("edit/", views.patient_edit, name="patient_edit"),
    path("archive/", views.patient_archive, name="patient_archive"),
    path("restore/", views.patient_restore, name="patient_restore"),
    path("new-case/", case_views.case_create, name="case_create"),
]

case_urls: list[URLPattern | URLResolver] = [
    path("", case_views.case, name="case"),
    path("edit/", case_views.case_edit, name="case_edit"),
    path("history/", case_views.case_history, name="case_history"),
    path("close/", case_views.case_close, name="case_close"),
    path("reopen/", case_views.case_reopen, name="case_reopen"),
    path("safety-screen/", screen_views.safety_screen, name="safety_screen"),
    path("red-flags/<int:answer_id>/clear/", screen_views.red_flag_clear, name="red_flag_clear"),
]

alert_urls: list[URLPattern | URLResolver] = [
    path("acknowledge/", inbox_views.alert_acknowledge, name="alert_acknowledge"),
    path("snooze/", inbox_views.alert_snooze, name="alert_snooze"),
    path("wake/", inbox_views.alert_wake, name="alert_wake"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.dashboard, name="dashboard"),
    path("inbox/", inbox_views.inbox, name="inbox"),
    path("inbox/<int:alert_id>/", include(alert_urls)),
    path("patients/", views.patient_list, name="patient_list"),
    path("patients/new/", views.patient_create, name="patient_create"),
    path("patients/<uuid:patient_id>/", include(patient_urls)),
    path("cases/<uuid:case_id>/", include(case_urls)),
]
