"""Every address of the site."""

from django.urls import include, path

from clinic import account_views, views

urlpatterns = [
    path("healthz/", views.healthz, name="healthz"),
    path("sign-in/", account_views.sign_in, name="sign_in"),
    path("sign-out/", account_views.sign_out, name="sign_out"),
    path("change-password/", account_views.change_password, name="change_password"),
    path("forgot-password/", account_views.forgot_password, name="forgot_password"),
    path("forgot-password/sent/", account_views.forgot_password_sent, name="forgot_password_sent"),
    path("set-password/<uidb64>/<token>/", account_views.set_password, name="set_password"),
    path("switch-practice/", views.switch_practice, name="switch_practice"),
    path("", include("patients.urls")),
    path("", include("programs.urls")),
    path("p/", include("programs.portal.urls")),
    path("", views.dashboard, name="dashboard"),
]
