"""The devices that an account has been used on: they are not held up by what strangers try.

A device keeps a signed note of the accounts that have signed in on it. It opens nothing: it only
says which tries at a password are counted apart from everybody else's.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

_SALT: Final = "homeward.known-device"
_AGE: Final = dt.timedelta(days=365)
_MOST: Final = 8
"""Accounts that one device remembers; one more pushes out the oldest."""

_Note = dict[str, str]


def known_cookie_name() -> str:
    """The cookie's name; browsers refuse one with this prefix that did not come over https."""
    return "__Host-known" if settings.SESSION_COOKIE_SECURE else "known"


def known_device(request: HttpRequest, account: str) -> str:
    """This device's name for the account; empty where it has never signed in here."""
    return _note(request).get(_mark(account), "")


def remember_device(request: HttpRequest, response: HttpResponseBase, account: str) -> None:
    """From now on the account knows this device."""
    note, mark = _note(request), _mark(account)
    device = note.pop(mark, "") or secrets.token_urlsafe(12)
    kept = {**dict(list(note.items())[-(_MOST - 1) :]), mark: device}
    response.set_cookie(
        known_cookie_name(),
        signing.dumps(kept, salt=_SALT),
        max_age=_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(account: str) -> str:
    """The account as the note names it, so that a borrowed browser tells no addresses."""
    return salted_hmac(_SALT, account, algorithm="sha256").hexdigest()[:24]


def _note(request: HttpRequest) -> _Note:
    try:
        note = signing.loads(
            request.COOKIES.get(known_cookie_name(), "")[:4000], salt=_SALT, max_age=_AGE
        )
    except signing.BadSignature:
        return {}
    return dict(note)
