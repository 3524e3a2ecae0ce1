"""What the response rules read and what they answer: frozen values, no framework.

Pure. Times are aware; pain is a whole number from 0 to 10; locations are ranks, 0 none … 6 foot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from patients.vocabulary import Chain

Fact = str | int | float | None | list[str] | dict[str, int]
"""A fact beside an alert or a proposal, ready for JSON."""


class Phase(StrEnum):
    """When in a session a log was written."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    SETTLED = "settled"
    NEXT_DAY = "next_day"


class Kind(StrEnum):
    """What it feels like."""

    PAIN = "pain"
    TINGLING = "tingling"
    NUMBNESS = "numbness"
    WEAKNESS = "weakness"
    HEAVINESS = "heaviness"
    STIFFNESS = "stiffness"
    BURNING = "burning"
    SHARP_PINCH = "sharp_pinch"
    CLICKING = "clicking"


class Outcome(StrEnum):
    """What the patient does next, worst first."""

    GET_HELP = "get_help"
    STOP_EXERCISE = "stop_exercise"
    EASE = "ease"
    CARRY_ON = "carry_on"


class Trend(StrEnum):
    """Where the case is going."""

    CENTRALISING = "centralising"
    PERIPHERALISING = "peripheralising"
    IMPROVING = "improving"
    WORSENING = "worsening"
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_EARLY = "too_early"


class Urgency(StrEnum):
    """How soon a clinician looks, most urgent first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SOON = "soon"
    ROUTINE = "routine"


ALERTS: Final = (
    "red_flag",
    "neurological_change",
    "both_legs",
    "peripheralising",
    "extension_not_tolerated",
    "two_red_days",
    "worsening",
    "no_change",
)
PROPOSALS: Final = (
    "screen_red_flags",
    "extension_not_tolerated",
    "review_direction",
    "set_preference_extension",
    "set_preference_flexion",
    "ease_dose",
    "review",
    "ask_barriers",
)
CLEARABLE_ALERTS: Final = ("neurological_change", "both_legs")
"""Alerts that a clinician clears by their own code; red flags are cleared by the flag's code."""
NERVES: Final = (Kind.WEAKNESS, Kind.NUMBNESS)
"""What a nerve does when it is pressed: new or spreading, it stands until it is cleared."""
KNOWN_SIDES: Final = ("none", "left", "right", "bilateral", "unspecified")
"""Where a baseline has a kind; ``none``: it was asked for and not there."""
RISES: Final = ("no", "during_only", "during_and_5min")
"""Whether an exercise may raise symptoms in passing."""


@dataclass(frozen=True, slots=True)
class Place:
    """The most distal location of each side, as ranks."""

    left: int
    right: int

    @property
    def rank(self) -> int:
        """The worse of the sides."""
        return self.left if self.left > self.right else self.right

    @property
    def both_legs(self) -> bool:
        """Symptoms in the thigh or further on both sides."""
        return min(self.left, self.right) >= 4

    def as_fact(self) -> Fact:
        """The ranks, for the clinician's facts."""
        return {"left": self.left, "right": self.right}


@dataclass(frozen=True, slots=True)
class AskedFrom:
    """How often a week an item is asked for, from a day on."""

    since: date
    sessions_per_week: int


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of the prescription, with the traits that a response depends on.

    ``sessions_per_week`` 0: no longer asked for, kept because old logs name it. ``rise``: one of
    ``RISES``. ``versions``: how often it was asked for, from when on; of two from the same day the
    later one counts. Empty: as often as today, on every day.
    """

    id: str
    sessions_per_week: int
    extends: bool = False
    flexes: bool = False
    sided: bool = False
    rise: str = "no"
    name: str = ""
    versions: tuple[AskedFrom, ...] = ()

    def weekly(self, day: date) -> int:
        """How often a week it was asked for on that day."""
        if not self.versions:
            return self.sessions_per_week
        known = [v for v in self.versions if v.since <= day]
        return max(reversed(known), key=lambda v: v.since).sessions_per_week if known else 0


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One log. None means not asked or not answered, which is never read as none or no.

    ``stands`` False: it was corrected since. Red flags and nerve signs count from it all the same.
    """

    session: str
    at: datetime
    phase: Phase
    item: str | None = None
    done: bool | None = None
    pain: int | None = None
    place: Place | None = None
    kinds: frozenset[Kind] | None = None
    red_flags: frozenset[str] = frozenset()
    stands: bool = True


