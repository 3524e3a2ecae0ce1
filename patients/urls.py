"""Addresses of patients, their cases and the inbox: each room has its own list."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("patients.people.urls")),
    path("", include("patients.cases.urls")),
    path("", include("patients.inbox.urls")),
    path("", include("patients.oversight.urls")),
    path("cases/<uuid:case_id>/", include("patients.screening.urls")),
    path("cases/<uuid:case_id>/measures/", include("patients.measures.urls")),
    path("cases/<uuid:case_id>/visits/", include("patients.visits.urls")),
]
