"""A practice's own pictures of exercises."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from clinic.models import Practice, StoredFile
from programs.exercises.models import Exercise
from programs.exercises.sides import SIDES

MOST_PICTURES = 4
"""How many a practice shows of one exercise."""
CONTENT_TYPES = ("image/jpeg", "image/png")


_SAME = ("practice", "exercise", "content", "alt", "caption", "side")
"""By what a picture that is shown is one that was shown before."""


class ExercisePictureQuerySet(models.QuerySet["ExercisePicture"]):
    """Sets of pictures."""

    def shown(self) -> ExercisePictureQuerySet:
        """Pictures in use, in the order they are shown."""
        return self.filter(retired_at=None).order_by("position", "pk")

    def removed(self) -> ExercisePictureQuerySet:
        """Pictures that are shown no longer, the latest first, but for those that are again."""
        same = {name: OuterRef(name) for name in _SAME}
        again = ExercisePicture.objects.filter(retired_at=None, **same)
        gone = self.filter(~Exists(again), retired_at__isnull=False)
        return gone.order_by("-retired_at", "-pk")

    def light(self) -> ExercisePictureQuerySet:
        """Without the picture itself: for pages that link to it."""
        return self.defer("content")


class ExercisePicture(StoredFile):
    """One photo or drawing that a practice shows of an exercise, instead of the built-in ones.

    ``content`` is our own copy (``clinic.uploads``); a database trigger keeps it as it is, and
    the row for ever. ``side``: the side it shows, empty where it fits both. Sizes are in pixels.
    A picture in use stays in the database: whoever issues a program does not wait for the bucket.
    """

    FILE = "content"
    MAY_LEAVE = Q(retired_at__isnull=False)

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, related_name="exercise_pictures"
    )
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="pictures")
    position = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    content_type = models.CharField(max_length=20, choices=[(t, t) for t in CONTENT_TYPES])
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=300)
    caption = models.CharField(max_length=80, blank=True)
    side = models.CharField(max_length=5, blank=True, choices=SIDES)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ExercisePictureQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        indexes: ClassVar = [
            models.Index(
                fields=["practice", "exercise"],
                condition=Q(retired_at=None),
                name="pictures_in_use",
            ),
            models.Index(
                fields=["stored_digest", "practice"],
                condition=~Q(stored_digest=""),
                name="pictures_stored",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(content_type__in=CONTENT_TYPES), name="picture_type_known"
            ),
            models.CheckConstraint(
                condition=Q(side__in=["", "left", "right"]), name="picture_side_known"
            ),
            models.CheckConstraint(condition=~Q(alt=""), name="picture_has_words"),
        ]

    def __str__(self) -> str:
        return f"Picture {self.pk}"