@dataclass(frozen=True, slots=True)
class ClinicianMark:
    """A clinician's act on an item or a code: reinstated, or cleared, at a time."""

    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ResponseSettings:
    """A practice's limits: points on the 0–10 scale, minutes and weeks."""

    pain_green_max: int = 3
    pain_amber_max: int = 5
    after_effect_minutes: int = 5
    review_weeks_min: int = 2
    review_weeks_max: int = 4


@dataclass(frozen=True, slots=True)
class History:
    """Everything that is known of a case's symptoms at ``now``; the order of logs is free.

    Logs after ``now`` are left out. ``screen_flags``: stopping codes answered yes on the safety
    screen. ``screen_signs``: every red flag answered yes there, whatever its route;
    ``conditions``: what is recorded besides. Some are more urgent together. ``preference``: the
    recorded directional preference. ``started``: the first day of the program; without it the day
    of the first log. ``baseline_walking``: where it is on walking. ``baseline_kinds``: known
    weakness or numbness, as one of ``KNOWN_SIDES``; a missing kind: not recorded. ``chain``: the
    row of places that the ranks belong to; None where symptoms do not move along one. ``arms``:
    the places are of neck and arms, also where nothing moves along them. ``aside``: sessions that
    are read only for what was known before others; what they say themselves comes to nothing.
    ``counted``: the days of sessions that were done and are left out, which count as done (see
    ``fold``).
    """

    now: datetime
    zone: ZoneInfo
    logs: tuple[LogEntry, ...] = ()
    items: tuple[Item, ...] = ()
    baseline_pain: int | None = None
    baseline_place: Place | None = None
    baseline_walking: Place | None = None
    baseline_kinds: Mapping[Kind, str] = field(default_factory=lambda: NO_KINDS)
    preference: str = "untested"
    screen_flags: frozenset[str] = frozenset()
    screen_signs: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    chain: Chain | None = Chain.LEG
    arms: bool = False
    reinstated: tuple[ClinicianMark, ...] = ()
    cleared: tuple[ClinicianMark, ...] = ()
    started: date | None = None
    settings: ResponseSettings = ResponseSettings()
    aside: frozenset[str] = frozenset()
    counted: tuple[date, ...] = ()

    def day(self, at: datetime) -> date:
        """The practice's calendar day of a moment."""
        return at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Advice:
    """What the reviewed rules say to one situation: their ids and the patient's words."""

    rules: tuple[str, ...]
    words: str = ""


Guide = Mapping[str, Advice]
"""Advice by situation code (see ``situations``)."""
NO_KINDS: Final[Mapping[Kind, str]] = MappingProxyType({})
NO_FACTS: Final[Mapping[str, Fact]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class StandingAlert:
    """Something a clinician must see. ``item`` is None where it is about the whole session."""

    code: str
    urgency: Urgency
    item: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=lambda: NO_FACTS)
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that a clinician may make with one click; nothing changes by itself."""

    code: str
    item: str | None = None
    facts: Mapping[str, Fact] = field(default_factory=lambda: NO_FACTS)
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """The answer: for the patient outcome, items, reason and rules; the rest for the clinician."""

    outcome: Outcome
    items: tuple[str, ...]
    reason: str
    rules: tuple[str, ...]
    trend: Trend
    paused: tuple[str, ...]
    alerts: tuple[StandingAlert, ...]
    proposals: tuple[Proposal, ...]
