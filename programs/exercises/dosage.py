"""Dosage: how much of an exercise, as structured numbers, and the one place that words it.

Pure. Every number is whole and carries its unit in the field name (``hold_s`` is seconds). A field
is a range ``(min, max)``; a single value is a range with equal ends. ``None`` means not stated.
Where a source leaves a number to the therapist, the preset names it in ``therapist_sets`` and the
program cannot be issued until the clinician has filled it in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any, Final

from clinic.parsing.errors import FILE, ReadError
from clinic.parsing.reader import Reader
from programs.exercises.strength import RESISTANCES, SPARE, TEXTS, load_words

RANGE_FIELDS: Final = (
    "sets",
    "reps",
    "hold_s",
    "duration_s",
    "rest_s",
    "times_per_day",
    "days_per_week",
    "weeks",
    "effort",
)
BOUNDS: Final = MappingProxyType(
    {
        "sets": (1, 10),
        "reps": (1, 100),
        "hold_s": (1, 300),
        "duration_s": (5, 7200),
        "rest_s": (0, 600),
        "times_per_day": (1, 12),
        "days_per_week": (1, 7),
        "weeks": (1, 52),
        "effort": (0, 10),
    }
)
"""Smallest and largest allowed value of each field."""

DOSE_LABELS: Final = MappingProxyType(
    {
        "sets": "Sets",
        "reps": "Repetitions",
        "hold_s": "Hold (seconds)",
        "duration_s": "Duration (seconds)",
        "rest_s": "Rest between sets (seconds)",
        "times_per_day": "Times a day",
        "days_per_week": "Days a week",
        "weeks": "Weeks",
        "effort": "Effort, 0 to 10",
    }
)

SECONDS_PER_REP: Final = 4
"""Assumed time of one unhurried repetition without a stated hold, used for the minutes a day."""
CHANGEOVER_S: Final = 20
"""Assumed time to get into position for one exercise."""


class DosageError(ReadError):
    """A dosage that cannot be: the field, and why in plain words."""


_VOICE: Final = replace(
    FILE,
    error=DosageError,
    whole="dosage",
    unknown="is not known; allowed: {allowed}",
    wrong_type="must be {allowed}",
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A closed range of whole numbers, ``low`` ≤ ``high``."""

    low: int
    high: int

    @classmethod
    def of(cls, value: object, field: str) -> Span:
        """Read a whole number or a ``[min, max]`` pair; raise :class:`DosageError` otherwise."""
        pair: list[Any] = list(value) if isinstance(value, list | tuple) else [value, value]
        if len(pair) != 2 or not all(isinstance(n, int) and not isinstance(n, bool) for n in pair):
            raise DosageError(field, "must be a whole number or two whole numbers, smallest first")
        low, high = pair
        least, most = BOUNDS[field]
        if low > high:
            raise DosageError(field, "the smallest number must come first")
        if low < least or high > most:
            raise DosageError(field, f"must lie between {least} and {most}")
        return cls(low, high)

    @property
    def words(self) -> str:
        """``5`` or ``5 to 8``."""
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


