"""Addresses of a program while it is built, issued and shared."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from programs.builder import (
    choice_views,
    copy_views,
    decision_views,
    dose_views,
    handout_views,
    issue_views,
    item_views,
    phase_views,
    program_views,
    swap_views,
    theirs_views,
)

item_urls: list[URLPattern | URLResolver] = [
    path("", item_views.program_item, name="program_item"),
    path("line/", dose_views.program_item_line, name="program_item_line"),
    path("swap/", swap_views.program_item_swap, name="program_item_swap"),
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
    path("take-back/", program_views.program_take_back, name="program_take_back"),
    path("add/", item_views.program_item_add, name="program_item_add"),
    path(
        "add/<int:exercise_id>/",
        decision_views.program_item_against,
        name="program_item_against",
    ),
    path("doses/", dose_views.program_doses, name="program_doses"),
    path("accept/", decision_views.program_accept, name="program_accept"),
    path("favourite/", theirs_views.program_favourite, name="program_favourite"),
    path("keep-template/", theirs_views.program_keep_starter, name="program_keep_starter"),
    path("reorder/", item_views.program_reorder, name="program_reorder"),
    path("items/<uuid:item_id>/", include(item_urls)),
    path("issue/", issue_views.program_issue, name="program_issue"),
    path("amend/", program_views.program_amend, name="program_amend"),
    path("discard/", program_views.program_discard, name="program_discard"),
    path("end/", program_views.program_end, name="program_end"),
    path("copy-from/", copy_views.program_copy_from, name="program_copy_from"),
    path("copy/", program_views.program_copy, name="program_copy"),
    path("phase/", phase_views.program_phase, name="program_phase"),
    path("patient-link/", include("programs.builder.link.urls")),
    path("versions/", issue_views.program_versions, name="program_versions"),
    path(
        "versions/<int:version>/restore/",
        copy_views.program_version_restore,
        name="program_version_restore",
    ),
    path(
        "versions/<int:version>/handout/",
        handout_views.prescription_handout,
        name="prescription_handout",
    ),
    path(
        "versions/<int:version>/print/",
        handout_views.handout_options,
        name="handout_options",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<uuid:case_id>/program/", program_views.program_create, name="program_create"),
    path("programs/<uuid:program_id>/", include(program_urls)),
    path("exercises/<int:exercise_id>/add/", choice_views.program_choice, name="program_choice"),
    path("", include("programs.builder.several.urls")),
]
