"""How much of the safety screen is answered."""

from __future__ import annotations

from collections.abc import Sequence

from patients.models import Case, ScreenAnswer
from patients.screening.forms import QUESTIONS
from patients.vocabulary import Answer


def answered(case: Case) -> int:
    """How many questions of the screen have a yes or a no."""
    rows: Sequence[ScreenAnswer] = list(case.current_answers.values())
    known = sum(row.answer != Answer.UNKNOWN and row.code in QUESTIONS for row in rows)
    return known + (case.pregnant != Answer.UNKNOWN)
