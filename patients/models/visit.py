"""What a clinician writes about a visit: a draft until it is signed, then only amended."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from patients.models.case import Case

VISIT_LENGTH = 6000
VISIT_PARTS = (
    ("subjective", "Subjective"),
    ("objective", "Objective"),
    ("assessment", "Assessment"),
    ("plan", "Plan"),
    ("free", "Note"),
)
"""The parts of a note and their headings, as they are read."""


class VisitNoteQuerySet(models.QuerySet["VisitNote"]):
    """Sets of notes."""

    def standing(self) -> VisitNoteQuerySet:
        """All but drafts that were thrown away."""
        return self.filter(discarded_at=None)

    def drafts(self) -> VisitNoteQuerySet:
        """Those that wait for their author's signature."""
        return self.standing().filter(signed_at=None)


class VisitNote(models.Model):
    """One visit in the clinician's words; the database lets nobody change a signed one.

    ``key`` is the number of the form that began it: sent twice, it makes one note. ``revision``
    counts the savings of the draft.
    """

    practice = InheritedPractice(parent="case")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="visits")
    key = models.UUIDField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    visited_on = models.DateField()
    subjective = models.TextField(max_length=VISIT_LENGTH, blank=True)
    objective = models.TextField(max_length=VISIT_LENGTH, blank=True)
    assessment = models.TextField(max_length=VISIT_LENGTH, blank=True)
    plan = models.TextField(max_length=VISIT_LENGTH, blank=True)
    free = models.TextField(max_length=VISIT_LENGTH, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)

    objects = VisitNoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-visited_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "practice"], name="visit_and_practice"),
            models.UniqueConstraint(fields=["case", "key", "practice"], name="visit_once"),
            models.CheckConstraint(
                name="visit_has_words",
                condition=Q(subjective__regex=r"\S")
                | Q(objective__regex=r"\S")
                | Q(assessment__regex=r"\S")
                | Q(plan__regex=r"\S")
                | Q(free__regex=r"\S"),
            ),
            models.CheckConstraint(
                name="visit_signed_or_discarded",
                condition=Q(signed_at=None) | Q(discarded_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Visit note {self.pk}"

    @property
    def is_draft(self) -> bool:
        """Whether it waits for its author's signature."""
        return self.signed_at is None

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Headings with their words; empty parts are left out."""
        told = ((heading, getattr(self, name)) for name, heading in VISIT_PARTS)
        return [(heading, words) for heading, words in told if words.strip()]

    @property
    def signature(self) -> str:
        """Who answers for it: ``Alice Archer, MCSP``."""
        author = self.author
        return f"{author}, {author.credentials}" if author.credentials else str(author)


class VisitAmendment(models.Model):
    """What was added to a signed note later, by whom and when. It is never changed itself."""

    practice = InheritedPractice(parent="visit")
    visit = models.ForeignKey(
        VisitNote, on_delete=models.PROTECT, db_index=False, related_name="amendments"
    )
    key = models.UUIDField()
    words = models.TextField(max_length=VISIT_LENGTH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "key", "practice"], name="visit_amendment_once"
            ),
            models.CheckConstraint(name="visit_amendment_says", condition=Q(words__regex=r"\S")),
        ]

    def __str__(self) -> str:
        return f"Amendment {self.pk}"
