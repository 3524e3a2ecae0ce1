"""Writing functional goals and their scores. Goals are reworded as new ones; scores only added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.models import User
from patients.models import Case, FunctionalGoal, GoalScore
from programs.followup.goals.goals import MOST_GOALS

MOST_SCORES: Final = 100
"""Scores that a patient adds in a day: twenty changes of mind about five goals."""


class TooManyGoals(Exception):  # noqa: N818 - something to tell, not an error
    """A case has as many goals as it can have."""


class TooManyScores(Exception):  # noqa: N818 - something to tell, not an error
    """A patient has scored far more often in a day than anybody means to."""


@transaction.atomic
def add_goal(*, case: Case, actor: User, words: str) -> FunctionalGoal:
    """Write down one more goal; :class:`TooManyGoals` where five are running.

    In the words of one that is running it is that one: two clicks make one goal.
    """
    _lock(case)
    same = case.functional_goals.filter(ended_at=None, words=words).first()
    if same is not None:
        return same
    if case.functional_goals.filter(ended_at=None).count() >= MOST_GOALS:
        raise TooManyGoals
    goal = FunctionalGoal.objects.create(case=case, words=words, created_by=actor)
    audit.record(practice=case.practice, actor=actor, action="goal.add", target=goal)
    return goal


@transaction.atomic
def end_goal(*, goal: FunctionalGoal, actor: User) -> bool:
    """End a goal; it and its scores stay on the record. False where it had ended before."""
    _lock(goal.case)
    goal.refresh_from_db(fields=["ended_at"])
    if goal.ended_at is not None:
        return False
    goal.ended_at = timezone.now()
    goal.save(update_fields=["ended_at"])
    audit.record(practice=goal.case.practice, actor=actor, action="goal.end", target=goal)
    return True


@transaction.atomic
def reword_goal(*, goal: FunctionalGoal, actor: User, words: str) -> FunctionalGoal | None:
    """Put a goal into other words: the old one ends with its scores, and a new one begins.

    None where it had ended before: two clicks make one new goal.
    """
    if not end_goal(goal=goal, actor=actor):
        return None
    return add_goal(case=goal.case, actor=actor, words=words)


def _lock(case: Case) -> None:
    """The case's row stands for its goals: what changes them comes one after the other."""
    Case.objects.select_for_update(no_key=True).only("pk").get(pk=case.pk)


@transaction.atomic
def score_goals(
    *,
    case: Case,
    scores: Mapping[int, int],
    actor: User | None,
    client_id: UUID,
    helper: str = "",
) -> None:
    """Add scores by the key of their goal. The same form sent twice counts once.

    ``actor`` is None where it was scored online, by the patient or by the ``helper``;
    :class:`TooManyScores` beyond a day's limit.
    """
    now = timezone.now()
    if actor is None:
        told = GoalScore.objects.filter(goal__case=case, by=None)
        if told.filter(at__gt=now - dt.timedelta(days=1)).count() >= MOST_SCORES:
            raise TooManyScores
    rows = [
        GoalScore(
            goal=goal, score=scores[goal.pk], at=now, by=actor, client_id=client_id, helper=helper
        )
        for goal in case.functional_goals.filter(ended_at=None, pk__in=scores)
    ]
    GoalScore.objects.bulk_create(rows, ignore_conflicts=True)
    audit.record(
        practice=case.practice,
        actor=actor,
        actor_label="helper" if helper else "patient",
        action="goal.score",
        target=case,
        goals=len(rows),
    )
