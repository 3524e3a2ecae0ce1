"""What a word of a case can be: its fixed choices, and the shape of a condition or a finding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Side(StrEnum):
    """Where a condition sits."""

    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"
    CENTRAL = "central"
    UNSPECIFIED = "unspecified"


class Answer(StrEnum):
    """An answer on the safety screen; not asked is ``unknown``, which is never read as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Preference(StrEnum):
    """Directional preference: the movement direction that lastingly eases the symptoms.

    Lateral: the pelvis glides toward the sore side, or away from it.
    """

    FLEXION = "flexion"
    EXTENSION = "extension"
    LATERAL_TOWARD = "lateral_toward"
    LATERAL_AWAY = "lateral_away"
    NONE = "none"
    UNTESTED = "untested"


class Irritability(StrEnum):
    """How easily symptoms are provoked and how slowly they settle."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    UNKNOWN = "unknown"


class Approach(StrEnum):
    """Surgical approach of a hip replacement; it decides which movements are restricted."""

    POSTERIOR = "posterior"
    ANTERIOR = "anterior"
    LATERAL = "lateral"
    UNKNOWN = "unknown"


class WeightBearing(StrEnum):
    """The surgeon's order for one leg, most allowed first."""

    FULL = "full"
    AS_TOLERATED = "as_tolerated"
    PARTIAL = "partial"
    TOUCH = "touch"
    NONE = "none"


class Stage(StrEnum):
    """How far a frozen shoulder has come; not recorded counts as the painful stage."""

    PAIN = "pain"
    STIFF = "stiff"
    RECOVERING = "recovering"


class TearSize(StrEnum):
    """The tear that a cuff repair closed; not known counts as large."""

    SMALL_MEDIUM = "small_medium"
    LARGE_MASSIVE = "large_massive"
    UNKNOWN = "unknown"


class Birth(StrEnum):
    """How the last child was born; a caesarean is an operation on the belly too."""

    VAGINAL = "vaginal"
    ASSISTED = "assisted"
    CAESAREAN = "caesarean"


class Chain(StrEnum):
    """A row of places along which symptoms move in toward the spine, or out."""

    LEG = "leg"
    ARM = "arm"


class Route(StrEnum):
    """How fast a red flag needs a medical answer."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SOON = "soon"
    REFER = "refer"


OPERATED: Final = "operated"
"""Stands among the regions of a case that has an operation on record."""
STOPPING_ROUTES: Final = frozenset({Route.EMERGENCY, Route.SAME_DAY})


@dataclass(frozen=True, slots=True)
class Condition:
    """A diagnosis or clinical picture a case can carry.

    ``region``: the part of the body it belongs to. ``needs_side``: the rules depend on the side, so
    a form asks for left, right or both. ``has_stage``, ``has_start``: they depend on the stage, or
    on the weeks since it began. ``chain``: the places along which its symptoms can move.
    """

    code: str
    label: str
    region: str
    needs_side: bool = False
    has_stage: bool = False
    has_start: bool = False
    chain: Chain | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A health fact the safety screen asks about.

    ``question`` is put to the patient; ``label`` is the clinician's short name. ``route``: how fast
    a yes needs a medical answer, as a red flag does; ``None`` where it needs none. ``sided``: it
    may belong to one side. ``doubted_by``: findings that make a *no* count as not asked. ``about``:
    as of a red flag.
    """

    code: str
    label: str
    question: str
    group: str
    route: Route | None = None
    sided: bool = False
    doubted_by: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surgery:
    """An operation whose date decides for how long some movements are restricted."""

    code: str
    label: str
    sided: bool = False
    has_approach: bool = False
    has_tear: bool = False
    region: str = ""


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A sign that needs a medical answer before, or instead of, exercise.

    ``question`` and ``sign`` say the same: one asks the patient today, the other is printed as a
    sign to watch for and stands on the patient's own pages. ``about``: the regions of a case that
    it is asked for, or ``OPERATED``; empty where everybody is asked.
    """

    code: str
    label: str
    question: str
    sign: str
    route: Route
    group: str
    about: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Answered yes, it stops prescribing until a named clinician clears it."""
        return self.route in STOPPING_ROUTES


@dataclass(frozen=True, slots=True)
class Together:
    """Signs that need a faster answer together than any of them alone.

    It holds where ``code`` and at least one of ``others`` (red flags or conditions) are recorded.
    """

    code: str
    others: frozenset[str]
    route: Route
    source: str
