"""Addresses of the clinicians' pages about programs, the catalogue and the rules."""

from django.urls import URLPattern, URLResolver, include, path

from programs.builder import program_views
from programs.builder.urls import program_urls
from programs.exercises import views as catalogue_views
from programs.exercises.pictures.urls import figure_urls
from programs.followup.alerts import views as followup_views
from programs.portal.door.views import robots

urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", robots, name="robots"),
    path("exercises/", catalogue_views.catalogue, name="catalogue"),
    path("exercises/", include("programs.exercises.own.urls")),
    path("exercises/wishes/", include("programs.exercises.wishes.urls")),
    path("exercises/<int:exercise_id>/", catalogue_views.catalogue_entry, name="catalogue_entry"),
    path("exercises/<int:exercise_id>/figures/", include(figure_urls)),
    path("rules/", catalogue_views.rule_list, name="rule_list"),
    path("cases/<uuid:case_id>/program/", program_views.program_create, name="program_create"),
    path("cases/<uuid:case_id>/", include("programs.followup.urls")),
    path("inbox/<int:alert_id>/apply/", followup_views.proposal_apply, name="proposal_apply"),
    path("inbox/<int:alert_id>/barriers/", followup_views.barriers_note, name="barriers_note"),
    path(
        "cases/<uuid:case_id>/signs/<slug:code>/clear/",
        followup_views.sign_clear,
        name="sign_clear",
    ),
    path(
        "cases/<uuid:case_id>/exercises/<slug:item>/reinstate/",
        followup_views.exercise_reinstate,
        name="exercise_reinstate",
    ),
    path("programs/<uuid:program_id>/", include(program_urls)),
]
