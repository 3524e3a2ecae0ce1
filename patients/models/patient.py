"""The person in care."""

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from clinic.addresses import address_of
from patients.identity import names, phones
from patients.identity.regions import region_of
from patients.models.querysets import PatientQuerySet

EARLIEST_BIRTH = date(1890, 1, 1)
SEARCHED_PHONE = 120
AGES_OF_PREGNANCY = range(12, 56)
"""Whole years at which pregnancy is asked about."""


class Sex(models.TextChoices):
    """Recorded at birth, as far as a safety question depends on it; empty: not recorded."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"


class Patient(models.Model):
    """A person in the care of one practice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey(
        "clinic.Practice", on_delete=models.PROTECT, db_index=False, related_name="patients"
    )
    full_name = models.CharField("name", max_length=150)
    #: ``full_name`` as it is compared when somebody searches; kept by ``save``.
    search_name = models.CharField(
        max_length=names.SEARCHED, editable=False, default="", blank=True
    )
    #: Its letters in order: the same for every way to order, join and part the words.
    name_key = models.CharField(max_length=names.SEARCHED, editable=False, default="", blank=True)
    date_of_birth = models.DateField()
    sex = models.CharField(max_length=10, blank=True, default="", choices=Sex.choices)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(max_length=40, blank=True)
    #: Each number in ``phone`` as it is compared, with a space between; kept by ``save``.
    search_phone = models.CharField(
        max_length=SEARCHED_PHONE, editable=False, default="", blank=True
    )
    clinician_notes = models.TextField("notes for the clinician", max_length=5000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    #: The record that this one is a part of since they were merged; see ``PatientMerge``.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="parts", null=True, blank=True
    )
    #: The latest change to the patient or to one of the cases; orders the dashboard.
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Goes up by one at each change, so that a page loaded earlier is noticed.
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["full_name", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["practice", "-touched_at", "id"], name="patient_by_touch"),
            models.Index(fields=["practice", "search_name"], name="patient_search"),
            models.Index(fields=["practice", "name_key"], name="patient_name_key"),
            models.Index(fields=["practice", "date_of_birth"], name="patient_birth"),
        ]
        constraints: ClassVar = [
            # Lets a case point at the pair, so that patient and case share one practice.
            models.UniqueConstraint(fields=["id", "practice"], name="patient_and_practice"),
            models.CheckConstraint(
                name="patient_birth_sane",
                condition=Q(date_of_birth__gte=EARLIEST_BIRTH)
                & Q(date_of_birth__lte=F("created_at") + timedelta(days=1)),
            ),
            models.CheckConstraint(
                name="patient_not_merged_into_itself", condition=~Q(merged_into=F("id"))
            ),
            models.CheckConstraint(name="patient_has_name", condition=Q(full_name__regex=r"\S")),
            models.CheckConstraint(
                name="patient_sex_known", condition=Q(sex__in=["", *(v.value for v in Sex)])
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with what is searched by following the name and the phone number."""
        self.search_name = names.fold(self.full_name)[: names.SEARCHED]
        self.name_key = names.key(self.search_name)
        found = phones.numbers(self.phone, region_of(self.practice.time_zone))
        self.search_phone = " ".join(found)[:SEARCHED_PHONE]
        if kwargs.get("update_fields") is not None:
            followers = {"search_name", "name_key", "search_phone"}
            kwargs["update_fields"] = {*kwargs["update_fields"], *followers}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The patient's page."""
        return address_of("patient", self.pk)

    def standing(self) -> "Patient":
        """The record that stands for this person now: itself, or the one it was merged into."""
        found = self
        while found.merged_into is not None:
            found = found.merged_into
        return found

    def age_on(self, day: date) -> int:
        """Whole years on ``day``; a birthday of 29 February falls on 1 March in other years."""
        born = self.date_of_birth
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def may_be_pregnant_on(self, day: date) -> bool:
        """Whether pregnancy is asked about: not recorded as male, and of an age for it."""
        return self.sex != Sex.MALE and self.age_on(day) in AGES_OF_PREGNANCY
