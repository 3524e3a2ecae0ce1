"""The device's cookie: which programs it has opened.

The device holds a random secret in it, and the database only its hash. The page's own address
carries the id of that grant, which is worth nothing without the cookie: the link's token is in no
address after the door, and two people who share a tablet each keep an address of their own.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from clinic.models import Practice
from clinic.side_by_side import columns_of, row_of
from patients.models import Case, Patient
from patients.vocabulary import shown_chain
from programs.access.models import DEVICE_DAYS, DeviceGrant, PatientAccess
from programs.portal.door.opening import Opened, _hash

MOST_GRANTS: Final = 6
"""Programs that one device opens at a time; one more pushes out the oldest."""


_READ: Final = (
    (DeviceGrant, "g"),
    (PatientAccess, "a"),
    (Case, "c"),
    (Patient, "p"),
    (Practice, "i"),
)
"""What is read of a device, and what the database's function calls the row of each table."""
_GRANT: Final = re.compile(r"([0-9a-f]{32})\.([A-Za-z0-9_-]{43})")


def cookie_name() -> str:
    """The cookie's name; browsers refuse one with this prefix that did not come over https."""
    return "__Secure-homeward-device" if settings.SESSION_COOKIE_SECURE else "homeward-device"


def remember(response: HttpResponse, request: HttpRequest, opened: Opened) -> None:
    """Give the device its secret, next to those it has for other people's programs."""
    kept = [pair for pair in _held(request) if pair[0] != opened.grant.pk]
    _write(response, [*kept[-(MOST_GRANTS - 1) :], (opened.grant.pk, opened.secret)])


def forget(response: HttpResponse, request: HttpRequest, grant: DeviceGrant) -> None:
    """End this grant and take its secret off the device; other people's stay."""
    left = [pair for pair in _held(request) if pair[0] != grant.pk]
    grant.delete()
    if left:
        _write(response, left)
    else:
        response.delete_cookie(cookie_name(), path=reverse("portal_code"), samesite="Lax")


def device(request: HttpRequest, device_id: uuid.UUID) -> DeviceGrant | None:
    """The grant of this id, if this device holds its secret and the link still stands."""
    return next(_valid(request, only=device_id), None)


def devices(request: HttpRequest) -> list[DeviceGrant]:
    """Everything this device may open, in the order it was opened."""
    return list(_valid(request))


def _valid(request: HttpRequest, only: uuid.UUID | None = None) -> Iterator[DeviceGrant]:
    held = {key: secret for key, secret in _held(request) if only in (None, key)}
    if not held:
        return
    grants = [_grant(key) for key in held]
    for grant in sorted((g for g in grants if g is not None), key=lambda g: g.created_at):
        if constant_time_compare(grant.secret_hash, _hash(held[grant.pk])):
            yield grant


def _grant(key: uuid.UUID) -> DeviceGrant | None:
    """The grant, while its link stands; read within its own case, as the database finds it."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [key, timezone.now()])
        found = cursor.fetchone()
    if found is None:
        return None
    answer = iter(found)
    rows: list[Any] = [row_of(model, answer) for model, _ in _READ]
    grant, access, of_case, patient, its_practice = rows
    grant.access, access.case = access, of_case
    of_case.patient, of_case.practice = patient, its_practice
    # Which body its pages show: known without a question of its own.
    of_case.symptom_chain = shown_chain(next(answer))
    told: DeviceGrant = grant
    return told


@cache
def _statement() -> str:
    columns = ", ".join(columns_of(model, f"(d.{table})") for model, table in _READ)
    return f"SELECT {columns}, d.conditions FROM programs_device_found(%s, %s) d"  # noqa: S608 - our own


def _held(request: HttpRequest) -> list[tuple[uuid.UUID, str]]:
    """The grants that the cookie names; anything in it that is none is passed over."""
    parts = request.COOKIES.get(cookie_name(), "")[:1000].split("~")
    found = (_GRANT.fullmatch(part) for part in parts[:MOST_GRANTS])
    return [(uuid.UUID(match[1]), match[2]) for match in found if match]


def _write(response: HttpResponse, pairs: list[tuple[uuid.UUID, str]]) -> None:
    """Set the cookie: this site's patient pages only, no script, 30 days.

    ``Lax`` and not ``Strict``: opened from a message in web mail, a strict cookie would stay
    behind, and the remembered device would be asked its year again and again. Reading a page
    changes nothing, and every form carries its own token.
    """
    response.set_cookie(
        cookie_name(),
        "~".join(f"{key.hex}.{secret}" for key, secret in pairs),
        max_age=dt.timedelta(days=DEVICE_DAYS),
        path=reverse("portal_code"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
