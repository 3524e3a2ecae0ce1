"""What a verdict asks of the clinician before an exercise may go to a patient.

Pure. A contraindicated exercise needs an override that is named, reasoned and dated; a caution or
an adaptation has to be accepted, or overridden. Each decision is about one reason as it stood: when
the rule, its verdict or what it says of this case changes, it is asked again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from programs.rules.engine import Assessment
from programs.rules.verdict import Reason

NEEDS_OVERRIDE: Final = "contraindicated"
NEEDS_ACCEPTANCE: Final = frozenset({"adapt", "caution"})
LONGEST_OVERRIDE_DAYS: Final = 365
SHORTEST_REASON: Final = 10
"""Characters of an override's reason."""


class Refusal(StrEnum):
    """Why an exercise cannot be added; the value is what the clinician reads."""

    NEVER_PRESCRIBED = "This is shown for you to know about. It is never given to a patient."
    STOPPED = (
        "A warning sign stops this case. An exercise that is not for this patient cannot be "
        "added until the warning sign is cleared."
    )
    OVERRIDE_NEEDED = (
        "This is not for this patient. To prescribe it all the same, give a reason and a last day."
    )


def can_add(*, verdict: str, prescribable: bool, stopped: bool, overridden: bool) -> Refusal | None:
    """Whether an exercise with this verdict may enter a draft; ``None`` means yes."""
    if not prescribable:
        return Refusal.NEVER_PRESCRIBED
    if verdict != NEEDS_OVERRIDE:
        return None
    if stopped:
        return Refusal.STOPPED
    return None if overridden else Refusal.OVERRIDE_NEEDED


def decision_key(reason: Reason) -> str:
    """Names one reason as it stands: ``R01@1:contraindicated:3f9a1c2e``.

    The last part is a digest of the words and of the facts that led to it, so that a decision made
    for the right side does not hold when the case turns out to be about the left.
    """
    said = "\x1f".join((reason.reason, reason.patient, reason.modification, *reason.facts))
    return f"{reason.key}:{reason.verdict}:{hashlib.sha256(said.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class OverrideFact:
    """An override as the gates see it: which decisions, for which side, until when."""

    keys: frozenset[str]
    side: str
    expires_on: dt.date
    revoked: bool = False

    def holds(self, side: str, on: dt.date) -> bool:
        """Whether it still counts on that day for that side; its last day is included."""
        return not self.revoked and self.side == side and on <= self.expires_on


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item stands: each reason is in one of four groups.

    ``blocked``: contraindicated, and no override holds. ``expired``: those of them whose override
    has run out. ``to_accept``: cautions and adaptations nobody decided on. ``accepted``: printed
    for the patient. ``overridden``: set aside by a clinician. ``forbidden``: never prescribed.
    """

    verdict: str
    forbidden: bool = False
    blocked: tuple[Reason, ...] = ()
    expired: tuple[Reason, ...] = ()
    to_accept: tuple[Reason, ...] = ()
    accepted: tuple[Reason, ...] = ()
    overridden: tuple[Reason, ...] = ()

    @property
    def clear(self) -> bool:
        """Nothing is left to decide."""
        return not (self.forbidden or self.blocked or self.to_accept)

    @property
    def adaptations(self) -> tuple[Reason, ...]:
        """Adaptations that are accepted or wait for it: what the patient has to do differently."""
        return tuple(r for r in (*self.accepted, *self.to_accept) if r.verdict == "adapt")


def standing(
    assessment: Assessment,
    *,
    prescribable: bool,
    acknowledged: Iterable[str],
    overrides: Iterable[OverrideFact],
    on: dt.date,
) -> Standing:
    """Sort the reasons of one assessed item by what was decided about them."""
    accepted_keys = frozenset(acknowledged)
    all_overrides = tuple(overrides)
    holding = _keys(o for o in all_overrides if o.holds(assessment.side, on))
    lapsed = _keys(
        o
        for o in all_overrides
        if not o.revoked and o.side == assessment.side and on > o.expires_on
    )
    groups: dict[str, list[Reason]] = {
        "blocked": [], "expired": [], "to_accept": [], "accepted": [], "overridden": []
    }  # fmt: skip
    for reason in assessment.reasons:
        key = decision_key(reason)
        if reason.verdict == NEEDS_OVERRIDE:
            groups["overridden" if key in holding else "blocked"].append(reason)
            if key in lapsed and key not in holding:
                groups["expired"].append(reason)
        elif reason.verdict in NEEDS_ACCEPTANCE:
            if key in holding:
                groups["overridden"].append(reason)
            else:
                groups["accepted" if key in accepted_keys else "to_accept"].append(reason)
    return Standing(
        verdict=assessment.verdict,
        forbidden=not prescribable,
        **{name: tuple(reasons) for name, reasons in groups.items()},
    )


def _keys(overrides: Iterable[OverrideFact]) -> frozenset[str]:
    return frozenset(key for override in overrides for key in override.keys)
