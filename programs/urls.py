"""Addresses of the clinicians' pages about programs, the catalogue and the rules."""

from django.urls import URLPattern, URLResolver, include, path

from programs import catalogue_views, figure_views, followup_views
from programs.builder import decision_views, issue_views, item_views, program_views
from programs.portal.views import robots

item_urls: list[URLPattern | URLResolver] = [
    path("", item_views.program_item, name="program_item"),
    path("remove/", item_views.program_item_remove, name="program_item_remove"),
    path("restore/", item_views.program_item_restore, name="program_item_restore"),
    path("move/", item_views.program_item_move, name="program_item_move"),
    path("accept/", decision_views.program_item_accept, name="program_item_accept"),
    path("override/", decision_views.program_item_override, name="program_item_override"),
    path("revoke/", decision_views.program_item_revoke, name="program_item_revoke"),
]

program_urls: list[URLPattern | URLResolver] = [
    path("", program_views.program, name="program"),
    path("search/", program_views.program_search, name="program_search"),
    path("details/", program_views.program_details, name="program_details"),
    path("template/", program_views.program_starter, name="program_starter"),
    path("add/", item_views.program_item_add, name="program_item_add"),
    path(
        "add/<int:exercise_id>/",
        decision_views.program_item_against,
        name="program_item_against",
    ),
    path("reorder/", item_views.program_reorder, name="program_reorder"),
    path("items/<uuid:item_id>/", include(item_urls)),
    path("issue/", issue_views.program_issue, name="program_issue"),
    path("amend/", program_views.program_amend, name="program_amend"),
    path("discard/", program_views.program_discard, name="program_discard"),
    path("end/", program_views.program_end, name="program_end"),
    path("patient-link/", include("programs.access_urls")),
    path("versions/", issue_views.program_versions, name="program_versions"),
    path(
        "versions/<int:version>/handout/",
        issue_views.prescription_handout,
        name="prescription_handout",
    ),
]

figure_urls: list[URLPattern | URLResolver] = [
    path(
        "<slug:side>/movement/<slug:named>/",
        figure_views.exercise_movement,
        name="exercise_movement",
    ),
    path(
        "<slug:side>/<int:frame>/<slug:named>/",
        figure_views.exercise_figure,
        name="exercise_figure",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", robots, name="robots"),
    path("exercises/", catalogue_views.catalogue, name="catalogue"),
    path("exercises/", include("programs.own.urls")),
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
