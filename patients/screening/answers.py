"""How much of the safety screen is answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from patients.models import Case, ScreenAnswer
from patients.questions import QUESTIONS, beside, progress
from patients.vocabulary import ANSWER_LABELS, SIDE_LABELS, Answer, Side


@dataclass(frozen=True, slots=True)
class TakenDown:
    """An answer as somebody reads it who does not ask the questions."""

    question: str
    answer: str
    row: ScreenAnswer


def taken_down(case: Case) -> list[TakenDown]:
    """What was answered yes or no, in the order of the screen."""
    rows = case.current_answers
    told = [(item, rows[code]) for code, item in QUESTIONS.items() if code in rows]
    return [
        TakenDown(item.question, _in_words(row), row)
        for item, row in told
        if row.answer != Answer.UNKNOWN
    ]


def _in_words(row: ScreenAnswer) -> str:
    side = f", {SIDE_LABELS[Side(row.side)].lower()}" if row.side else ""
    return ANSWER_LABELS[Answer(row.answer)] + side


def made_to_matter(case: Case) -> list[str]:
    """Lines beside those of the patient's regions: what an exercise of theirs makes matter.

    ``settings.SCREEN_ADDS`` names a function of an app above this one, which takes the case with
    its facts and gives the codes of questions not asked.
    """
    path = getattr(settings, "SCREEN_ADDS", "")
    codes = import_string(path)(case) if path else ()
    return beside(codes, case.known_answers(), case.about)


def answered(case: Case, also: Iterable[str] = ()) -> tuple[int, int]:
    """How many of this patient's questions have a yes or a no, and how many there are.

    ``also``: the lines that are asked beside them, such as :func:`made_to_matter`.
    """
    pregnancy = case.asks_about_pregnancy_on(case.today())
    return progress(case.known_answers(), pregnancy=pregnancy, about=case.about, also=also)


def last_screen(case: Case) -> ScreenAnswer | None:
    """The latest answer of the case, which tells when it was screened last and by whom."""
    rows = case.answers.select_related("answered_by").order_by("-answered_at", "-pk")
    return rows.first()
