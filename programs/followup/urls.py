"""Addresses of how a case goes: each room has its own list."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<uuid:case_id>/", include("programs.followup.progress.urls")),
    path("cases/<uuid:case_id>/", include("programs.followup.report.urls")),
    path("cases/<uuid:case_id>/", include("programs.followup.goals.urls")),
    path("cases/<uuid:case_id>/", include("programs.followup.review.urls")),
    path("overview/", include("programs.followup.lead.urls")),
    path("", include("programs.followup.alerts.urls")),
]
