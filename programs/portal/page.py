"""The patient's page as its template reads it: the frozen prescription, counted and sorted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from programs.prescription import PrescribedExercise, Prescription, RedFlagLine

ADVICE: Final = "advice"
_PHONE: Final = re.compile(r"[+(\d][\d\s().+/-]*")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to read and, where it can be dialled, an address to tap."""

    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One version of a program, ready to show."""

    prescription: Prescription
    exercises: int
    tips: int
    practice_phone: Phone
    emergency_phone: Phone
    emergency_signs: tuple[RedFlagLine, ...]
    same_day_signs: tuple[RedFlagLine, ...]
    amber_from: int
    red_from: int

    @property
    def items(self) -> tuple[PrescribedExercise, ...]:
        """What to do, in order."""
        return self.prescription.items


def page_of(prescription: Prescription) -> Page:
    """Sort one prescription for the page; nothing is added to what was issued."""
    tips = sum(item.kind == ADVICE for item in prescription.items)
    return Page(
        prescription=prescription,
        exercises=len(prescription.items) - tips,
        tips=tips,
        practice_phone=phone(prescription.practice.phone),
        emergency_phone=phone(prescription.practice.emergency_number),
        emergency_signs=_signs(prescription, "emergency"),
        same_day_signs=_signs(prescription, "same_day"),
        amber_from=prescription.pain_green_max + 1,
        red_from=prescription.pain_amber_max + 1,
    )


def phone(words: str) -> Phone:
    """A ``tel:`` address for the number in ``words``, if there is one: ``01947 000000 (desk)``."""
    found = _PHONE.search(words)
    digits = re.sub(r"[^\d+]", "", found[0].replace("(0)", "")) if found else ""
    dialled = digits[:1] + digits[1:].replace("+", "")
    return Phone(words, f"tel:{dialled}" if len(dialled.lstrip("+")) >= 3 else "")


def _signs(prescription: Prescription, route: str) -> tuple[RedFlagLine, ...]:
    return tuple(line for line in prescription.red_flags if line.route == route)
