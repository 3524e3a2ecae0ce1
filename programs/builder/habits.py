"""What a clinician gives most, above the search: one press adds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clinic.models import User
from programs.exercises.sides import with_side
from programs.exercises.theirs.uses import used_most
from programs.verdicts.judgement import Judgement
from programs.verdicts.standing import NEEDS_OVERRIDE

MOST_HABITS: Final = 8


@dataclass(frozen=True, slots=True)
class Habit:
    """An exercise that can be added with a press. ``value``: exercise and side."""

    exercise_id: int
    value: str
    name: str
    verdict: str
    favourite: bool


def habits(user: User, judgement: Judgement) -> list[Habit]:
    """Favourites and what is given most, as far as it suits this patient and is not there yet."""
    practice = judgement.case.practice
    out = []
    for row in used_most(practice=practice, clinician=user)[: 3 * MOST_HABITS]:
        entry = judgement.library.by_id.get(row.exercise_id)
        if entry is None or entry.slug not in judgement.library.current or not entry.prescribable:
            continue
        sides = [a for a in judgement.assessments(entry.slug) if a.verdict != NEEDS_OVERRIDE]
        for found in sides:
            if (row.exercise_id, found.side) not in judgement.there:
                value = f"{row.exercise_id}:{found.side}"
                name = with_side(entry.name, found.side)
                out.append(Habit(row.exercise_id, value, name, found.verdict, row.favourite))
    return out[:MOST_HABITS]
