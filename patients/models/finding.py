"""What patients are found by, kept beside them by the database: the words of names, and numbers.

A trigger writes these rows whenever a patient's name or phone number changes, whoever changes it.
They are looked up by equality, which an index answers behind the wall between practices as well:
PostgreSQL lets no pattern and no array look into an index there.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clinic.models.owned import InheritedPractice
from patients.identity import names


class PatientKey(models.Model):
    """One word of a patient's folded name, or the last figures of one of their numbers."""

    practice = InheritedPractice(parent="patient")
    patient = models.ForeignKey(
        "patients.Patient", on_delete=models.DO_NOTHING, related_name="keys"
    )
    key = models.CharField(max_length=names.SEARCHED)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "key", "patient"], name="patient_key_once")
        ]

    def __str__(self) -> str:
        return f"Key {self.pk}"


class NameWord(models.Model):
    """One word that stands in names of a practice, and in how many of its patients' names."""

    practice = models.ForeignKey(
        "clinic.Practice", on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    word = models.CharField(max_length=names.SEARCHED)
    patients = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "word"], name="name_word_once")
        ]

    def __str__(self) -> str:
        return f"Word {self.pk}"
