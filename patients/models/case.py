"""One episode of care."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.addresses import address_of
from patients import vocabulary
from patients.models.case_reading import CaseReading
from patients.models.columns import CODE_LENGTH
from patients.models.patient import Patient
from patients.models.querysets import CaseQuerySet
from patients.response.facts import KNOWN_SIDES
from patients.vocabulary import Answer, Birth, Irritability, Preference, WeightBearing


class Case(CaseReading, models.Model):
    """One episode of care: what the rules judge exercises against.

    ``practice`` repeats the patient's, so that ``request.practice.cases`` is one plain filter; a
    foreign key of the database over both columns keeps the two equal (migration 0002).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey("clinic.Practice", on_delete=models.PROTECT, related_name="cases")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="cases")
    title = models.CharField(max_length=120)
    clinician = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_on = models.DateField()
    #: The moment the row was made, which never changes, whatever record the case moves to.
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    #: Put away by itself, off the lists and read-only, until somebody brings it back.
    archived_at = models.DateTimeField(null=True, blank=True)
    pregnant = models.CharField(max_length=10, default=Answer.UNKNOWN.value)
    due_date = models.DateField(null=True, blank=True)
    gave_birth = models.CharField(max_length=10, default=Answer.UNKNOWN.value)
    birth_on = models.DateField(null=True, blank=True)
    birth = models.CharField(max_length=12, blank=True, default="")
    directional_preference = models.CharField(max_length=16, default=Preference.UNTESTED.value)
    preference_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    preference_recorded_on = models.DateField(null=True, blank=True)
    irritability = models.CharField(max_length=10, default=Irritability.UNKNOWN.value)
    resources = ArrayField(models.CharField(max_length=CODE_LENGTH), default=list, blank=True)
    #: The surgeon's order for each leg; empty: none on file.
    weight_bearing_left = models.CharField(max_length=16, blank=True, default="")
    weight_bearing_right = models.CharField(max_length=16, blank=True, default="")
    baseline_pain = models.PositiveSmallIntegerField(null=True, blank=True)
    baseline_left = models.CharField(max_length=20, blank=True)
    baseline_right = models.CharField(max_length=20, blank=True)
    baseline_walking_left = models.CharField(max_length=20, blank=True)
    baseline_walking_right = models.CharField(max_length=20, blank=True)
    #: Known weakness and numbness, stable since: a side, "none" or nothing recorded.
    baseline_weakness = models.CharField(max_length=12, blank=True)
    baseline_numbness = models.CharField(max_length=12, blank=True)
    goals = models.TextField(max_length=2000, blank=True)
    #: Goes up by one at each change of facts, so that a page loaded earlier is noticed.
    revision = models.PositiveIntegerField(default=1, editable=False)
    facts_changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opened_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "practice"], name="case_and_practice"),
            models.CheckConstraint(name="case_has_title", condition=Q(title__regex=r"\S")),
            models.CheckConstraint(
                name="case_archived_when_closed",
                condition=Q(archived_at=None) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_pregnant_known", condition=Q(pregnant__in=[v.value for v in Answer])
            ),
            models.CheckConstraint(
                name="case_due_date_when_pregnant",
                condition=Q(pregnant=Answer.YES.value, due_date__isnull=False)
                | (~Q(pregnant=Answer.YES.value) & Q(due_date__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_birth_known", condition=Q(gave_birth__in=[v.value for v in Answer])
            ),
            models.CheckConstraint(
                name="case_birth_date_when_born",
                condition=Q(gave_birth=Answer.YES.value, birth_on__isnull=False)
                | (~Q(gave_birth=Answer.YES.value) & Q(birth_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_way_of_birth_known",
                condition=Q(birth__in=["", *(v.value for v in Birth)]),
            ),
            models.CheckConstraint(
                name="case_weight_bearing_known",
                condition=Q(weight_bearing_left__in=["", *(v.value for v in WeightBearing)])
                & Q(weight_bearing_right__in=["", *(v.value for v in WeightBearing)]),
            ),
            models.CheckConstraint(
                name="case_preference_known",
                condition=Q(directional_preference__in=[v.value for v in Preference]),
            ),
            models.CheckConstraint(
                name="case_preference_has_author",
                condition=Q(directional_preference=Preference.UNTESTED.value)
                | Q(preference_recorded_by__isnull=False, preference_recorded_on__isnull=False),
            ),
            models.CheckConstraint(
                name="case_irritability_known",
                condition=Q(irritability__in=[v.value for v in Irritability]),
            ),
            models.CheckConstraint(
                name="case_pain_0_to_10",
                condition=Q(baseline_pain__isnull=True) | Q(baseline_pain__range=(0, 10)),
            ),
            models.CheckConstraint(
                name="case_locations_known",
                condition=Q(baseline_left__in=["", *vocabulary.PLACE_LABELS])
                & Q(baseline_right__in=["", *vocabulary.PLACE_LABELS]),
            ),
            models.CheckConstraint(
                name="case_walking_known",
                condition=Q(baseline_walking_left__in=["", *vocabulary.PLACE_LABELS])
                & Q(baseline_walking_right__in=["", *vocabulary.PLACE_LABELS]),
            ),
            models.CheckConstraint(
                name="case_deficits_known",
                condition=Q(baseline_weakness__in=["", *KNOWN_SIDES])
                & Q(baseline_numbness__in=["", *KNOWN_SIDES]),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The case's page."""
        return address_of("case", self.pk)
