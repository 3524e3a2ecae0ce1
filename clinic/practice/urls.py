"""Addresses of a practice's settings and its team, below ``/practice/``."""

from django.urls import URLPattern, URLResolver, include, path

from clinic.practice import style_views, team_views, views

member_urls: list[URLPattern | URLResolver] = [
    path("end/", team_views.end_membership, name="end_membership"),
    path("restore/", team_views.restore_membership, name="restore_membership"),
    path("role/", team_views.change_role, name="change_role"),
]
invitation_urls: list[URLPattern | URLResolver] = [
    path("renew/", team_views.renew_invitation, name="renew_invitation"),
    path("withdraw/", team_views.withdraw_invitation, name="withdraw_invitation"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.practice_settings, name="practice_settings"),
    path("style/", style_views.style, name="style"),
    path("test-email/", views.send_test_email, name="send_test_email"),
    path("logo/", views.practice_logo, name="practice_logo"),
    path("logo/change/", views.change_logo, name="change_logo"),
    path("logo/remove/", views.remove_logo, name="remove_logo"),
    path("team/", team_views.team, name="team"),
    path("team/<int:membership_id>/", include(member_urls)),
    path("team/invitations/<int:invitation_id>/", include(invitation_urls)),
]
