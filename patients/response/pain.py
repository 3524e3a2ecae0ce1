"""The pain number: bands, the next day, and the change that matters since the start.

Pure. All comparisons are exact: means stay fractions, shares are never rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from patients.response.facts import History, Item, Phase
from patients.response.sessions import Session

POINTS = 2
"""Points on the 0–10 scale that matter. Source: C32."""
SHARE = Fraction(30, 100)
"""Share of the baseline that matters. Source: C32."""
LAST = 3
"""Sessions that the mean is taken over, and the least number before anything is said."""
FIRST_DAYS = 7
GOOD = Fraction(70, 100)
ENOUGH = Fraction(50, 100)
"""From this share on, weeks without a change lead to a review; below it, to a question why."""


@dataclass(frozen=True, slots=True)
class SessionPain:
    """What the numbers of one session say; ``rise``: next day minus before, in points."""

    red_after: bool = False
    red_next_day: bool = False
    red_during: bool = False
    amber: bool = False
    not_settled: bool = False
    green: bool = False
    highest: int | None = None
    rise: int | None = None

    @property
    def red(self) -> bool:
        """A session of which two in a row ease the dose."""
        return self.red_after or self.red_next_day


def pain_of(history: History, session: Session, items: Mapping[str, Item]) -> SessionPain:
    """Judge the numbers of one session that was done."""
    limits = history.settings
    after = max(session.pains(Phase.AFTER, Phase.SETTLED), default=None)
    morning = max(session.pains(Phase.NEXT_DAY), default=None)
    before = next(iter(session.pains(Phase.BEFORE)), history.baseline_pain)
    rise = None if morning is None or before is None else morning - before
    amber = after is not None and limits.pain_green_max < after <= limits.pain_amber_max
    unsettled = rise is not None and rise > 0 and (morning or 0) > limits.pain_green_max
    return SessionPain(
        red_after=after is not None and after > limits.pain_amber_max,
        red_next_day=rise is not None and rise >= POINTS,
        red_during=_red_during(session, items, limits.pain_amber_max),
        amber=amber,
        not_settled=amber and unsettled,
        green=after is not None and after <= limits.pain_green_max,
        highest=after,
        rise=rise,
    )


def _red_during(session: Session, items: Mapping[str, Item], limit: int) -> bool:
    """A red number during an exercise that should not raise pain at all."""
    return any(
        e.pain is not None
        and e.pain > limit
        and not all(n in items and items[n].rise != "no" for n in session.touched(e.item) or ("",))
        for e in session.of(Phase.DURING)
    )


@dataclass(frozen=True, slots=True)
class PainChange:
    """Mean pain of the last three sessions against the start; None where it cannot be said."""

    baseline: int
    mean: Fraction

    @property
    def matters(self) -> bool:
        """2 points or 30 % of the start; from a start of 0 only points count."""
        size = abs(self.mean - self.baseline)
        return size >= POINTS or (self.baseline > 0 and size >= SHARE * self.baseline)

    @property
    def better(self) -> bool:
        """Clearly less pain than at the start."""
        return self.matters and self.mean < self.baseline

    @property
    def worse(self) -> bool:
        """Clearly more pain than at the start."""
        return self.matters and self.mean > self.baseline


def days_in(history: History, sessions: Sequence[Session]) -> int:
    """Calendar days since the program started, else since the first log; 0 for no log."""
    first = history.started or min((s.day for s in sessions), default=None)
    return 0 if first is None else max((history.day(history.now) - first).days, 0)


def change_of(history: History, done: Sequence[Session], days: int) -> PainChange | None:
    """The change since the start; None before 7 days or 3 sessions, or without numbers."""
    if days < FIRST_DAYS or len(done) < LAST:
        return None
    last = [p for s in done[-LAST:] if (p := usual_pain(s)) is not None]
    first = next((p for s in done if (p := usual_pain(s)) is not None), None)
    baseline = first if history.baseline_pain is None else history.baseline_pain
    if baseline is None or len(last) < LAST:
        return None
    return PainChange(baseline, Fraction(sum(last), len(last)))


def usual_pain(session: Session) -> int | None:
    """The number that compares with the baseline: before exercise, else the nearest to rest."""
    for phase in (Phase.BEFORE, Phase.NEXT_DAY, Phase.SETTLED, Phase.AFTER, Phase.DURING):
        pains = session.pains(phase)
        if pains:
            return pains[0]
    return None


@dataclass(frozen=True, slots=True)
class Adherence:
    """Sessions done of sessions asked for in some last days."""

    done: int
    asked: Fraction
    days: int

    @property
    def share(self) -> Fraction:
        """Done of asked; above 1 where more was done."""
        return self.done / self.asked


def adherence_of(
    history: History, done: Sequence[Session], days: int, is_paused: Callable[[str, date], bool]
) -> Adherence | None:
    """Sessions done in the last ``days`` calendar days, against what was asked for on each.

    A day asks for as many sessions as the most frequent item that was in force on it and not
    paused. Today counts among what is done and not yet among what is asked. None where nothing
    was asked for.
    """
    today = history.day(history.now)
    dates = [today - timedelta(days=n) for n in range(1, days + 1)]
    weekly = sum(
        max((i.weekly(day) for i in history.items if not is_paused(i.id, day)), default=0)
        for day in dates
    )
    if not weekly:
        return None
    on = [*(s.day for s in done), *history.counted]
    return Adherence(sum(day >= dates[-1] for day in on), Fraction(weekly, 7), days)
