"""Addresses of the second factor and of a directory, by the names that allauth looks for."""

from django.urls import URLPattern, URLResolver, path

from clinic.accounts.factors import views

entrance_urls: list[URLPattern | URLResolver] = [
    path("second-factor/", views.authenticate, name="mfa_authenticate"),
    path("passkey/", views.passkey_login, name="mfa_login_webauthn"),
    path("address/", views.address_letter, name="account_email_verification_sent"),
    path("address/<str:key>/", views.confirm_address, name="account_confirm_email"),
    path("closed/", views.account_inactive, name="account_inactive"),
    path("directory/cancelled/", views.directory_cancelled, name="socialaccount_login_cancelled"),
    path("directory/<str:provider_id>/", views.directory_login, name="openid_connect_login"),
    path(
        "directory/<str:provider_id>/back/",
        views.directory_callback,
        name="openid_connect_callback",
    ),
]
security_urls: list[URLPattern | URLResolver] = [
    path("", views.security, name="mfa_index"),
    path("app/", views.add_app, name="mfa_activate_totp"),
    path("app/remove/", views.remove_app, name="mfa_deactivate_totp"),
    path("passkeys/", views.key_list, name="mfa_list_webauthn"),
    path("passkeys/add/", views.add_key, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", views.remove_key, name="mfa_remove_webauthn"),
    path("codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/file/", views.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("again/", views.reauthenticate, name="account_reauthenticate"),
    path("again/code/", views.reauthenticate_by_code, name="mfa_reauthenticate"),
    path("again/passkey/", views.reauthenticate_by_key, name="mfa_reauthenticate_webauthn"),
]
