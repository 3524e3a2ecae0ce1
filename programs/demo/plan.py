"""The shape of the demo's data: what is written, in words that stay true whatever the day.

Pure. Days are counted from the day the demo is made: ``weeks_ago``, ``pregnant_weeks``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

ONCE_A_DAY: Final = {"times_per_day": 1, "days_per_week": 7}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in. ``key`` names them in the rest of the data."""

    key: str
    name: str
    email: str
    credentials: str = ""


@dataclass(frozen=True, slots=True)
class PracticePlan:
    """A practice with its owner and clinicians, by their keys."""

    columns: Mapping[str, Any]
    owner: str
    clinicians: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """A surgery, so many weeks before the demo is made."""

    code: str
    weeks_ago: int
    side: str = ""
    approach: str = ""


@dataclass(frozen=True, slots=True)
class TestedPreference:
    """A directional preference, with the clinician who tested it a week before."""

    direction: str
    by: str


@dataclass(frozen=True, slots=True)
class Answers:
    """One sitting at the safety screen.

    With ``rest_no`` everything else is answered no, but for ``not_asked``; without it, the rest
    stays as it was. ``cleared`` is the note with which the clinician cleared the stopping answers
    among ``yes``.
    """

    by: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    rest_no: bool = False
    not_asked: tuple[str, ...] = ()
    cleared: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """An exercise picked from the catalogue; ``override`` is the reason for one advised against."""

    exercise: str
    side: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """Work on a draft: what is added, taken out, dosed and noted, by exercise slug."""

    add: tuple[Addition, ...] = ()
    remove: tuple[str, ...] = ()
    doses: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhasedPlan:
    """A program that is kept as a shared template in two phases, and begun with the first.

    ``then`` is the work on the first phase that makes the second. ``weeks``: of each.
    """

    name: str
    weeks: tuple[int, int]
    go_on: str
    then: Changes


@dataclass(frozen=True, slots=True)
class ProgramPlan:
    """A program: from a template, worked on, perhaps issued and amended once.

    ``keep`` names what stays of the template; empty keeps everything that the rules let in.
    """

    starter: str = ""
    keep: tuple[str, ...] = ()
    changes: Changes = Changes()
    note: str = ""
    review_in_days: int = 0
    issued: bool = False
    waivers: Mapping[str, str] = field(default_factory=dict)
    """Question → why the first version went out with it not asked."""
    days_ago: int = 0
    """How long the patient has had it."""
    amended: Changes | None = None
    phased: PhasedPlan | None = None


@dataclass(frozen=True, slots=True)
class Feeling:
    """How it was at one moment: pain 0 to 10, and regions of ``patients.body``."""

    pain: int
    regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("pain",)


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One session, so many days ago at the practice's hour.

    Everything asked for is done, but for what is ``skipped`` (by slug, with the reason).
    ``provoked``: the slug that the patient says brought it on.
    """

    days_ago: int
    before: Feeling
    after: Feeling
    settled: Feeling | None = None
    next_day: Feeling | None = None
    hour: int = 9
    skipped: Mapping[str, str] = field(default_factory=dict)
    provoked: str = ""


@dataclass(frozen=True, slots=True)
class ReportedSign:
    """A warning sign that the patient reported, so many minutes ago.

    ``seen`` is the note with which a clinician (``by``) acknowledged the alert.
    """

    minutes_ago: int
    flag: str
    by: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Diary:
    """What a patient has logged, and goals in their words with a score at each asking."""

    runs: tuple[PlannedSession, ...] = ()
    reports: tuple[ReportedSign, ...] = ()
    goals: tuple[tuple[str, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A signed note of a visit, and what was measured at it; ``added``: an amendment."""

    days_ago: int
    by: str
    subjective: str
    objective: str
    assessment: str
    plan: str
    measures: Mapping[str, int] = field(default_factory=dict)
    added: str = ""


@dataclass(frozen=True, slots=True)
class CasePlan:
    """A patient with one case. ``screen`` comes before the program, ``later`` after it."""

    name: str
    born: tuple[int, int, int]
    """Age in years, then month and day of birth."""
    title: str
    clinician: str
    practice: int = 0
    sex: str = ""
    email: str = ""
    phone: str = ""
    notes: str = ""
    conditions: tuple[tuple[str, str], ...] = ()
    surgeries: tuple[Operation, ...] = ()
    pregnant_weeks: int | None = None
    preference: TestedPreference | None = None
    irritability: str = "unknown"
    resources: tuple[str, ...] = ()
    pain: int | None = None
    left: str = ""
    right: str = ""
    goals: str = ""
    screen: tuple[Answers, ...] = ()
    later: tuple[Answers, ...] = ()
    program: ProgramPlan | None = None
    diary: Diary = Diary()
    visits: tuple[PlannedVisit, ...] = ()
    review: str = ""
    """The note of a review by the clinician, after which the program goes on."""
