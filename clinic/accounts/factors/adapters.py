"""What django-allauth asks this site: how somebody is signed in, what letters say, who may in."""

from __future__ import annotations

from io import BytesIO
from types import MappingProxyType
from typing import Any, Final

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from clinic.accounts.devices import remember_device
from clinic.accounts.factors.elsewhere import did_not_work
from clinic.accounts.factors.kept import passkeys_of
from clinic.accounts.sessions import note_session
from clinic.accounts.throttle import client_address
from clinic.models import User
from clinic.parsing.printable import unlinked
from clinic.sealed import seal, unsealed

_TOLD: Final = MappingProxyType(
    {
        "mfa/email/totp_activated": "An authenticator app has been added",
        "mfa/email/totp_deactivated": "The authenticator app has been removed",
        "mfa/email/recovery_codes_generated": "New recovery codes have been made",
        "mfa/email/webauthn_added": "A passkey has been added",
        "mfa/email/webauthn_removed": "A passkey has been removed",
        "socialaccount/email/account_connected": "The sign-in of a directory has been connected",
        "socialaccount/email/account_disconnected": "The sign-in of a directory has been removed",
    }
)
"""What an account's owner is told of when it changes, by allauth's name for the letter."""


class AccountAdapter(DefaultAccountAdapter):
    """Signing in, and the letters about it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody joins but by an invitation."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As our own counting sees it."""
        return client_address(request)

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session, and note where."""
        super().login(request, user)
        note_session(request, user)

    def post_login(
        self,
        request: HttpRequest,
        user: User,
        **kwargs: Any,
    ) -> HttpResponse:
        """On, and the account knows this device from now on, whichever way somebody came in."""
        response = super().post_login(request, user, **kwargs)
        remember_device(request, response, user.email)
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """What allauth has to say, except for what the page says itself."""
        if not (message_template or "").endswith(("/logged_in.txt", "/password_changed.txt")):
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The two letters of allauth's that this site sends, in our words."""
        name = unlinked(context["user"].get_short_name())
        if template_prefix == "account/email/password_reset_key":
            subject, template = (
                "Set your Homeward password",
                "clinic/accounts/set_password_email.txt",
            )
            link = context["password_reset_url"]
        else:
            subject = "Confirm your e-mail address"
            template = "clinic/accounts/factors/confirm_address_email.txt"
            link = context["activate_url"]
        send_mail(subject, render_to_string(template, {"name": name, "link": link}), None, [email])

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the site's public address, whatever name the request came by."""
        uid, _, token = key.partition("-")
        return settings.PUBLIC_URL + reverse("set_password", args=[uid, token])

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """On the site's public address, whatever name the request came by."""
        return settings.PUBLIC_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner that a way into their account has come or gone."""
        what = _TOLD.get(template_prefix)
        if what is None:
            return
        body = render_to_string(
            "clinic/accounts/factors/changed_email.txt",
            {
                "name": unlinked(user.get_short_name()),
                "what": what,
                "link": settings.PUBLIC_URL + reverse("forgot_password"),
            },
        )
        send_mail(what, body, None, [user.email])


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: secrets are sealed, and codes drawn by what draws the others here."""

    def encrypt(self, text: str) -> str:
        """Unreadable to whoever has the database alone."""
        return seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; empty, which matches no code, where its key is gone."""
        return unsealed(encrypted_text.encode()) or ""

    def build_totp_svg(self, url: str) -> str:
        """The square code for the app: black on white, also on a dark page."""
        drawn = BytesIO()
        code = segno.make(url, micro=False)
        code.save(drawn, kind="svg", scale=4, border=4, light="#fff", xmldecl=False)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """What a new passkey is called until somebody names it."""
        number = passkeys_of(user).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def _get_site_name(self) -> str:
        return "Homeward"


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Sign-in through a directory that the server's settings name."""

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Only within the domains of the directory that was asked: it vouches for nobody else."""
        domain = email.rpartition("@")[2].lower()
        return any(
            domain in directory.domains
            for directory in settings.OIDC_DIRECTORIES
            if directory.code == login.account.provider
        )

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Whoever has no account here, or is no address of the directory's, goes no further."""
        user = sociallogin.user if sociallogin.is_existing else None
        if user is None or not self.can_authenticate_by_email(sociallogin, user.email):
            page = render(request, "clinic/accounts/factors/directory_unknown.html", status=403)
            raise ImmediateHttpResponse(page)

    def get_requests_session(self) -> Any:
        """What asks the directory: nobody waits for ever for somebody else's server."""
        from clinic.accounts.factors.asking import DirectorySession

        return DirectorySession()

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Say it in our words, and nothing of what the directory said."""
        raise ImmediateHttpResponse(did_not_work(request))
