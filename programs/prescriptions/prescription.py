"""The prescription: everything a patient is given, frozen at the moment of issue.

Pure. Value objects with a JSON form (``to_dict`` / ``from_dict``). The handout and the online page
see nothing else, so that editing the catalogue or the case later never changes what was issued.
``schema_version`` rises when the shape changes; readers of old versions stay.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from programs.exercises.dosage import Dosage
from programs.exercises.pictures.figure import Figure

SCHEMA_VERSION: Final = 1
LAYOUT: Final = 2
"""The edition of the printed page that versions are issued with today."""


class PrescriptionError(ValueError):
    """Stored data that is no prescription of a known schema version."""


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """Who issues: shown at the head of the handout and on the patient's page."""

    name: str
    address_lines: tuple[str, ...] = ()
    phone: str = ""
    emergency_number: str = "112"
    out_of_hours: str = ""
    paper_size: str = "A4"
    logo_png: str = ""
    """Base64 of a PNG, empty for none."""
    country: str = ""
    """Two letters, for words that are spelt by country; empty in versions from before."""


@dataclass(frozen=True, slots=True)
class Caution:
    """A caution the clinician accepted, in words for the patient, with its rule and source."""

    text: str
    rule: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class PrescribedExercise:
    """One exercise as prescribed.

    ``item``: stable id of the program item, the same in every version. ``side``: ``left``,
    ``right`` or empty. ``modification``: how to adapt it, as accepted. ``transient_rise``: whether
    a passing rise of symptoms is allowed, with ``transient_when`` in words.
    """

    item: str
    exercise: str
    name: str
    kind: str
    phase: str
    phase_label: str
    side: str
    side_words: str
    dosage: Dosage
    dose_words: str
    steps: tuple[str, ...]
    feel: str = ""
    avoid: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    equipment_words: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()
    modification: str = ""
    note: str = ""
    transient_rise: str = "no"
    transient_when: str = ""
    figures: tuple[Figure, ...] = ()
    sources: tuple[str, ...] = ()
    motion: str = ""
    """Base64 of the gzipped SVG of the drawn movement; empty for none. Never printed."""
    general: tuple[str, ...] = ()
    """Those lines of ``avoid`` and ``stop`` that ``every_time`` says once for the whole program."""


@dataclass(frozen=True, slots=True)
class RedFlagLine:
    """A warning sign and what to do about it (``emergency``, ``same_day``)."""

    text: str
    route: str


@dataclass(frozen=True, slots=True)
class Prescription:
    """A program as issued: version, people, exercises, limits and what to do when."""

    schema_version: int
    program: str
    version: int
    title: str
    issued_on: dt.date
    practice: PracticeCard
    patient_name: str
    clinician_name: str
    clinician_credentials: str
    items: tuple[PrescribedExercise, ...]
    minutes_per_day: int
    pain_green_max: int
    pain_amber_max: int
    after_effect_minutes: int
    review_weeks: tuple[int, int]
    review_on: dt.date | None = None
    stop_rules: tuple[str, ...] = ()
    red_flags: tuple[RedFlagLine, ...] = ()
    note: str = ""
    language: str = "en"
    every_time: tuple[str, ...] = ()
    """What holds for each exercise, said once on paper."""
    layout: int = 1
    """The edition of the printed page: what was issued before the second keeps its look."""
    weeks: tuple[int, int] | None = None
    """First and last week of a plan in phases that this version is for."""
    weeks_from: dt.date | None = None
    """The day on which they began."""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form; :meth:`from_dict` gives back an equal object."""
        out: dict[str, Any] = _plain(self)
        return out

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Prescription:
        """Read the stored form; raise :class:`PrescriptionError` naming what is wrong."""
        version = data.get("schema_version") if isinstance(data, Mapping) else None
        if version != SCHEMA_VERSION:
            raise PrescriptionError(f"schema version {version!r} is not known")
        try:
            result: Prescription = _build(cls, data)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise PrescriptionError(f"the stored prescription is damaged: {error}") from error
        return result


def _plain(value: Any) -> Any:
    """A value object as JSON types."""
    if isinstance(value, Dosage):
        return value.to_dict()
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _build(kind: Any, data: Any, where: str = "") -> Any:
    """Read JSON types as ``kind``; unknown keys are errors, absent ones take the default.

    ``where`` is the place in the data, named in errors: ``items.2.dosage``. Written here rather
    than left to a library: cattrs gives the same bytes, but takes a text for a list of its letters
    and tells of a fault in other words; msgspec cannot be told how a dose is written.
    """
    if kind is Dosage:
        return _built(Dosage.from_dict, data, where)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _build_fields(kind, data, where)
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return None if data is None else _build(args[0], data, where)
    if origin is tuple:
        return _build_tuple(args, data, where)
    if kind is dt.date:
        return _built(dt.date.fromisoformat, data, where)
    # JSON has true and false, which Python also counts as 1 and 0.
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise ValueError(f"{where}: expected {kind.__name__}, found {type(data).__name__}")
    return data


def _build_fields(kind: type, data: Any, where: str) -> Any:
    if not isinstance(data, Mapping):
        raise TypeError(f"{where or 'the whole'}: expected an object")
    hints = _hints(kind)
    if unknown := [key for key in data if key not in hints]:
        raise ValueError(f"{where or 'the whole'}: unknown key {unknown[0]!r}")
    prefix = f"{where}." if where else ""
    values = {name: _build(hints[name], value, prefix + name) for name, value in data.items()}
    return _built(lambda _: kind(**values), data, where or "the whole")


def _build_tuple(args: tuple[Any, ...], data: Any, where: str) -> tuple[Any, ...]:
    # A text has a length too, and would pass for a list of its letters.
    if not isinstance(data, list | tuple):
        raise TypeError(f"{where}: expected a list, found {type(data).__name__}")
    kinds = args[:1] * len(data) if args[-1] is Ellipsis else args
    if len(kinds) != len(data):
        raise ValueError(f"{where}: expected {len(kinds)} values, found {len(data)}")
    pairs = zip(kinds, data, strict=True)
    return tuple(_build(kind, item, f"{where}.{n}") for n, (kind, item) in enumerate(pairs))


def _built(make: Callable[[Any], Any], data: Any, where: str) -> Any:
    """Make a value, naming its place when it cannot be made."""
    try:
        return make(data)
    except (TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"{where}: {error}") from error
