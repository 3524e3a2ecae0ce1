"""Laws that hold for every history, found by trying to break them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from patients.response import History, Kind, LogEntry, Outcome, Phase, Place, Response, respond
from patients.response.situations import SITUATIONS
from patients.vocabulary import RED_FLAGS
from tests.patients.response.histories import DAY0, GUIDE, ITEMS, LONDON

WORSE = {outcome: n for n, outcome in enumerate(reversed(Outcome))}
ranks = st.integers(0, 6)
places = st.none() | st.builds(Place, ranks, ranks)
items = st.sampled_from([None, "ext", "flex", "calf"])


@st.composite
def histories(draw: st.DrawFn, signs: bool = True, baseline: bool = True) -> History:
    """Any logs of a few sessions over a month, at different moments."""
    minutes = draw(
        st.lists(st.integers(0, 30 * 1440), min_size=1, max_size=14, unique=True).map(sorted)
    )
    kinds = st.frozensets(st.sampled_from(Kind), max_size=2) if signs else st.just(frozenset())
    logs = tuple(
        LogEntry(
            session=f"s{draw(st.integers(max(m // 4320 - 1, 0), m // 4320))}",
            at=DAY0 + dt.timedelta(minutes=m),
            phase=draw(st.sampled_from(Phase)),
            item=draw(items),
            done=draw(st.sampled_from([True, True, None, False])),
            pain=draw(st.none() | st.integers(0, 10)),
            place=draw(places),
            kinds=draw(st.none() | kinds),
        )
        for m in minutes
    )
    return History(
        now=DAY0 + dt.timedelta(days=draw(st.integers(0, 40))),
        zone=LONDON,
        logs=logs,
        items=ITEMS,
        baseline_pain=draw(st.integers(0, 10)) if baseline else draw(st.none()),
        baseline_place=draw(places),
    )


def ask(history: History) -> Response:
    return respond(history, GUIDE)


def mirrored(place: Place | None) -> Place | None:
    return None if place is None else Place(place.right, place.left)


@given(histories(), st.data())
def test_a_red_flag_never_lowers_the_outcome(history: History, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, len(history.logs) - 1))
    flag = data.draw(st.sampled_from(sorted(RED_FLAGS)))
    logs = list(history.logs)
    logs[n] = replace(logs[n], red_flags=frozenset({flag}))
    before, after = ask(history), ask(replace(history, logs=tuple(logs)))
    assert WORSE[after.outcome] >= WORSE[before.outcome]
    if RED_FLAGS[flag].stops and logs[n].at <= history.now:
        assert after.outcome == Outcome.GET_HELP
    rest = [a for a in after.alerts if a.code != "red_flag"]
    assert rest == list(before.alerts)


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_plays_no_part(history: History, random: Random) -> None:
    logs = list(history.logs)
    random.shuffle(logs)
    assert ask(replace(history, logs=tuple(logs))) == ask(history)


@given(histories())
def test_left_and_right_are_alike(history: History) -> None:
    swapped = replace(
        history,
        logs=tuple(replace(e, place=mirrored(e.place)) for e in history.logs),
        baseline_place=mirrored(history.baseline_place),
    )
    one, two = ask(history), ask(swapped)
    assert (one.outcome, one.items, one.reason, one.rules) == (
        two.outcome,
        two.items,
        two.reason,
        two.rules,
    )
    assert (one.trend, one.paused) == (two.trend, two.paused)
    assert [(a.code, a.urgency, a.item) for a in one.alerts] == [
        (a.code, a.urgency, a.item) for a in two.alerts
    ]
    assert [(p.code, p.item) for p in one.proposals] == [(p.code, p.item) for p in two.proposals]


@given(histories(), st.data())
def test_more_pain_never_improves_the_outcome(history: History, data: st.DataObject) -> None:
    """Any number but the one before a session, which is what the others are compared with."""
    logs = list(history.logs)
    n = data.draw(st.integers(0, len(logs) - 1))
    entry = logs[n]
    if entry.phase is Phase.BEFORE or entry.pain is None:
        return
    logs[n] = replace(entry, pain=data.draw(st.integers(entry.pain, 10)))
    before, after = ask(history), ask(replace(history, logs=tuple(logs)))
    assert WORSE[after.outcome] >= WORSE[before.outcome]
    assert set(before.paused) <= set(after.paused)


@given(
    st.integers(1, 6),
    st.data(),
    st.integers(0, 10),
    st.integers(0, 10),
    st.sampled_from(["ext", "flex", "calf"]),
    st.sampled_from([Phase.SETTLED, Phase.NEXT_DAY, Phase.AFTER]),
)
def test_centralising_is_never_reported_as_worse(
    start: int, data: st.DataObject, before: int, after: int, item: str, check: Phase
) -> None:
    end = data.draw(st.integers(0, start - 1))
    history = History(
        now=DAY0 + dt.timedelta(days=2),
        zone=LONDON,
        items=ITEMS,
        baseline_pain=data.draw(st.none() | st.integers(0, 10)),
        logs=(
            LogEntry("s", DAY0, Phase.BEFORE, pain=before, place=Place(start, 0)),
            LogEntry("s", DAY0 + dt.timedelta(minutes=10), Phase.AFTER, item, True, after),
            LogEntry(
                "s",
                DAY0 + dt.timedelta(minutes=20),
                check,
                item,
                True,
                after,
                Place(end, 0),
            ),
        ),
    )
    r = ask(history)
    assert (r.outcome, r.trend, r.alerts) == (Outcome.CARRY_ON, "centralising", ())
    assert r.rules == ("centralising",)


@given(histories())
def test_a_month_that_ends_up_the_leg_is_not_called_worsening(history: History) -> None:
    r = ask(history)
    if r.trend == "centralising":
        assert "worsening" not in {a.code for a in r.alerts}


@given(histories())
def test_asking_twice_gives_the_same_answer(history: History) -> None:
    doubled = replace(history, logs=history.logs + history.logs)
    assert ask(history) == ask(history) == ask(doubled)


@given(histories(baseline=False))
@settings(max_examples=200)
def test_every_history_gets_words(history: History) -> None:
    r = ask(history)
    lead = r.reason.split(".")[0]
    assert SITUATIONS[lead].outcome == r.outcome
    assert lead in r.rules
    assert (r.outcome == Outcome.STOP_EXERCISE) or r.items == ()
    assert set(r.items) <= set(r.paused)
    assert list(r.alerts) == sorted(
        r.alerts, key=lambda a: ["emergency", "same_day", "soon", "routine"].index(a.urgency)
    )
