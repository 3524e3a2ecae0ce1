"""Signs that outrank everything: red flags, weakness, spreading numbness, both legs.

Pure. They are looked for in every log, also of a session that was opened and not done. Red flags
and nerve signs are looked for in corrected logs too: what was once said stands until a clinician
has looked into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from patients.response.facts import NERVES, History, Kind, LogEntry, Place
from patients.response.sessions import Session, in_order
from patients.vocabulary import STOPPING_ROUTES, Chain, Route, routes_of

NEW_FOR = timedelta(days=7)
"""How far back, in calendar days, something told in the log is known."""
BUTTOCK = 3
NERVE_SIGN: Final = "neurological_change"
BOTH_LEGS: Final = "both_legs"
BOTH_LEGS_FLAG: Final = "rf_bilateral_leg_new"
"""The red flag that new weakness or numbness in both legs is."""
BOTH_ARMS_FLAG: Final = "rf_cervical_vascular_or_myelopathy"
"""The red flag that the same in both arms is."""
NERVE_SITUATIONS: Final = ("new_weakness", "numbness_spreads", "both_legs_nerves")
"""Signs that stand until a clinician clears them, however old they are."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A change in nerves or legs, seen in one log. ``place``: where it was then."""

    situation: str
    entry: LogEntry
    items: tuple[str, ...] = ()
    was: Place | None = None
    place: Place | None = None

    @property
    def in_both_legs(self) -> bool:
        """Whether weakness or numbness was told of with both legs."""
        return _in_both_legs(self.entry, self.place)

    def is_cleared(self, history: History) -> bool:
        """Whether a clinician has cleared it since."""
        return any(at > self.entry.at for at in _clears(history, self.situation, self))


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag that nobody has cleared; ``at`` None: from the safety screen.

    ``sign``: what a log said that is this flag, where nobody ticked it.
    """

    code: str
    route: Route
    at: datetime | None
    sign: Sign | None = None

    @property
    def stops(self) -> bool:
        """Whether everything stops for it."""
        return self.route in STOPPING_ROUTES


# --- Red flags -----------------------------------------------------------------------------------


def open_flags(history: History, signs: Iterable[Sign] = ()) -> list[Flag]:
    """Every red flag of any log or of the screen until it is cleared; the first report of each.

    Weakness or numbness that is new in both legs is one too, and the latest report tells of it.
    Some signs are more urgent together, and then what the screen alone knows is one as well.
    """
    found: dict[str, datetime | None] = dict.fromkeys(sorted(history.screen_flags))
    for code in [c for c in found if _cleared_at(history, c) is not None]:
        del found[code]
    reports = sorted((e.at, c) for e in history.logs if e.at <= history.now for c in e.red_flags)
    for at, code in reports:
        cleared = _cleared_at(history, code)
        if (cleared is None or at >= cleared) and found.get(code) is None:
            found[code] = at
    both = [s for s in signs if s.situation == "both_legs_nerves" and not s.is_cleared(history)]
    both_flag = flag_of_both(history)
    told = both[-1] if both and found.get(both_flag) is None else None
    if told is not None:
        found[both_flag] = told.entry.at
    known = {c for c in history.screen_signs if _cleared_at(history, c) is None}
    routes = routes_of({*found, *known}, history.conditions)
    flags = [
        Flag(c, r, found.get(c), told if c == both_flag else None)
        for c, r in routes.items()
        if c in found or r in STOPPING_ROUTES
    ]
    return sorted(flags, key=lambda f: (list(Route).index(f.route), f.code))


def flag_of_both(history: History) -> str:
    """What weakness or numbness on both sides is, in legs or in arms."""
    return BOTH_ARMS_FLAG if history.arms or history.chain is Chain.ARM else BOTH_LEGS_FLAG


def _cleared_at(history: History, code: str) -> datetime | None:
    """When a code was last cleared."""
    return max(_marks(history, code), default=None)


def _marks(history: History, code: str) -> list[datetime]:
    return [m.at for m in history.cleared if m.code == code and m.at <= history.now]


def _clears(history: History, situation: str, sign: Sign) -> list[datetime]:
    """When a clinician cleared what this sign is; both legs newly weak is one thing to clear."""
    if situation == "both_legs_nerves":
        return _marks(history, flag_of_both(history))
    own = _marks(history, BOTH_LEGS if situation == BOTH_LEGS else NERVE_SIGN)
    return own + (_marks(history, flag_of_both(history)) if sign.in_both_legs else [])


# --- Nerves and legs -----------------------------------------------------------------------------


def signs_of(
    history: History, sessions: Sequence[Session], entries: Sequence[LogEntry]
) -> list[Sign]:
    """Every sign in the logs, by time. ``entries``: the logs that stand."""
    by_id = {s.id: s for s in sessions}
    found = list(_both_legs(history, entries))
    if any(_of_nerves(e) for e in history.logs):
        told = placed(history)
        for of_kind in reports(history, told):
            found += _episodes(history, of_kind)
        found += _numbness(history, told, by_id)
    heard = (s for s in found if s.entry.session not in history.aside)
    return sorted(heard, key=lambda s: (s.entry.at, s.situation))


def placed(history: History) -> list[tuple[LogEntry, Place | None]]:
    """Every log up to now, corrected ones too, with the place that it or its session told last."""
    logs = [e for e in history.logs if e.at <= history.now]
    places: dict[str, Place] = {}
    found = []
    for e in in_order(logs):
        if e.place is not None:
            places[e.session] = e.place
        found.append((e, places.get(e.session)))
    return found


Told = Sequence[tuple[LogEntry, Place | None]]


def reports(history: History, told: Told) -> Iterator[list[Sign]]:
    """What may be news, by kind: weakness that no baseline has, and nerves in both legs.

    A report is news, or goes on with an earlier one: ``_episodes`` tells which.
    """
    yield [
        Sign("new_weakness", e, place=place)
        for e, place in told
        if Kind.WEAKNESS in (e.kinds or ()) and not _known(history, Kind.WEAKNESS, place)
    ]
    for kind in NERVES:
        side = history.baseline_kinds.get(kind, "none")
        if side == "bilateral" or (side == "unspecified" and _known_in_both(history)):
            continue
        yield [
            Sign("both_legs_nerves", e, place=place)
            for e, place in told
            if kind in (e.kinds or ()) and _in_both_legs(e, place)
        ]


def _episodes(history: History, reports: Iterable[Sign]) -> Iterator[Sign]:
    """The reports that are new, and those that go on with what nobody has cleared.

    Something stays one episode while no more than 7 days lie between two reports of it.
    """
    last: date | None = None
    began: Sign | None = None
    for sign in reports:
        today = history.day(sign.entry.at)
        if began is None or last is None or today - last > NEW_FOR:
            began = sign
        last = today
        clears = _clears(history, sign.situation, began)
        if not any(began.entry.at < at < sign.entry.at for at in clears):
            yield sign


def _known(history: History, kind: Kind, place: Place | None) -> bool:
    """Whether the recorded baseline has it, on a side that this report may be about."""
    side = history.baseline_kinds.get(kind, "none")
    if side in ("none", "left", "right") and place is not None and place.rank:
        return side != "none" and (place.left if side == "left" else place.right) > 0
    return side != "none"


def _known_in_both(history: History) -> bool:
    """Whether the recorded baseline has symptoms in both legs, at rest or on walking."""
    places = (history.baseline_place, history.baseline_walking)
    return any(p is not None and p.both_legs for p in places)


def _in_both_legs(entry: LogEntry, place: Place | None) -> bool:
    return _of_nerves(entry) and place is not None and place.both_legs


def _of_nerves(entry: LogEntry) -> bool:
    return not (entry.kinds or frozenset()).isdisjoint(NERVES)


def _numbness(history: History, told: Told, sessions: Mapping[str, Session]) -> Iterator[Sign]:
    """Numbness further down than it is known to be, or new since an answer without it."""
    asked_for = tuple(i.id for i in history.items if i.sessions_per_week)
    recorded = Kind.NUMBNESS in history.baseline_kinds
    numb: LogEntry | None = None
    asked: LogEntry | None = None
    place: Place | None = history.baseline_place
    for e, here in told:
        if e.kinds is not None and Kind.NUMBNESS in e.kinds:
            logged = _within(history, numb, e)
            based = _known(history, Kind.NUMBNESS, e.place)
            known = [
                *([(numb.place or place) if numb else place] if logged else []),
                *([history.baseline_place or place] if based else []),
            ]
            new = not known and (recorded or _within(history, asked, e))
            if new or all(_further(was, e.place) for was in known or [place]):
                session = sessions.get(e.session)
                names = (session.touched(e.item) if session else ()) or asked_for
                yield Sign("numbness_spreads", e, names, (known or [place])[0], here)
            numb = e
        asked = e if e.kinds is not None else asked
        place = e.place or place


def _within(history: History, earlier: LogEntry | None, e: LogEntry) -> bool:
    """Whether it was told in the 7 days before."""
    return earlier is not None and history.day(e.at) - history.day(earlier.at) <= NEW_FOR


def _further(was: Place | None, now: Place | None) -> bool:
    """At least one rank down; on one side alone only from the buttock on."""
    if was is None or now is None:
        return False
    left, right = now.left > was.left, now.right > was.right
    one = (left and now.left >= BUTTOCK) or (right and now.right >= BUTTOCK)
    return now.rank > was.rank or one


def _both_legs(history: History, entries: Sequence[LogEntry]) -> Iterator[Sign]:
    """Thigh or further on both sides where it was not before; never where the baseline has both.

    It goes on while every later log has both legs, for 7 days or until it is cleared. With no
    earlier location at all it counts as new.
    """
    if _known_in_both(history):
        return
    was = history.baseline_place
    began: Sign | None = None
    for e in entries:
        if e.place is None:
            continue
        if not e.place.both_legs:
            began = None
        elif was is None or not was.both_legs:
            began = Sign(BOTH_LEGS, e, (), was, e.place)
            yield began
        elif began is not None:
            start = began.entry.at
            young = history.day(e.at) - history.day(start) < NEW_FOR
            known = any(start < at <= e.at for at in _clears(history, BOTH_LEGS, began))
            if young and not known:
                yield Sign(BOTH_LEGS, e, (), was, e.place)
        was = e.place
