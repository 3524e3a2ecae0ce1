"""A program while a clinician works on it, and what was issued of it: frozen."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from patients.models import Case
from programs.exercises.dosage import Dosage
from programs.exercises.models import Exercise
from programs.exercises.sides import SIDES
from programs.prescriptions import photograph_models
from programs.prescriptions.picture_digests import without_pictures
from programs.prescriptions.picture_models import put_back
from programs.prescriptions.prescription import Prescription, PrescriptionError
from programs.prescriptions.sheet import Sheet, sheet_of


class Program(models.Model):
    """The exercises of one case: a working copy that is issued as numbered prescriptions.

    ``draft_open``: the working copy differs from, or precedes, what the patient has. ``revision``
    rises with every change, so that a stale tab is told. A case has one program that is not ended.

    ``plan``: the template in phases that it was begun from, as it was then, with the side that was
    chosen; ``phase``: which of them the working copy is, 0 for none. ``next_phase_on``: the day on
    which the next one is proposed; what is versioned says the weeks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="programs")
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True, max_length=4000)
    draft_open = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)
    review_on = models.DateField(null=True, blank=True)
    plan = models.JSONField(default=dict, blank=True)
    phase = models.PositiveSmallIntegerField(default=0)
    next_phase_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(fields=["id", "practice"], name="program_and_practice"),
            models.UniqueConstraint(
                fields=["case", "practice"],
                condition=Q(ended_at=None),
                name="one_open_program_a_case",
            ),
            models.CheckConstraint(condition=Q(phase=0) | ~Q(plan={}), name="phase_is_of_a_plan"),
        ]
        indexes = [
            # What a dashboard asks first: which reviews or phases are due, and which drafts wait.
            models.Index(
                F("practice"),
                Least("review_on", "next_phase_on"),
                condition=Q(ended_at=None, draft_open=False),
                name="programs_due",
            ),
            models.Index(
                fields=["practice", "-changed_at"],
                condition=Q(ended_at=None, draft_open=True),
                name="programs_drafts",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgramItemQuerySet(models.QuerySet["ProgramItem"]):
    """Sets of items of programs."""

    def active(self) -> ProgramItemQuerySet:
        """Items that have not been removed, in program order."""
        return self.filter(removed_at=None).order_by("position", "id")


class ProgramItem(models.Model):
    """One exercise in a program, with its dose.

    ``acknowledged``: keys ``rule@version:verdict:digest`` of the cautions and adaptations the
    clinician accepted; the digest covers the words and facts, so that a change asks again.
    ``modification``: the adaptation printed on the handout. Removing keeps the row for undo.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = InheritedPractice(parent="program")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="items")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    side = models.CharField(max_length=5, blank=True, choices=SIDES)
    dosage = models.JSONField(default=dict)
    preset = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True, max_length=2000)
    acknowledged = models.JSONField(default=list)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    modification = models.TextField(blank=True, max_length=1000)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ProgramItemQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["id", "practice"], name="item_and_practice"),
            models.UniqueConstraint(
                fields=["program", "exercise", "side", "practice"],
                condition=Q(removed_at=None),
                name="item_once_a_side",
            ),
            models.CheckConstraint(
                condition=Q(side__in=["", "left", "right"]), name="item_side_known"
            ),
        ]

    def dose(self) -> Dosage:
        """The structured dose; raises ``DosageError`` if the row was tampered with."""
        return Dosage.from_dict(self.dosage)


class OverrideQuerySet(models.QuerySet["Override"]):
    """Sets of overrides."""

    def standing(self) -> OverrideQuerySet:
        """Those that nobody has taken back, newest first."""
        return self.filter(revocation=None).select_related("revocation").order_by("-made_at")


class Override(models.Model):
    """A clinician's named, dated and limited decision to prescribe against a rule.

    ``rules``: the keys ``rule@version:verdict:digest`` overridden; a new or changed rule, or a
    changed fact, needs a new decision. Rows are only added: what takes one back is a row, too.
    """

    practice = InheritedPractice(parent="item")
    item = models.ForeignKey(ProgramItem, on_delete=models.PROTECT, related_name="overrides")
    rules = models.JSONField()
    side = models.CharField(max_length=5, blank=True, choices=SIDES)
    reason = models.TextField(max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_on = models.DateField()
    expires_on = models.DateField()

    objects = OverrideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "practice"], name="override_and_practice"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("made_on")), name="override_expires_after_made"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_reason"),
        ]

    @property
    def revoked_at(self) -> dt.datetime | None:
        """When it was taken back, if it was."""
        revocation: OverrideRevocation | None = getattr(self, "revocation", None)
        return revocation.revoked_at if revocation else None


class OverrideRevocation(models.Model):
    """A clinician took an override back. ``revoked_by`` is empty where no name was kept yet."""

    practice = InheritedPractice(parent="override")
    override = models.OneToOneField(Override, on_delete=models.PROTECT, related_name="revocation")
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(default=timezone.now)


class IssuedPrescription(models.Model):
    """Version n of a program, frozen; a database trigger forbids change and deletion.

    ``payload`` is :class:`programs.prescriptions.prescription.Prescription` as JSON, its drawings
    named by their digests (``FrozenPicture``), its photographs as well (``IssuedPhotograph``);
    ``digest`` is that of the whole, with all of them in their places. ``draft`` is the working copy
    it was made from, to start an amendment or discard one. ``issue_key`` comes from the form, so
    that a double click issues once.
    """

    practice = InheritedPractice(parent="program")
    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, db_index=False, related_name="prescriptions"
    )
    version = models.PositiveIntegerField()
    payload = models.JSONField()
    draft = models.JSONField()
    digest = models.CharField(max_length=64)
    issue_key = models.UUIDField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-version",)
        constraints = [
            models.UniqueConstraint(fields=["id", "practice"], name="prescription_and_practice"),
            models.UniqueConstraint(fields=["issue_key", "practice"], name="issued_once"),
            models.UniqueConstraint(
                fields=["program", "version", "practice"], name="version_once_a_program"
            ),
        ]

    def drawn_payload(self) -> dict[str, Any]:
        """``payload`` with its drawings, and its photographs by name; one query."""
        try:
            return put_back(self.practice_id, self.payload)
        except KeyError as error:
            raise PrescriptionError(f"the stored picture {error} is not there") from error

    def whole_payload(self) -> dict[str, Any]:
        """``payload`` as it was issued, with all its pictures; one query more for photographs.

        Raises ``StoreAwayError`` where a photograph lies in the bucket and cannot be had now.
        """
        try:
            return photograph_models.put_back(self, self.drawn_payload())
        except KeyError as error:
            raise PrescriptionError(f"the stored photograph {error} is not there") from error

    def prescription(self) -> Prescription:
        """The frozen value object; raises ``PrescriptionError`` if the row is damaged.

        ``StoreAwayError`` as for ``whole_payload``.
        """
        return Prescription.from_dict(self.whole_payload())

    def shown(self) -> Prescription:
        """The same for a page, which shows each photograph at an address of its own."""
        return Prescription.from_dict(self.drawn_payload())

    def words(self) -> Prescription:
        """The same without its pictures, for whoever shows none; no query."""
        return Prescription.from_dict(without_pictures(self.payload))

    @cached_property
    def sheet(self) -> Sheet:
        """The same arranged for paper and screen, worked out once for all who ask this row."""
        return sheet_of(self.prescription())
