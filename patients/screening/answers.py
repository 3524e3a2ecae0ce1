"""How much of the safety screen is answered."""

from __future__ import annotations

from patients.models import Case, ScreenAnswer
from patients.questions import progress


def answered(case: Case) -> tuple[int, int]:
    """How many of this patient's questions have a yes or a no, and how many there are."""
    pregnancy = case.asks_about_pregnancy_on(case.today())
    return progress(case.known_answers(), pregnancy=pregnancy, about=case.about)


def last_screen(case: Case) -> ScreenAnswer | None:
    """The latest answer of the case, which tells when it was screened last and by whom."""
    rows = case.answers.select_related("answered_by").order_by("-answered_at", "-pk")
    return rows.first()
