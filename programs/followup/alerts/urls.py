"""Addresses of what is done about an alert."""

from django.urls import URLPattern, URLResolver, include, path

from programs.followup.alerts import views

case_urls: list[URLPattern | URLResolver] = [
    path("signs/<slug:code>/clear/", views.sign_clear, name="sign_clear"),
    path("exercises/<slug:item>/reinstate/", views.exercise_reinstate, name="exercise_reinstate"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/<int:alert_id>/apply/", views.proposal_apply, name="proposal_apply"),
    path("inbox/<int:alert_id>/barriers/", views.barriers_note, name="barriers_note"),
    path("cases/<uuid:case_id>/", include(case_urls)),
]
