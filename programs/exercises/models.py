"""The catalogue as rows: exercises, rules and starting templates, loaded from the TOML files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clinic.models import Practice
from programs.exercises.definition import OWN, Definition, parse_definition
from programs.rules.traits import KINDS, PURPOSES


class CatalogueLoad(models.Model):
    """One completed load of the catalogue files; the newest names what is current.

    ``digest`` is the SHA-256 of all content, so that a process knows when its copy is stale.
    """

    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)


class CatalogueRow(models.Model):
    """A catalogue entry that comes from a file and is retired, never deleted."""

    slug = models.CharField(max_length=80)
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    """Sets of catalogue entries."""

    def for_practice(self, practice: Practice) -> ExerciseQuerySet:
        """Everybody's entries and the practice's own: the one door to catalogue rows."""
        return self.filter(Q(practice=None) | Q(practice=practice))

    def current(self) -> ExerciseQuerySet:
        """Entries that have not been retired."""
        return self.filter(retired_at=None)


class Exercise(CatalogueRow):
    """One catalogue entry. ``practice`` is empty for the built-in catalogue.

    The slug of a practice's own begins with ``OWN``, and no built-in one does: they never collide.
    """

    practice = models.ForeignKey(
        Practice, null=True, blank=True, on_delete=models.PROTECT, related_name="exercises"
    )
    name = models.CharField(max_length=90)
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    phase = models.CharField(max_length=20, choices=list(PURPOSES.items()))
    sided = models.BooleanField()

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                "practice", "slug", name="exercise_slug_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="exercise_kind_known"),
            models.CheckConstraint(
                condition=Q(phase__in=list(PURPOSES)), name="exercise_phase_known"
            ),
            models.CheckConstraint(
                condition=(Q(practice=None) & ~Q(slug__startswith=OWN))
                | (Q(practice__isnull=False) & Q(slug__startswith=OWN)),
                name="exercise_own_slug_apart",
            ),
        ]

    def definition(self) -> Definition:
        """The parsed entry. Raises ``DefinitionError`` if the row was tampered with."""
        return parse_definition(self.data, stored=True)


class Rule(CatalogueRow):
    """One reviewed rule; ``slug`` holds the rule id such as ``R01``."""

    version = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint("slug", name="rule_id_once")]


class Starter(CatalogueRow):
    """A starting template: a list of exercises with presets."""

    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint("slug", name="starter_slug_once")]
