"""One look at a whole history: sessions judged, what is paused, and where it is going.

Pure. Built once for an answer; ``answer`` puts it into words, alerts and proposals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from patients.response.facts import History, Item, Phase, Place, Trend
from patients.response.pain import (
    FIRST_DAYS,
    LAST,
    PainChange,
    SessionPain,
    change_of,
    days_in,
    pain_of,
)
from patients.response.sessions import Session, sessions_of
from patients.response.shift import Locations, LocationShift, shift_of
from patients.response.signs import NERVE_SITUATIONS, Flag, Sign, open_flags, signs_of

RECENT = timedelta(days=7)
"""How long a move in or out of the leg stays the trend, counted back from the last session."""
NEWS_FOR = timedelta(days=14)
"""How long news is news: the trend and what is good speak of these last calendar days."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A session that was done, with what its locations and its numbers say."""

    session: Session
    shift: LocationShift
    pain: SessionPain

    @property
    def red(self) -> bool:
        """Counts toward two red sessions in a row; moving up the leg outranks the number."""
        return self.pain.red and not self.shift.centralising


@dataclass(frozen=True, slots=True)
class ItemStop:
    """An item stopped at a moment, and by what."""

    item: str
    at: datetime
    situation: str
    session: str


@dataclass(frozen=True)
class ClinicalPicture:
    """What a history shows at ``now``."""

    history: History
    items: dict[str, Item]
    days: int
    done: list[Judged]
    flags: list[Flag]
    signs: list[Sign]
    stops: list[ItemStop]
    change: PainChange | None
    improved: bool
    drifted: int
    trend: Trend

    @cached_property
    def paused(self) -> tuple[str, ...]:
        """Items stopped and not reinstated since, in the program's order."""
        return tuple(i for i in self.items if i in self.held)

    @cached_property
    def open_stops(self) -> list[ItemStop]:
        """Stops that still hold."""
        marks = sorted(self.history.reinstated, key=lambda m: m.at)
        back = {m.code: m.at for m in marks if m.at <= self.history.now}
        return [s for s in self.stops if s.item not in back or s.at >= back[s.item]]

    def was_paused(self, item: str, day: date) -> bool:
        """Whether the item was stopped on a day, and not reinstated by then."""
        local = self.history.day
        back = [m.at for m in self.history.reinstated if m.code == item and local(m.at) <= day]
        stops = [s.at for s in self.stops if s.item == item and local(s.at) <= day]
        return any(not back or at >= max(back) for at in stops)

    @cached_property
    def forward_bends(self) -> tuple[Item, ...]:
        """Forward bends that the patient may go on with."""
        return tuple(
            i
            for i in self.items.values()
            if i.flexes and not i.extends and i.sessions_per_week and i.id not in self.held
        )

    @cached_property
    def current(self) -> list[Judged]:
        """The latest session, and earlier ones reported on since its last log."""
        if not self.done:
            return []
        end = self.done[-1].session.end
        return [j for j in self.done[:-1] if j.session.end > end] + self.done[-1:]

    @cached_property
    def held(self) -> frozenset[str]:
        """Items that a stop still holds."""
        return frozenset(s.item for s in self.open_stops)

    @cached_property
    def current_signs(self) -> list[Sign]:
        """Signs that speak to the patient: of nerves until cleared, of legs the latest.

        Both legs speaks where the latest session or a later log has it.
        """
        start = self.done[-1].session.start if self.done else None
        ids = {j.session.id for j in self.current}
        return [
            s
            for s in self.signs
            if (
                s.situation in NERVE_SITUATIONS
                or start is None
                or s.entry.at >= start
                or s.entry.session in ids
            )
            and not s.is_cleared(self.history)
        ]

    @cached_property
    def standing_signs(self) -> list[Sign]:
        """Signs that nobody cleared: of nerves however old, of both legs those of 7 days."""
        return [
            s
            for s in self.signs
            if (s.situation in NERVE_SITUATIONS or self.recent(s.entry.at))
            and not s.is_cleared(self.history)
        ]

    def recent(self, at: datetime) -> bool:
        """Within the last 7 calendar days."""
        return self.history.day(self.history.now) - self.history.day(at) < RECENT

    @property
    def is_silent(self) -> bool:
        """Whether sessions were done, and none of the last 14 days tells how it is."""
        return bool(self.current) and not any(self.is_news(j.session.end) for j in self.current)

    def is_news(self, at: datetime) -> bool:
        """Within the last 14 calendar days."""
        return is_news(self.history, at)


