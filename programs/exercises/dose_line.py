"""A dose as one line that somebody types: ``3 × 10-12, hold 5 s, 2/day``.

Pure. Strict: a word that is not understood, a number that comes twice or a line that can be read in
two ways is refused in words. :func:`programs.exercises.dose_writing.line_of` writes such a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from programs.exercises.dosage import BOUNDS, DOSE_LABELS, RANGE_FIELDS, Dosage, DosageError
from programs.exercises.dose_patterns import (
    NUMBER_WORDS,
    PATTERNS,
    SAYS_DAILY,
    SAYS_OTHER_DAYS,
    SEPARATOR,
    TWO_WAYS,
)

LONGEST_LINE: Final = 200
NO_DOSE: Final = Dosage()
OFTEN_LINES: Final = MappingProxyType(
    {"daily": "Daily", "2/day, every day": "Twice a day", "every other day": "Every other day"}
)
"""How often, as a line says it, and as a button does."""
_TIMES: Final = frozenset({"hold_s", "duration_s", "rest_s"})
AMOUNTS: Final = ("sets", "reps", "hold_s", "duration_s", "rest_s", "effort")
_SHOWN: Final = 24
"""Characters of a text that is not understood that the refusal repeats."""


class DoseLineError(ValueError):
    """A line that is no dose; ``reason`` says why in plain words."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def read_line(text: str, keep: Dosage = NO_DOSE) -> Dosage:
    """The dose that a line says. An empty line is a dose without numbers.

    ``keep``: the dose before. Pace, progress and what the therapist sets have no place in a line
    and stay as they were, and so does the step of the same resistance. Where it was timed work,
    ``3x30s`` is timed work too; else it is three holds of 30 seconds.
    """
    if len(text) > LONGEST_LINE:
        raise DoseLineError(f"Use {LONGEST_LINE} characters or fewer.")
    line = " ".join(text.casefold().split())
    for word, number in NUMBER_WORDS.items():
        line = re.sub(rf"\b{word}\b", number, line)
    found: dict[str, Any] = {}
    timed = keep.duration_s is not None and keep.hold_s is None
    at = _skip(line, 0)
    while at < len(line):
        at = _skip(line, _take(line, at, found, timed=timed))
    return _built(found, keep)


def _skip(line: str, at: int) -> int:
    match = SEPARATOR.match(line, at)
    return match.end() if match else at


def _take(line: str, at: int, found: dict[str, Any], *, timed: bool) -> int:
    """Read one part of the line into ``found``; where the next begins."""
    if two_ways := TWO_WAYS.match(line, at):
        sets, reps, unit = two_ways["first"], two_ways["second"], two_ways["per"]
        often = {"d": "daily"}.get(unit[0], "3/wk")
        raise DoseLineError(
            f"“{two_ways[0].strip()}” can mean two things. Write “{sets}x{reps}, {often}” "
            f"or “{sets} times, {reps}/{unit}”."
        )
    for pattern in PATTERNS:
        if match := pattern.match(line, at):
            for name, value in _values(match.groupdict(), timed=timed).items():
                if name in found and name != "per_side":
                    label = DOSE_LABELS.get(name, name.replace("_", " "))
                    raise DoseLineError(f"{label}: there twice. Keep one of them.")
                found[name] = value
            return match.end()
    rest = line[at : at + _SHOWN].strip()
    raise DoseLineError(f"“{rest}” is not understood. Write it like “3x10, hold 5 s, 2/day”.")


def _values(groups: Mapping[str, str | None], *, timed: bool) -> dict[str, Any]:
    """What a matched part says, by field."""
    said = {name: text for name, text in groups.items() if text is not None}
    out: dict[str, Any] = {}
    for name in (*RANGE_FIELDS, "count", "work"):
        if name not in said:
            continue
        factor = 60 if said.get(f"{name}_unit", "s").startswith("m") else 1
        low, high = int(said[name]), int(said.get(f"{name}_to", said[name]))
        out[name] = [low * factor, high * factor]
    if "work" in out:
        # A count and a time without a word for either: minutes are work, seconds are held.
        is_work = timed or "sets_word" in said or said["work_unit"].startswith("m")
        is_work = is_work and "held" not in said
        out["duration_s" if is_work else "hold_s"] = out.pop("work")
        out["sets" if is_work else "reps"] = out.pop("count")
    for flag in ("per_side", "per_position", "spare", "daily"):
        if flag in said:
            out[flag] = True
    if SAYS_DAILY in said:
        out["days_per_week"] = [7, 7]
    if SAYS_OTHER_DAYS in said:
        out["days_per_week"] = [3, 4]
    if "band" in said:
        out["resistance"], out["step"] = "band", said.get("colour", "")
    if "weight" in said:
        mass = said.get("mass", "").replace(",", ".")
        step = f"{mass} {said['mass_unit'].rstrip('s')}" if mass else ""
        out["resistance"], out["step"] = "weight", step
    return out


def _built(found: dict[str, Any], keep: Dosage) -> Dosage:
    if found.pop("daily", False):
        if "days_per_week" in found:
            raise DoseLineError(f"{DOSE_LABELS['days_per_week']}: there twice. Keep one of them.")
        found["days_per_week"] = [7, 7]
        found.setdefault("times_per_day", [1, 1])
    resistance = found.get("resistance", "")
    if not found.get("step") and resistance == keep.resistance:
        found["step"] = keep.step
    kept = {"pace": keep.pace, "progress": keep.progress, "therapist_sets": keep.therapist_sets}
    try:
        return Dosage.from_dict({**found, **kept})
    except DosageError as error:
        raise DoseLineError(_words(error)) from error


def _words(error: DosageError) -> str:
    name = error.key
    if name not in BOUNDS:
        return error.reason
    least, most = BOUNDS[name]
    if "first" in error.reason:
        return f"{DOSE_LABELS[name]}: write the smaller number first."
    unit = " seconds" if name in _TIMES else ""
    return f"{DOSE_LABELS[name]}: from {least} to {most}{unit}."


def with_often(dose: Dosage, often: Dosage) -> Dosage:
    """``dose`` as often and as long as ``often`` says.

    Times a day and days a week go together: who says one of them says how often anew.
    """
    changed: dict[str, Any] = {}
    if often.says_how_often:
        changed = {"times_per_day": often.times_per_day, "days_per_week": often.days_per_week}
    if often.weeks:
        changed["weeks"] = often.weeks
    return replace(dose, **changed)


def filled_from(dose: Dosage, group: Dosage) -> Dosage:
    """``dose`` with the amounts of ``group`` where it has none, and as often as ``group`` says."""
    amounts = {name: getattr(group, name) for name in AMOUNTS}
    if dose.missing and any(amounts.values()):
        open_now = {name: value for name, value in amounts.items() if not getattr(dose, name)}
        dose = replace(dose, **open_now, per_side=dose.per_side or group.per_side)
    return with_often(dose, group)