@dataclass(frozen=True, slots=True)
class Dosage:
    """How much, how often and for how long.

    ``per_side``: the numbers hold for each side. ``per_position``: for each place or level that is
    worked on. ``therapist_sets``: fields the source leaves open and the clinician must fill.
    ``resistance``, ``step``: band or weight, with its colour or kilograms. ``spare``: the patient
    stops two repetitions before they must. ``progress``: when to add to it.
    """

    sets: Span | None = None
    reps: Span | None = None
    hold_s: Span | None = None
    duration_s: Span | None = None
    rest_s: Span | None = None
    times_per_day: Span | None = None
    days_per_week: Span | None = None
    weeks: Span | None = None
    effort: Span | None = None
    per_side: bool = False
    per_position: bool = False
    therapist_sets: tuple[str, ...] = ()
    resistance: str = ""
    step: str = ""
    pace: str = ""
    spare: bool = False
    progress: str = ""

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Dosage:
        """Read the JSON or TOML form; raise :class:`DosageError` naming the field."""
        r = Reader(data, voice=_VOICE, known={f.name for f in fields(cls)})
        values: dict[str, Any] = {
            name: Span.of(data[name], name) for name in RANGE_FIELDS if data.get(name) is not None
        }
        for name in ("per_side", "per_position", "spare"):
            values[name] = r.take(name, bool, False)
        if data.get("resistance"):
            values["resistance"] = r.choice("resistance", RESISTANCES)
        for name, longest in TEXTS.items():
            values[name] = r.text(name, "", longest=longest)
        open_fields = data.get("therapist_sets", ())
        if not isinstance(open_fields, list | tuple) or any(
            f not in RANGE_FIELDS for f in open_fields
        ):
            raise DosageError("therapist_sets", f"must list fields among {', '.join(RANGE_FIELDS)}")
        return cls(**values, therapist_sets=tuple(open_fields))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: stated fields only, each range as ``[min, max]``."""
        out: dict[str, Any] = {}
        for name in RANGE_FIELDS:
            span = getattr(self, name)
            if span is not None:
                out[name] = [span.low, span.high]
        for name in ("per_side", "per_position", "spare"):
            if getattr(self, name):
                out[name] = True
        for name in ("resistance", *TEXTS):
            if getattr(self, name):
                out[name] = getattr(self, name)
        if self.therapist_sets:
            out["therapist_sets"] = list(self.therapist_sets)
        return out

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields to fill before the program can be issued.

        What the source leaves to the therapist, and an amount where there is none at all.
        """
        open_fields = [f for f in self.therapist_sets if getattr(self, f) is None]
        amounts = (self.reps, self.duration_s, self.hold_s)
        if not open_fields and amounts == (None, None, None):
            open_fields.append("reps")
        return tuple(open_fields)

    @property
    def seconds_per_day(self) -> int:
        """Rough time one day of this exercise takes, in seconds, at the upper end of each range."""
        sets = self.sets.high if self.sets else 1
        if self.duration_s:
            work = self.duration_s.high
        else:
            reps = self.reps.high if self.reps else 1
            work = reps * (self.hold_s.high + 2 if self.hold_s else SECONDS_PER_REP)
        rest = (sets - 1) * (self.rest_s.high if self.rest_s else 0)
        once = (sets * work + rest) * (2 if self.per_side else 1) + CHANGEOVER_S
        return once * (self.times_per_day.high if self.times_per_day else 1)

    @property
    def amount_words(self) -> str:
        """How much at one go: ``2 sets of 10, hold 5 seconds each, on each side``."""
        parts = [self._core_words()]
        if self.hold_s and (self.reps or self.sets):
            parts.append(f"hold {seconds_words(self.hold_s)} each")
        if self.rest_s and self.rest_s.high:
            parts.append(f"rest {seconds_words(self.rest_s)} between sets")
        if self.per_side:
            parts.append("on each side")
        if self.per_position:
            parts.append("at each place")
        parts.append(load_words(self.resistance, self.step))
        parts.append(self.pace)
        if self.effort:
            parts.append(f"effort {self.effort.words} out of 10")
        if self.spare:
            parts.append(SPARE)
        return ", ".join(p for p in parts if p)

    def _core_words(self) -> str:
        sets = self.sets if self.sets and self.sets.high > 1 else None
        if self.duration_s:
            work = seconds_words(self.duration_s)
            return f"{sets.words} sets of {work}" if sets else work
        if self.reps:
            if sets:
                return f"{sets.words} sets of {self.reps.words}"
            return "once" if self.reps.high == 1 else f"{self.reps.words} times"
        if self.hold_s and not self.sets:
            return f"hold {seconds_words(self.hold_s)}"
        return f"{self.sets.words} sets" if self.sets and self.sets.high > 1 else ""

    @property
    def frequency_words(self) -> str:
        """How often: ``2 times a day, every day, for 4 weeks``."""
        parts = []
        if self.times_per_day:
            t = self.times_per_day
            once = t.low == t.high == 1
            parts.append("once a day" if once else f"{t.words} times a day")
        if self.days_per_week:
            d = self.days_per_week
            if d.low == 7:
                parts.append("every day")
            else:
                parts.append("1 day a week" if d.high == 1 else f"{d.words} days a week")
        if self.weeks:
            w = self.weeks
            parts.append("for 1 week" if w.low == w.high == 1 else f"for {w.words} weeks")
        if self.progress:
            parts.append(self.progress)
        return ", ".join(parts)

    @property
    def says_how_often(self) -> bool:
        """Whether the patient is told how many times a day or days a week."""
        return self.times_per_day is not None or self.days_per_week is not None

    @property
    def words(self) -> str:
        """The whole dose as one sentence without a full stop, capitalised; may be empty."""
        text = ", ".join(p for p in (self.amount_words, self.frequency_words) if p)
        return text[:1].upper() + text[1:]


def seconds_words(span: Span) -> str:
    """``30 seconds``, ``up to 60 seconds``, or whole minutes: ``5 to 10 minutes``."""
    if span.low == 1 and span.high >= 10:
        return f"up to {span.high} seconds"
    if span.low >= 60 and span.low % 60 == 0 and span.high % 60 == 0:
        minutes = Span(span.low // 60, span.high // 60)
        return f"{minutes.words} minute{'s' if minutes.high > 1 else ''}"
    return f"{span.words} second{'s' if span.high > 1 else ''}"
