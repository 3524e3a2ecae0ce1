"""A dose as boxes: each number large, with the few words around it.

Pure. What holds for every exercise of a program is said once above them, and has no box.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from programs.exercises.dosage import Dosage, Span, seconds_words
from programs.exercises.strength import SPARE, load_words

EVERY_DAY = 7


@dataclass(frozen=True, slots=True)
class DoseBox:
    """One box: ``hold`` **5** ``seconds``. ``often``: it says how often and is printed reversed."""

    before: str
    number: str
    after: str
    often: bool = False

    @property
    def words(self) -> str:
        """``hold 5 seconds``."""
        return " ".join(part for part in (self.before, self.number, self.after) if part)


def _digits(span: Span) -> str:
    """``5`` or ``5–8``: in a box the short form, as on the pain scale."""
    return span.words.replace(" to ", "–")


def dose_boxes(dose: Dosage) -> tuple[DoseBox, ...]:
    """The boxes of a dose in the order in which it is done; none for advice without a dose."""
    return (*_amount(dose), *_often(dose))


def dose_more(dose: Dosage) -> str:
    """What of a dose needs a sentence: its pace, how far to go, when to add."""
    parts = (dose.pace, SPARE if dose.spare else "", dose.progress)
    text = "; ".join(part.rstrip(".") for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def every_day(doses: Iterable[Dosage]) -> bool:
    """Whether something is done every day, so that it can be said once for the program."""
    return any(_daily(d) for d in doses)


def _daily(dose: Dosage) -> bool:
    return dose.days_per_week is not None and dose.days_per_week.low == EVERY_DAY


def _amount(dose: Dosage) -> Iterator[DoseBox]:
    sets = dose.sets if dose.sets and dose.sets.high > 1 else None
    each = " each" if sets else ""
    if sets:
        yield DoseBox("", _digits(sets), "sets")
    if dose.duration_s:
        yield _time("", dose.duration_s, each)
    elif dose.reps:
        times = "time" if dose.reps.high == 1 else "times"
        yield DoseBox("", _digits(dose.reps), times + each)
    if dose.hold_s:
        yield _time("hold", dose.hold_s)
    if load := load_words(dose.resistance, dose.step):
        yield DoseBox(load, "", "")
    if dose.effort:
        yield DoseBox("effort", _digits(dose.effort), "out of 10")
    if dose.rest_s and dose.rest_s.high:
        yield _time("rest", dose.rest_s)
    if dose.per_side:
        yield DoseBox("on", "each", "side")
    if dose.per_position:
        yield DoseBox("at", "each", "place")


def _time(before: str, span: Span, after: str = "") -> DoseBox:
    """``5 to 10 minutes`` taken apart at its unit; ``up to`` stays before the number."""
    number, _, unit = seconds_words(span).rpartition(" ")
    if number.startswith("up to "):
        before, number = f"{before} up to".strip(), number.removeprefix("up to ")
    return DoseBox(before, number.replace(" to ", "–"), unit + after)


def _often(dose: Dosage) -> Iterator[DoseBox]:
    """One box: ``once a day, 5–7 days a week, for 4 weeks``, with its first number large."""
    times, days, weeks = dose.times_per_day, dose.days_per_week, dose.weeks
    parts = []
    if times:
        parts.append(("", "once" if times.high == 1 else f"{_digits(times)}×", "a day"))
    if days and not _daily(dose):
        parts.append(("", _digits(days), f"day{'' if days.high == 1 else 's'} a week"))
    if weeks:
        parts.append(("for", _digits(weeks), f"week{'' if weeks.high == 1 else 's'}"))
    if parts:
        (before, number, after), *more = parts
        rest = [" ".join(filter(None, part)) for part in more]
        yield DoseBox(before, number, ", ".join((after, *rest)), often=True)
