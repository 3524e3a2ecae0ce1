"""The door of the patient's page: a link or a code leads to it, the year of birth opens it.

Whoever passes gets a grant for this device, which ``programs.portal.door.cookie`` remembers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import uuid
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from clinic import audit, wall
from clinic.accounts.throttle import client_address
from clinic.guesses.counting import (
    FOR_GOOD,
    Budget,
    Closed,
    closed_for,
    forget,
    take,
    tries_left,
)
from clinic.models.secret import code_hashes, token_hash
from clinic.wall import passages
from patients.models import Case
from programs.access import throttle
from programs.access.models import DEVICE_DAYS, DeviceGrant, PatientAccess, PatientAccessQuerySet
from programs.prescriptions.models import IssuedPrescription

_OWNERS: Final = uuid.UUID("0c6ad1de-5c1f-4f0e-9a0e-6a4f9c3b7d21")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


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
    def is_for_good(self) -> bool:
        """Whether only a new link opens it."""
        return self.until == FOR_GOOD

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
    """The link with this token, if its door is there; its case is open from here on."""
    token = token if _TOKEN.fullmatch(token) else ""
    found = token_hash(token)
    open_case(passages.case_of_token(found))
    return doors().filter(token_hash=found).first()


def by_code(code: str, request: HttpRequest) -> PatientAccess | Locked | None:
    """The link with this code; None and one try less where there is no door for it."""
    tried = take(*throttle.codes_from(client_address(request)))
    if isinstance(tried, Closed):
        return Locked(tried.until)
    hashes = code_hashes(code)
    open_case(passages.case_of_code(hashes))
    access = doors().filter(code_hash__in=hashes).first()
    if access is not None:
        tried.give_back()
    return access


def open_case(whose: passages.Whose | None) -> None:
    """Let the request see this case and nothing else, if there is one."""
    if whose is not None:
        practice, case = whose
        wall.enter(practice=practice, case=case)


def waiting(access: PatientAccess, request: HttpRequest) -> Locked | None:
    """The wait that this link, or this network address, still has to sit out."""
    until = closed_for(*_years(access, request))
    return Locked(until) if until else None


def knock(access: PatientAccess, year: int, request: HttpRequest) -> Opened | Wrong | Locked:
    """Answer the door's question. A right year while waiting is refused like a wrong one.

    A right one takes back the wrong ones from the same place: they were slips of the same hand.
    """
    at_link, from_here = _years(access, request)
    tried = take(at_link, from_here, place=from_here.key)
    if isinstance(tried, Closed):
        return Locked(tried.until)
    if access.case.patient.date_of_birth.year == year:
        tried.give_back()
        forget(at_link.key, place=from_here.key)
        return _grant(access)
    if locked := waiting(access, request):
        audit.record(
            practice=access.case.practice,
            actor=None,
            actor_label=access.whose,
            action="patient_access.locked",
            target=access,
        )
        return locked
    return Wrong(left=tries_left(at_link.key, at_link.limits))


def _years(access: PatientAccess, request: HttpRequest) -> tuple[Budget, Budget]:
    return throttle.years_at(access), throttle.years_from(client_address(request))


@transaction.atomic
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
        actor_label=access.whose,
        action="patient_access.opened",
        target=access,
    )
    return Opened(grant, secret)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


# --- The device's cookie ----------------------------------------------------------------------


# --- What is behind the door --------------------------------------------------------------------


def owner_of(case: Case, helper: str = "") -> str:
    """A name for the case that a device files its own memory under; it opens nothing.

    The same over every link, device and key of the site, so that answers that waited while a door
    was closed are sent when the same person opens the next one. The moment tells cases apart whose
    numbers came again, as after a fresh start of a trial site. What somebody who helps has told
    waits apart: it is theirs, also on a device that they share with the patient.
    """
    name = f"{case.pk} {case.created_at.isoformat()}"
    return str(uuid.uuid5(_OWNERS, f"{name} {helper}" if helper else name))


def is_paused(case: Case) -> bool:
    """Whether a red flag on the record stops this case until a clinician clears it."""
    # Most cases have nothing that may; the whole question takes longer to write than to answer.
    return case.answers.may_stop().exists() and case.answers.open_stops().exists()
