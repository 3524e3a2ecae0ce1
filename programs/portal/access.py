"""The door of the patient's page: who may pass, and which devices are remembered.

A link or a code leads to the door, the year of birth opens it. The device then holds a random
secret in a cookie, and the database only its hash. The page's own address carries the id of that
grant, which is worth nothing without the cookie: the link's token is in no address after the door,
and two people who share a tablet each keep an address of their own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from clinic import audit
from clinic.throttle import client_address
from patients.models import Case
from programs.models import DeviceGrant, IssuedPrescription, PatientAccess
from programs.models.access import DEVICE_DAYS, PatientAccessQuerySet
from programs.portal import throttle
from programs.sheet import Sheet, sheet_of

MOST_GRANTS: Final = 6
"""Programs that one device opens at a time; one more pushes out the oldest."""
_MOST_SHEETS: Final = 64
_MOST_PICTURES: Final = 32 * 1024 * 1024
"""Characters of pictures in the kept sheets, together."""
_sheets: Final[dict[uuid.UUID, Sheet]] = {}
_OWNERS: Final = uuid.UUID("0c6ad1de-5c1f-4f0e-9a0e-6a4f9c3b7d21")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_GRANT: Final = re.compile(r"([0-9a-f]{32})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Opened:
    """The year was right: the device is remembered by this grant and secret."""

    grant: DeviceGrant
    secret: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """The year does not match; ``left`` more tries before a wait."""

    left: int


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many wrong answers; the door opens again at ``until``."""

    until: dt.datetime

    @property
    def seconds(self) -> int:
        """How long the wait still is, in seconds, at least 1."""
        return max(1, int((self.until - timezone.now()).total_seconds()))

    @property
    def minutes(self) -> int:
        """The same in whole minutes, rounded up."""
        return -(-self.seconds // 60)


def doors() -> PatientAccessQuerySet:
    """Links that lead to a door: usable, and with something issued behind them.

    Unknown, revoked, expired and never issued are all told apart by the same one query, or rather
    not told apart at all.
    """
    issued = IssuedPrescription.objects.filter(program__case=OuterRef("case"))
    return PatientAccess.objects.usable().filter(
        Exists(issued), case__patient__archived_at__isnull=True
    )


def by_token(token: str) -> PatientAccess | None:
    """The link with this token, if its door is there."""
    return doors().filter(token=token if _TOKEN.fullmatch(token) else "").first()


def by_code(code: str, request: HttpRequest) -> PatientAccess | Locked | None:
    """The link with this code; None and one failure counted where there is no door for it."""
    key = throttle.address_key("code", client_address(request))
    if until := throttle.locked_until(key, throttle.CODE_LIMITS):
        return Locked(until)
    access = doors().filter(code=code).first()
    if access is None:
        throttle.count_failure(key)
    return access


def year_key(access: PatientAccess) -> str:
    """The key under which wrong years at this link are counted."""
    return throttle.link_key(access.pk, access.case.patient.date_of_birth.year)


def waiting(access: PatientAccess, request: HttpRequest) -> Locked | None:
    """The wait that this link, or this network address, still has to sit out."""
    ends = (
        throttle.locked_until(year_key(access), throttle.LINK_LIMITS),
        throttle.locked_until(_address_key(request), throttle.ADDRESS_LIMITS),
    )
    until = max((end for end in ends if end is not None), default=None)
    return Locked(until) if until else None


@transaction.atomic
def knock(access: PatientAccess, year: int, request: HttpRequest) -> Opened | Wrong | Locked:
    """Answer the door's question. A right year while waiting is refused like a wrong one.

    The link's row is locked meanwhile: knocks sent all at once are still counted one by one.
    """
    access = (
        PatientAccess.objects.select_for_update(of=("self",))
        .select_related("case__patient", "case__practice")
        .get(pk=access.pk)
    )
    if locked := waiting(access, request):
        return locked
    key = year_key(access)
    if access.case.patient.date_of_birth.year == year:
        throttle.forget_failures(key)
        return _grant(access)
    throttle.count_failure(key, _address_key(request))
    if locked := waiting(access, request):
        audit.record(
            practice=access.case.practice,
            actor=None,
            actor_label="patient",
            action="patient_access.locked",
            target=access,
        )
        return locked
    return Wrong(left=throttle.tries_left(key, throttle.LINK_LIMITS))


def _grant(access: PatientAccess) -> Opened:
    """Remember a device, and drop the ones whose time is over."""
    now = timezone.now()
    access.devices.filter(expires_at__lt=now).delete()
    secret = secrets.token_urlsafe(32)
    grant = DeviceGrant.objects.create(
        access=access,
        secret_hash=_hash(secret),
        expires_at=now + dt.timedelta(days=DEVICE_DAYS),
    )
    audit.record(
        practice=access.case.practice,
        actor=None,
        actor_label="patient",
        action="patient_access.opened",
        target=access,
    )
    return Opened(grant, secret)


def _address_key(request: HttpRequest) -> str:
    return throttle.address_key("address", client_address(request))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


# --- The device's cookie ----------------------------------------------------------------------


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
    now = timezone.now()
    grants = (
        DeviceGrant.objects.filter(
            pk__in=held,
            expires_at__gt=now,
            access__revoked_at=None,
            access__expires_at__gt=now,
            access__case__patient__archived_at=None,
        )
        .select_related("access__case__patient", "access__case__practice")
        .order_by("created_at")
    )
    for grant in grants:
        if constant_time_compare(grant.secret_hash, _hash(held[grant.pk])):
            yield grant


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


# --- What is behind the door --------------------------------------------------------------------


def latest_issued(access: PatientAccess, *, light: bool = False) -> IssuedPrescription | None:
    """The newest version of the newest program of this case that was ever issued.

    ``light`` leaves the content behind until it is asked for: a page of photos asks for each of
    them, and the sheet is most often kept.
    """
    return (
        IssuedPrescription.objects.filter(program__case=access.case_id)
        .select_related("program")
        .defer("draft", *(["payload"] if light else []))
        .order_by("-program__created_at", "-version")
        .first()
    )


def version_named(access: PatientAccess, name: str) -> IssuedPrescription | None:
    """The version of this case that a page names by its key, in force or not; None: no such one."""
    key = int(name) if re.fullmatch(r"[0-9]{1,9}", name) else 0
    found = IssuedPrescription.objects.filter(program__case=access.case_id, pk=key)
    return found.select_related("program").first()


def sheet(issued: IssuedPrescription) -> Sheet:
    """What was issued, arranged for the page; read once, since it never changes."""
    if (known := _sheets.get(issued.issue_key)) is None:
        if len(_sheets) >= _MOST_SHEETS or sum(map(_pictures, _sheets.values())) > _MOST_PICTURES:
            _sheets.clear()
        known = _sheets[issued.issue_key] = sheet_of(issued.prescription())
    return known


def _pictures(known: Sheet) -> int:
    """How many characters of photos, drawings and movements a sheet holds."""
    items = [e.item for e in known.exercises]
    return sum(
        len(item.motion) + sum(len(f.image) + len(f.svg) for f in item.figures) for item in items
    )


def owner_of(case: Case) -> str:
    """A name for the case that a device files its own memory under; it opens nothing.

    The same over every link, device and key of the site, so that answers that waited while a door
    was closed are sent when the same person opens the next one. The moment tells cases apart whose
    numbers came again, as after a fresh start of a trial site.
    """
    return str(uuid.uuid5(_OWNERS, f"{case.pk} {case.patient.created_at.isoformat()}"))


def is_paused(case: Case) -> bool:
    """Whether a red flag on the record stops this case until a clinician clears it."""
    return case.answers.open_stops().exists()