def picture_of(history: History) -> ClinicalPicture:
    """Judge everything up to now."""
    sessions, entries = sessions_of(history)
    items = {i.id: i for i in history.items}
    locations = Locations(history, entries)
    done = [
        Judged(s, shift_of(history, s, locations, items), pain_of(history, s, items))
        for s in sessions
        if s.done and s.id not in history.aside
    ]
    signs = signs_of(history, sessions, entries)
    days = days_in(history, sessions)
    change = change_of(history, [j.session for j in done], days)
    improved = change is not None and change.better and _are_news(history, done[-LAST:])
    drifted = _drift(history, done, days)
    picture = ClinicalPicture(
        history=history,
        items=items,
        days=days,
        done=done,
        flags=open_flags(history, signs),
        signs=signs,
        stops=sorted(_stops(done, signs), key=lambda s: (s.at, s.item, s.situation)),
        change=change,
        improved=improved,
        drifted=drifted,
        trend=Trend.TOO_EARLY,
    )
    return replace(picture, trend=_trend(picture, locations))


def is_news(history: History, at: datetime) -> bool:
    """Whether a moment lies in the last 14 calendar days before now."""
    return history.day(history.now) - history.day(at) <= NEWS_FOR


def _stops(done: list[Judged], signs: list[Sign]) -> Iterator[ItemStop]:
    for j in done:
        seen = j.shift.seen_at or j.session.end
        for name in j.shift.spread:
            yield ItemStop(name, seen, "lasting_spread", j.session.id)
        for name in j.shift.persists:
            checks = j.session.of(Phase.SETTLED) or j.session.of(Phase.DURING)
            at = max((e.at for e in checks), default=seen)
            yield ItemStop(name, at, "extension_persists", j.session.id)
    for sign in signs:
        if sign.situation == "numbness_spreads":
            for name in sign.items:
                yield ItemStop(name, sign.entry.at, sign.situation, sign.entry.session)


def _drift(history: History, done: list[Judged], days: int) -> int:
    """Ranks by which all of the last three sessions began lower (+) or higher (-) than the start.

    Compared with the first session and, where it is recorded, with the baseline too, so that an
    old baseline alone never makes a drift. A drift up is good news, and so of the last days only.
    """
    told = [j for j in done if j.shift.before is not None]
    before = [j.shift.before or 0 for j in told]
    if days < FIRST_DAYS or len(before) < LAST + 1:
        return 0
    place: Place | None = history.baseline_place
    starts = [before[0]] if place is None else [before[0], place.rank]
    last = before[-LAST:]
    if min(last) > max(starts):
        return min(last) - max(starts)
    return min(max(last) - min(starts), 0) if _are_news(history, told[-LAST:]) else 0


def _are_news(history: History, sessions: list[Judged]) -> bool:
    return all(is_news(history, j.session.end) for j in sessions)


def _trend(picture: ClinicalPicture, locations: Locations) -> Trend:
    """Where it is going, by the last 14 days: without a session in them nothing can be said."""
    done, drifted, change = picture.done, picture.drifted, picture.change
    if not done or not picture.is_news(done[-1].session.end):
        return Trend.TOO_EARLY
    moved = _moved(picture.history, done, locations)
    if moved is None and drifted:
        moved = Trend.PERIPHERALISING if drifted > 0 else Trend.CENTRALISING
    if moved is not None:
        return moved
    if change is None:
        early = picture.days < FIRST_DAYS or len(done) < LAST
        return Trend.TOO_EARLY if early else Trend.NO_CLEAR_CHANGE
    if picture.improved:
        return Trend.IMPROVING
    return Trend.WORSENING if change.worse else Trend.NO_CLEAR_CHANGE


def _moved(history: History, done: list[Judged], locations: Locations) -> Trend | None:
    """The last move in or out of the leg of the past week that has not been undone."""
    for j in reversed(done):
        if done[-1].session.day - j.session.day >= RECENT:
            return None
        m = j.shift
        if not (m.lasting or m.centralising) or m.seen_at is None:
            continue
        if not is_news(history, m.seen_at):
            continue
        now = locations.last_rest(m.seen_at)
        if m.lasting:
            gone = now is not None and m.before is not None and now.rank <= m.before
            return None if gone else Trend.PERIPHERALISING
        gone = now is not None and m.checked is not None and now.rank > m.checked
        return None if gone else Trend.CENTRALISING
    return None
