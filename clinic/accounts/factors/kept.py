"""What allauth keeps of a person: second factors, and whether their address is confirmed."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from clinic.models import User


def passkeys_of(user: User) -> QuerySet[Authenticator]:
    """Their passkeys."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)


def has_app(user: User) -> bool:
    """Whether an app's codes are asked of them."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def note_address(user: User, *, confirmed: bool) -> None:
    """Keep whether it has been shown that what comes to their address is read by them."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"primary": True, "verified": confirmed}
    )
