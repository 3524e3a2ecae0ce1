"""Drawings of people that somebody chose: whom to draw, and what has been drawn.

Both tables are everybody's. They know poses of the catalogue, people and lines, and of no practice
which of them it chose.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class FigureCast(models.Model):
    """People who are to be drawn, as some practice or clinician chose them: a list of names.

    Never removed: what was chosen once may be so again, and its drawings are there.
    """

    people = models.JSONField(unique=True)

    def __str__(self) -> str:
        return ", ".join(self.people)


class DrawnFigure(models.Model):
    """All drawings of an entry by one person, packed as in the files beside the catalogue.

    ``stamp`` names poses, person and engine. A row is only added and is never another: a new way
    of drawing has another name.
    """

    stamp = models.CharField(max_length=24, primary_key=True)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(stamp=""), name="drawn_figure_is_named"),
        ]

    def __str__(self) -> str:
        return self.stamp
