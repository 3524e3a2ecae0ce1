"""The last seven days of a case in one sentence for the clinician.

Pure. ``8 of 14 sessions; right side moved up from the lower leg to the thigh; pain 4 → 5 of 10.``
What is compared: the last report before these seven days, else the first of them, with the latest.
Place comes before the number, and says whether it moved up, toward the spine, or down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from clinic.formats import day_words
from programs.followup.progress.series import ChartDay
from programs.followup.progress.weeks import DAYS_SHOWN

PLACE_WORDS: Final = (
    "no symptoms",
    "the middle of the low back",
    "the side of the low back",
    "the buttock",
    "the thigh",
    "the lower leg",
    "the foot",
)
"""Places by rank, as they stand in a sentence."""
ARM_PLACE_WORDS: Final = (
    "no symptoms",
    "the middle of the neck",
    "the side of the neck",
    "the shoulder or blade",
    "the upper arm",
    "the forearm",
    "the hand",
)
"""The same for neck and arm."""


def place_words(arms: bool) -> tuple[str, ...]:
    """Places by rank, of neck and arm or of back and leg."""
    return ARM_PLACE_WORDS if arms else PLACE_WORDS


_OLD: Final = dt.timedelta(days=28)
"""A report older than this is no longer compared with."""
_BACK: Final = 2
"""The highest rank that is still the back."""

_Read = Callable[[ChartDay], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions done of those asked for. ``begun``: a program was ever issued."""

    done: int
    asked: int
    begun: bool = True


def week_words(
    sessions: Sessions, days: Sequence[ChartDay], today: dt.date, last_report: dt.date | None = None
) -> str:
    """The sentence; ``days`` are those reported on, also earlier ones, in any order.

    ``last_report``: the day of the last report of all, where ``days`` may not reach back to it.
    """
    if not sessions.begun and not days and last_report is None:
        return "No program has been issued yet."
    known = sorted((d for d in days if d.day <= today), key=lambda d: d.day)
    parts = [_sessions(sessions), *_reports(known, today, last_report)]
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _sessions(sessions: Sessions) -> str:
    if not sessions.asked:
        done = sessions.done
        if done:
            return f"{done} session{'' if done == 1 else 's'} done, none asked for"
        return "no session asked for"
    return f"{sessions.done} of {sessions.asked} session{'' if sessions.asked == 1 else 's'}"


def _reports(
    days: Sequence[ChartDay], today: dt.date, last_report: dt.date | None
) -> Iterator[str]:
    since = today - dt.timedelta(days=DAYS_SHOWN - 1)
    last = days[-1].day if days else last_report
    if last is None:
        yield "nothing reported yet"
        return
    if last < since:
        yield f"nothing reported since {day_words(last)}"
        return
    places = [p for p in _places(days, since) if p]
    if places:
        yield from places
    pain = _pain(days, since)
    if pain:
        yield pain
    if not places and not pain:
        yield "neither pain nor place reported"


def _places(days: Sequence[ChartDay], since: dt.date) -> Iterator[str]:
    """Each side's move; both sides free are one thing to say."""
    left, right = (_pair(days, since, side) for side in (_lefts, _rights))
    if left == (0, 0) == right or (left == (None, 0) == right):
        yield "no symptoms on either side"
        return
    words = place_words(any(day.arms for day in days))
    for name, (was, now) in (("left", left), ("right", right)):
        yield _place(name, was, now, words)


def _place(side: str, was: int | None, now: int | None, words: Sequence[str]) -> str:
    if now is None or (now == 0 and not was):
        return ""
    if was is None:
        return f"{side} side in {words[now]}"
    if was == now:
        return f"{side} side still in {words[now]}"
    if now == 0:
        return f"{side} side free, before in {words[was]}"
    if was == 0:
        return f"{side} side new in {words[now]}"
    way = "up" if now < was else "down"
    return f"{side} side moved {way} from {words[was]} to {words[now]}"


def _pain(days: Sequence[ChartDay], since: dt.date) -> str:
    was, now = _pair(days, since, _pains)
    if now is None:
        return ""
    ranks = [_pair(days, since, side)[1] or 0 for side in (_lefts, _rights)]
    name = "back pain" if 0 < max(ranks) <= _BACK else "pain"
    if was is None:
        return f"{name} {now} of 10"
    return f"{name} still {now} of 10" if was == now else f"{name} {was} → {now} of 10"


def _pair(days: Sequence[ChartDay], since: dt.date, read: _Read) -> tuple[int | None, int | None]:
    """The earlier and the latest value; no earlier one where there is only one report."""
    recent = [value for d in days if d.day >= since for value in read(d)]
    if not recent:
        return None, None
    older = [value for d in days if since - _OLD <= d.day < since for value in read(d)]
    if older:
        return older[-1], recent[-1]
    return (recent[0] if len(recent) > 1 else None), recent[-1]


def _pains(day: ChartDay) -> tuple[int, ...]:
    return day.pains


def _lefts(day: ChartDay) -> tuple[int, ...]:
    return day.lefts


def _rights(day: ChartDay) -> tuple[int, ...]:
    return day.rights
