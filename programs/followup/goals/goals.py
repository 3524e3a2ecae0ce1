"""Functional goals of a case: what the patient wants to do, how it goes, and when to ask again.

Three to five activities in the patient's own words, each scored 0 to 10 when a review is near.
Source of the method: the Patient-Specific Functional Scale; the questions are our own words.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cachetools import LRUCache, cached
from django.db.models import Max

from patients.models import Case, FunctionalGoal, GoalScore
from programs.followup.goals.changes import GoalChange, change_of, mean_change
from programs.prescriptions.models import IssuedPrescription

MOST_GOALS: Final = 5
WANTED_GOALS: Final = 3
_NEAR: Final = dt.timedelta(days=7)
"""How long before a review the patient is asked."""
ASK_AGAIN: Final = dt.timedelta(days=14)
"""After how long without a score the patient is asked anyway."""


@dataclass(frozen=True, slots=True)
class Score:
    """One score and whose it was; of several on one day the last stands."""

    day: dt.date
    score: int
    who: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal with its history, the earliest score first."""

    goal: FunctionalGoal
    scores: tuple[Score, ...]
    change: GoalChange | None

    @property
    def latest(self) -> Score | None:
        """The last score."""
        return self.scores[-1] if self.scores else None


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of a case: those that run, those that have ended, and the change of the mean."""

    open: tuple[GoalLine, ...]
    ended: tuple[GoalLine, ...]
    mean: GoalChange | None

    @property
    def has_room(self) -> bool:
        """Whether one more can be added."""
        return len(self.open) < MOST_GOALS


def goals_of(case: Case) -> Goals:
    """Every goal with its scores, in two queries."""
    goals = list(case.functional_goals.all())
    rows = GoalScore.objects.filter(goal__case=case).select_related("by") if goals else []
    by_goal: dict[int, list[GoalScore]] = {}
    for row in rows:
        by_goal.setdefault(row.goal_id, []).append(row)
    lines = [_line(case, goal, by_goal.get(goal.pk, [])) for goal in goals]
    running = tuple(line for line in lines if line.goal.ended_at is None)
    return Goals(
        open=running,
        ended=tuple(line for line in lines if line.goal.ended_at is not None),
        mean=mean_change([[s.score for s in line.scores] for line in running]),
    )


def _line(case: Case, goal: FunctionalGoal, rows: Iterable[GoalScore]) -> GoalLine:
    zone = case.practice.zone
    by_day: dict[dt.date, Score] = {}
    for row in rows:
        day = row.at.astimezone(zone).date()
        by_day[day] = Score(day, row.score, str(row.by or row.helper or "the patient"))
    scores = tuple(by_day[day] for day in sorted(by_day))
    return GoalLine(goal, scores, change_of([s.score for s in scores]))


def goals_due(case: Case, today: dt.date) -> bool:
    """Whether the patient is to be asked how the goals go, on a day of the practice.

    A goal that was never scored is due. Else all are when the review is at most a week away or
    past and nothing was scored since that week began, or when two weeks went by without a score.
    A case or program that is over asks nothing.
    """
    if case.closed_at is not None:
        return False
    open_goals = case.functional_goals.filter(ended_at=None)
    last = list(open_goals.annotate(last=Max("scores__at")).values_list("last", flat=True))
    if not last:
        return False
    program = _running(case)
    if program is None:
        return False
    if any(at is None for at in last):
        return True
    oldest = min(at for at in last if at is not None).astimezone(case.practice.zone).date()
    review = review_of(program)
    near = review is not None and oldest < review - _NEAR <= today
    return near or today - oldest >= ASK_AGAIN


def _running(case: Case) -> IssuedPrescription | None:
    """The version the patient has, without its content; None where none is running."""
    issued = IssuedPrescription.objects.filter(program__case=case, program__ended_at=None)
    return issued.only("pk", "issue_key").order_by("-version").first()


@cached(LRUCache(4096), key=lambda issued: issued.issue_key, lock=threading.Lock())
def review_of(issued: IssuedPrescription) -> dt.date | None:
    """The review day of an issued version; it never changes, so it is read once.

    Kept by the random key that the database holds unique among all that was ever issued.
    """
    rows = IssuedPrescription.objects.filter(pk=issued.pk)
    told = rows.values_list("payload__review_on", flat=True).get()
    return dt.date.fromisoformat(told) if told else None
