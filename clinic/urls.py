"""Every address of the site."""

from django.urls import include, path

from clinic import views
from clinic.accounts import views as account_views
from clinic.practice import team_views
from clinic.practice import views as practice_views

account = [
    path("sign-in/", account_views.sign_in, name="sign_in"),
    path("sign-out/", account_views.sign_out, name="sign_out"),
    path("change-password/", account_views.change_password, name="change_password"),
    path("forgot-password/", account_views.forgot_password, name="forgot_password"),
    path("forgot-password/sent/", account_views.forgot_password_sent, name="forgot_password_sent"),
    path("set-password/<uidb64>/<token>/", account_views.set_password, name="set_password"),
]

practice = [
    path("switch-practice/", views.switch_practice, name="switch_practice"),
    path("practice/", practice_views.practice_settings, name="practice_settings"),
    path("practice/test-email/", practice_views.send_test_email, name="send_test_email"),
    path("practice/logo/", practice_views.practice_logo, name="practice_logo"),
    path("practice/logo/change/", practice_views.change_logo, name="change_logo"),
    path("practice/logo/remove/", practice_views.remove_logo, name="remove_logo"),
    path("practice/team/", team_views.team, name="team"),
    path(
        "practice/team/<int:membership_id>/end/", team_views.end_membership, name="end_membership"
    ),
    path(
        "practice/team/<int:membership_id>/restore/",
        team_views.restore_membership,
        name="restore_membership",
    ),
    path("practice/team/<int:membership_id>/role/", team_views.change_role, name="change_role"),
    path(
        "practice/team/<int:membership_id>/link/",
        team_views.renew_invitation,
        name="renew_invitation",
    ),
]

urlpatterns = [
    path("healthz/", views.healthz, name="healthz"),
    *account,
    *practice,
    path("", include("patients.urls")),
    path("", include("programs.urls")),
    path("p/", include("programs.portal.urls")),
]
