"""Addresses of signing in and of passwords."""

from django.urls import URLPattern, URLResolver, include, path

from clinic.accounts import account_views, address_views, joining_views, views
from clinic.accounts.factors.urls import entrance_urls, security_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.sign_in, name="sign_in"),
    # The name by which allauth looks for it.
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/", include(entrance_urls)),
    path("account/security/", include(security_urls)),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("change-password/", views.change_password, name="change_password"),
    path("forgot-password/", views.forgot_password, name="forgot_password"),
    path("forgot-password/sent/", views.forgot_password_sent, name="forgot_password_sent"),
    path("set-password/<uidb36>/<key>/", views.set_password, name="set_password"),
    # The name by which allauth looks for it.
    path(
        "set-password/<uidb36>/<key>/", views.set_password, name="account_reset_password_from_key"
    ),
    path("invitation/<str:token>/", joining_views.invitation, name="invitation"),
    path("account/", account_views.account, name="account"),
    path("account/address/", address_views.change_address, name="change_address"),
    path(
        "account/address/<str:token>/",
        address_views.confirm_new_address,
        name="confirm_new_address",
    ),
    path("account/sessions/end/", account_views.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<int:signed_in_id>/end/", account_views.end_session, name="end_session"),
]
