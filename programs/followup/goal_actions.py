"""Writing functional goals and their scores. Goals are reworded as new ones; scores only added."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.models import User
from patients.models import Case, FunctionalGoal, GoalScore
from programs.followup.goals import MOST_GOALS


class TooManyGoals(Exception):  # noqa: N818 - something to tell, not an error
    """A case has as many goals as it can have."""


@transaction.atomic
def add_goal(*, case: Case, actor: User, words: str) -> FunctionalGoal:
    """Write down one more goal; :class:`TooManyGoals` where five are running."""
    Case.objects.select_for_update(no_key=True).only("pk").get(pk=case.pk)
    if case.functional_goals.filter(ended_at=None).count() >= MOST_GOALS:
        raise TooManyGoals
    goal = FunctionalGoal.objects.create(case=case, words=words, created_by=actor)
    audit.record(practice=case.practice, actor=actor, action="goal.add", target=goal)
    return goal


@transaction.atomic
def end_goal(*, goal: FunctionalGoal, actor: User) -> None:
    """End a goal; it and its scores stay on the record."""
    goal.ended_at = timezone.now()
    goal.save(update_fields=["ended_at"])
    audit.record(practice=goal.case.practice, actor=actor, action="goal.end", target=goal)


@transaction.atomic
def reword_goal(*, goal: FunctionalGoal, actor: User, words: str) -> FunctionalGoal:
    """Put a goal into other words: the old one ends with its scores, and a new one begins."""
    end_goal(goal=goal, actor=actor)
    return add_goal(case=goal.case, actor=actor, words=words)


@transaction.atomic
def score_goals(
    *, case: Case, scores: Mapping[int, int], actor: User | None, client_id: UUID
) -> None:
    """Add scores by the key of their goal. The same form sent twice counts once.

    ``actor`` is None where the patient scored online.
    """
    now = timezone.now()
    rows = [
        GoalScore(goal=goal, score=scores[goal.pk], at=now, by=actor, client_id=client_id)
        for goal in case.functional_goals.filter(ended_at=None, pk__in=scores)
    ]
    GoalScore.objects.bulk_create(rows, ignore_conflicts=True)
    audit.record(
        practice=case.practice,
        actor=actor,
        actor_label="patient",
        action="goal.score",
        target=case,
        goals=len(rows),
    )
