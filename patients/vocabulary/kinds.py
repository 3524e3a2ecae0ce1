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
    """Directional preference: the movement direction that lastingly eases the symptoms."""

    FLEXION = "flexion"
    EXTENSION = "extension"
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


class Route(StrEnum):
    """How fast a red flag needs a medical answer."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SOON = "soon"
    REFER = "refer"


STOPPING_ROUTES: Final = frozenset({Route.EMERGENCY, Route.SAME_DAY})


@dataclass(frozen=True, slots=True)
class Condition:
    """A diagnosis or clinical picture a case can carry.

    ``needs_side``: the rules depend on the side, so a form asks for left, right or both.
    """

    code: str
    label: str
    needs_side: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A health fact the safety screen asks about.

    ``question`` is put to the patient; ``label`` is the clinician's short name. ``route``: how fast
    a yes needs a medical answer, as a red flag does; ``None`` where it needs none. ``sided``: it
    may belong to one side. ``doubted_by``: findings that make a *no* count as not asked.
    """

    code: str
    label: str
    question: str
    group: str
    route: Route | None = None
    sided: bool = False
    doubted_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surgery:
    """An operation whose date decides for how long some movements are restricted."""

    code: str
    label: str
    sided: bool = False
    has_approach: bool = False


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A sign that needs a medical answer before, or instead of, exercise.

    ``question`` and ``sign`` say the same: one asks the patient today, the other is printed as a
    sign to watch for and stands on the patient's own pages.
    """

    code: str
    label: str
    question: str
    sign: str
    route: Route
    group: str

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
