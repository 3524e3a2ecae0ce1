"""Choosing who is drawn. What is chosen is noted for drawing; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from clinic import audit
from clinic.models import Practice, User
from programs.exercises.pictures.drawn_models import FigureCast
from programs.figures.casting import known_people
from programs.figures.people import FIGURE_PEOPLE


def choose_for_practice(*, practice: Practice, actor: User, people: Collection[str]) -> None:
    """Show these people in the pictures of a practice from now on; nobody means everybody."""
    _choose(practice, people, "practice.figure_people", practice=practice, actor=actor)


def choose_for_oneself(*, practice: Practice, actor: User, people: Collection[str]) -> None:
    """Show these people in the pictures that this clinician gives; nobody: as the practice."""
    _choose(actor, people, "user.figure_people", practice=practice, actor=actor)


@transaction.atomic
def _choose(
    owner: Practice | User, people: Collection[str], action: str, *, practice: Practice, actor: User
) -> None:
    chosen = _chosen(people)
    if chosen == owner.figure_people:
        return
    owner.figure_people = chosen
    owner.save(update_fields=["figure_people"])
    _note(chosen)
    audit.record(practice=practice, actor=actor, action=action, target=owner, people=chosen)


def _chosen(people: Collection[str]) -> list[str]:
    """In the order of the people; all of them are no choice, since they are mixed anyway."""
    found = list(known_people(people))
    return [] if len(found) == len(FIGURE_PEOPLE) else found


def _note(chosen: list[str]) -> None:
    if chosen:
        FigureCast.objects.bulk_create([FigureCast(people=chosen)], ignore_conflicts=True)
