"""The patient's door: a link and a short code, and the devices it remembers.

Who helps a patient has a link and a code of their own to the same program.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.models import User
from clinic.models.owned import InheritedPractice
from clinic.models.secret import SealedText, SecretHash
from patients.models import Case
from patients.models.columns import HELPER_IS_LENGTH, HELPER_NAME_LENGTH

CODE_ALPHABET = "3479ABCDEFGHJKMNPRSTWXYZ"
"""One of each pair that looks alike, at most: no 2 (Z), 5 (S), 6 (G), 8 (B), U or V (Y), and
neither 0, O nor Q, neither 1, I nor L. Eight of these are 37 bits, behind a throttled door."""
LINK_CODE_LENGTH = 8
DEVICE_DAYS = 30
LINK_DAYS = 400


def new_token() -> str:
    """256 bits for a link nobody can guess."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A code short enough to type, used only behind a throttled door."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(LINK_CODE_LENGTH))


def link_expiry() -> dt.datetime:
    """A new link's last moment."""
    return timezone.now() + dt.timedelta(days=LINK_DAYS)


class PatientAccessQuerySet(models.QuerySet["PatientAccess"]):
    """Sets of links."""

    def usable(self) -> PatientAccessQuerySet:
        """Links that are neither revoked nor expired."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def of_patients(self) -> PatientAccessQuerySet:
        """The patients' own links, without those of who helps them."""
        return self.filter(helper="")

    def of_helpers(self) -> PatientAccessQuerySet:
        """The links of who helps a patient."""
        return self.exclude(helper="")

    def ensure(self, *, case: Case, by: User) -> PatientAccess:
        """The case's standing link, made where there is none; its end moves out to a year ahead.

        Called at every issue: the link on last year's paper goes on opening the new version. So
        do the links of who helps.
        """
        access, made = self.get_or_create(
            case=case, helper="", revoked_at=None, defaults={"created_by": by}
        )
        if not made:
            access.expires_at = link_expiry()
            self.filter(case=case, revoked_at=None).update(expires_at=access.expires_at)
        return access


class PatientAccess(models.Model):
    """One link to a case's program, the same across versions until revoked and renewed.

    ``helper`` and ``helper_is``: whose it is where it is not the patient's own, such as Dora, who
    is a daughter.
    """

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="accesses")
    token = SealedText(default=new_token)
    token_hash = SecretHash(of="token")
    code = SealedText(default=new_code)
    code_hash = SecretHash(of="code", short=True)
    helper = models.CharField(max_length=HELPER_NAME_LENGTH, blank=True, default="", db_default="")
    helper_is = models.CharField(max_length=HELPER_IS_LENGTH, blank=True, default="", db_default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=link_expiry)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PatientAccessQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "practice"], name="link_and_practice"),
            models.UniqueConstraint(
                fields=["case", "practice"],
                condition=Q(revoked_at=None, helper=""),
                name="one_own_link_a_case",
            ),
            models.UniqueConstraint(
                fields=["case", "helper", "helper_is", "practice"],
                condition=Q(revoked_at=None) & ~Q(helper=""),
                name="one_link_a_helper",
            ),
        ]

    def __str__(self) -> str:
        return f"Link {self.pk}"

    @property
    def is_usable(self) -> bool:
        """Whether the link opens the door now: neither revoked nor expired."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def helper_words(self) -> str:
        """Who it is that helps: ``Dora (daughter)``; empty for the patient."""
        return f"{self.helper} ({self.helper_is})" if self.helper_is else self.helper

    @property
    def whose(self) -> str:
        """Who comes in by it, as the record of who did what says it."""
        return "helper" if self.helper else "patient"


class DeviceGrant(models.Model):
    """A device that has passed the door; its cookie holds the secret, the row only its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = InheritedPractice(parent="access")
    access = models.ForeignKey(PatientAccess, on_delete=models.PROTECT, related_name="devices")
    secret_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Device of link {self.access_id}"
