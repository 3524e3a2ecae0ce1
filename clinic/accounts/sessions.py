"""The sessions of one person: noted as they begin, listed, and ended."""

from __future__ import annotations

import datetime as dt
import ipaddress
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from clinic.accounts.throttle import client_address
from clinic.models import SignedIn, User
from clinic.session_store import row_key

_BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
"""What each browser says of itself, those first that also name another."""
_SYSTEMS: Final = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "a Mac"), ("CrOS", "a Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownSession:
    """One line of the list."""

    pk: int
    browser: str
    place: str
    started_at: dt.datetime
    seen_at: dt.datetime
    is_this: bool


def browser_words(agent: str) -> str:
    """The browser and the system as people call them, from what the browser sends."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return f"{browser} on {system}" if system else browser


def rough_place(address: str) -> str:
    """The network that an address is in: enough to know it again, too little to find a person."""
    parsed = ipaddress.ip_address(address)
    bits = 16 if parsed.version == 4 else 32
    return str(ipaddress.ip_network((address, bits), strict=False).network_address)


def note_session(request: HttpRequest, user: User) -> None:
    """Write down that a session began here, and forget those of theirs that are over."""
    running = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    SignedIn.objects.filter(user=user).exclude(session_key__in=running).delete()
    if not request.session.session_key:
        request.session.save()
    SignedIn.objects.update_or_create(
        session_key=row_key(request.session.session_key),
        defaults={
            "user": user,
            "browser": browser_words(request.headers.get("User-Agent", "")),
            "place": rough_place(client_address(request)),
            "started_at": timezone.now(),
        },
    )


def sessions_of(request: HttpRequest, user: User) -> list[ShownSession]:
    """Those that are open; what is noted of those that are over is forgotten."""
    rows = {row.session_key: row for row in SignedIn.objects.filter(user=user)}
    found = Session.objects.filter(session_key__in=rows, expire_date__gt=timezone.now())
    open_ones = {
        session.session_key: session
        for session in found
        if session.get_decoded().get("_auth_user_hash") == user.get_session_auth_hash()
    }
    SignedIn.objects.filter(user=user).exclude(session_key__in=open_ones).delete()
    age = dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return [
        ShownSession(
            row.pk,
            row.browser,
            row.place,
            row.started_at,
            max(row.started_at, open_ones[key].expire_date - age),
            is_this=key == row_key(request.session.session_key),
        )
        for key, row in rows.items()
        if key in open_ones
    ]


def end_session(row: SignedIn) -> None:
    """End one session at once."""
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()


def end_others(request: HttpRequest, user: User) -> None:
    """End all but this one, those that are noted nowhere included."""
    user.end_sessions()
    update_session_auth_hash(request, user)
    SignedIn.objects.filter(user=user).delete()
    note_session(request, user)
