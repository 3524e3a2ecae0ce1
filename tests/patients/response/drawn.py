"""Histories drawn at random: any logs of a few sessions over a month, at different moments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from patients.response import History, Kind, LogEntry, Phase, Place
from patients.vocabulary import RED_FLAGS
from tests.patients.response.histories import DAY0, ITEMS, LONDON

ranks = st.integers(0, 6)
places = st.none() | st.builds(Place, ranks, ranks)
items = st.sampled_from([None, "ext", "flex", "calf"])


# Made once: to make a strategy takes longer than to draw from it.
_MINUTES = st.lists(st.integers(0, 30 * 1440), min_size=1, max_size=14, unique=True).map(sorted)
_KINDS = st.frozensets(st.sampled_from(Kind), max_size=2)
_PAIN = st.integers(0, 10)
PAIN_OR_NOT = st.none() | _PAIN
_LATER = st.integers(0, 40)
RANDOMS = st.randoms(use_true_random=False)
SIDES = st.sampled_from(["left", "right", "bilateral", "unspecified"])
SIDES_OR_NONE = SIDES | st.just("none")
FLAGS = st.sampled_from(sorted(RED_FLAGS))


def _told(kinds: st.SearchStrategy[frozenset[Kind]]) -> st.SearchStrategy[tuple[Any, ...]]:
    """What one entry says, without when: how many sessions earlier it belongs to, and the rest."""
    done = st.sampled_from([True, True, None, False])
    rest = (items, done, PAIN_OR_NOT, places, st.none() | kinds)
    return st.tuples(st.integers(0, 1), st.sampled_from(Phase), *rest)


_WITH_SIGNS = _told(_KINDS)
_WITHOUT_SIGNS = _told(st.just(frozenset()))


@st.composite
def histories(draw: st.DrawFn, signs: bool = True, baseline: bool = True) -> History:
    """Any logs of a few sessions over a month, at different moments."""
    entry = _WITH_SIGNS if signs else _WITHOUT_SIGNS
    logs = []
    for minute in draw(_MINUTES):
        earlier, phase, item, done, pain, place, kinds = draw(entry)
        logs.append(
            LogEntry(
                session=f"s{max(minute // 4320 - earlier, 0)}",
                at=DAY0 + dt.timedelta(minutes=minute),
                phase=phase,
                item=item,
                done=done,
                pain=pain,
                place=place,
                kinds=kinds,
            )
        )
    return History(
        now=DAY0 + dt.timedelta(days=draw(_LATER)),
        zone=LONDON,
        logs=tuple(logs),
        items=ITEMS,
        baseline_pain=draw(_PAIN) if baseline else None,
        baseline_place=draw(places),
    )
