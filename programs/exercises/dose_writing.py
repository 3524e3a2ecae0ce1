"""A dose written as the line that reads back as the same dose. Pure."""

from __future__ import annotations

import re
from typing import Final

from programs.exercises.dosage import Dosage, Span
from programs.exercises.dose_patterns import COLOURS

_COLOUR: Final = re.compile(COLOURS)
_MASS: Final = re.compile(r"\d{1,3}(?:\.\d{1,2})? (?:kg|lb)")
_EVERY_DAY: Final = Span(7, 7)
_ONCE: Final = Span(1, 1)


def line_of(dose: Dosage) -> str:
    """``3x10, hold 5 s, 2/day``: what :func:`programs.exercises.dose_line.read_line` reads.

    Pace and progress have no place in it, nor a step other than a colour or a mass.
    """
    parts = [
        *_amount(dose),
        f"hold {_seconds(dose.hold_s)}" if dose.hold_s else "",
        f"rest {_seconds(dose.rest_s)}" if dose.rest_s else "",
        "each side" if dose.per_side else "",
        "each place" if dose.per_position else "",
        _load(dose),
        f"effort {_number(dose.effort)}" if dose.effort else "",
        "leave 2" if dose.spare else "",
        *_often(dose),
        f"for {_number(dose.weeks)} weeks" if dose.weeks else "",
    ]
    return ", ".join(part for part in parts if part)


def _number(span: Span) -> str:
    return str(span.low) if span.low == span.high else f"{span.low}-{span.high}"


def _seconds(span: Span) -> str:
    return f"{_number(span)} s"


def _time(span: Span) -> str:
    if span.low % 60 or span.high % 60:
        return _seconds(span)
    return f"{_number(Span(span.low // 60, span.high // 60))} min"


def _amount(dose: Dosage) -> list[str]:
    sets, reps, work = dose.sets, dose.reps, dose.duration_s
    if sets and work:
        return [f"{_number(sets)} sets of {_time(work)}", f"{_number(reps)}x" if reps else ""]
    timed = _time(work) if work else ""
    if sets and reps:
        return [f"{_number(sets)}x{_number(reps)}", timed]
    counted = f"{_number(sets)} sets" if sets else f"{_number(reps)}x" if reps else ""
    return [counted, timed]


def _load(dose: Dosage) -> str:
    if dose.resistance == "band":
        return f"{dose.step} band" if _COLOUR.fullmatch(dose.step) else "band"
    if dose.resistance == "weight":
        return dose.step if _MASS.fullmatch(dose.step) else "weight"
    return ""


def _often(dose: Dosage) -> list[str]:
    times, days = dose.times_per_day, dose.days_per_week
    if times == _ONCE and days == _EVERY_DAY:
        return ["daily"]
    a_day = f"{_number(times)}/day" if times else ""
    if days == _EVERY_DAY:
        return [a_day, "every day"]
    return [a_day, f"{_number(days)} days/wk" if days else ""]
