"""Another address to sign in with: asked for by who is signed in, agreed to in the new mailbox.

Whether the new address has an account already is told only to whoever reads what comes there. A
link ends with a new password, with signing out everywhere else, with a change, and after a day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from clinic import audit, wall
from clinic.accounts.factors.kept import note_address
from clinic.models import Membership, SignedIn, User
from clinic.outcomes import Refused
from clinic.parsing.printable import unlinked

_SALT: Final = "homeward.new-address"
_AGE: Final = dt.timedelta(days=1)
_GONE: Final = "This link has been used, or holds no longer."
_TAKEN: Final = "Another account signs in with this address already. Nothing has been changed."


@dataclass(frozen=True, slots=True)
class AddressMove:
    """What a link in a letter asks: that this account is signed in to with this address."""

    user: User
    address: str


def ask_for_address(*, user: User, address: str) -> None:
    """Write to the new address with a link, and to the old one that it was asked for."""
    address = User.objects.normalize_email(address)
    token = new_address_token(user, address)
    _letter(
        "Confirm your new address", "clinic/accounts/new_address_email.txt", user, address,
        link=settings.PUBLIC_URL + reverse("confirm_new_address", args=[token]),
    )  # fmt: skip
    _letter(
        "Somebody asked for another address", "clinic/accounts/address_asked_email.txt",
        user, user.email,
        link=settings.PUBLIC_URL + reverse("forgot_password"),
    )  # fmt: skip


def new_address_token(user: User, address: str) -> str:
    """What the link in the letter carries."""
    return signing.dumps([user.pk, address, _state(user)], salt=_SALT)


def move_of(token: str) -> AddressMove | None:
    """What this link asks; None where it holds no longer."""
    try:
        number, address, state = signing.loads(token, salt=_SALT, max_age=_AGE)
    except (signing.BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=number, is_active=True).first()
    return AddressMove(user, address) if user is not None and _state(user) == state else None


@transaction.atomic
def move_account(*, token: str) -> User:
    """The yes from the new mailbox: the address changes, and every session of the account ends.

    ``Refused`` where the link holds no longer, or another account has the address.
    """
    asked = move_of(token)
    user = User.objects.select_for_update().get(pk=asked.user.pk) if asked else None
    # Of two answers at once the second finds that the first has changed it.
    if asked is None or user is None or move_of(token) is None:
        raise Refused(_GONE)
    before = user.email
    try:
        with transaction.atomic():
            user.email = asked.address
            user.save(update_fields=["email"])
    except IntegrityError:
        raise Refused(_TAKEN) from None
    EmailAddress.objects.filter(user=user).delete()
    note_address(user, confirmed=True)
    user.end_sessions()
    SignedIn.objects.filter(user=user).delete()
    _record(user)
    _letter(
        "Your address has been changed", "clinic/accounts/address_changed_email.txt", user, before
    )
    return user


def _state(user: User) -> str:
    """Names the account as it is now, and tells nothing of it."""
    text = f"{user.email} {user.password} {user.session_epoch}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _record(user: User) -> None:
    """Each practice has on record that this member's address is another now."""
    wall.enter(user=user.pk)
    mine = list(Membership.objects.filter(user=user).select_related("practice"))
    for membership in mine:
        with wall.within(membership.practice_id):
            audit.record(
                practice=membership.practice,
                actor=user,
                action="account.address",
                target=membership,
            )


def _letter(subject: str, template: str, user: User, address: str, *, link: str = "") -> None:
    context = {"name": unlinked(user.get_short_name()), "link": link}
    body = render_to_string(template, context)
    send_mail(subject, body, None, [address])
