"""What the tests of the diary share."""

from typing import Any

from django.test import Client

from patients.models import SymptomLog
from programs.sessions.models import ExerciseLog
from tests.programs.portal.today.test_program import read, words_of

BEFORE: dict[str, Any] = {"pain": 2, "regions": ("back_middle",), "kinds": ()}
AFTER: dict[str, Any] = {"pain": 4, "regions": ("calf_left",), "provoked": ("item-7",)}


def told(phone: Client, page: str) -> str:
    return words_of(read(phone, f"{page}diary/"))


def correct(page: str, log: SymptomLog | ExerciseLog) -> str:
    kind = "exercise" if isinstance(log, ExerciseLog) else "symptoms"
    return f"{page}diary/{kind}/{log.client_id}/"
