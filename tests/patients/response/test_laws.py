"""Laws that hold for every history, found by trying to break them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from patients.response import History, Kind, LogEntry, Outcome, Phase, Place, Response, respond
from patients.response.facts import AskedFrom
from patients.response.situations import SITUATIONS
from patients.vocabulary import RED_FLAGS
from tests.patients.response.drawn import (
    FLAGS,
    PAIN_OR_NOT,
    RANDOMS,
    SIDES,
    SIDES_OR_NONE,
    histories,
)
from tests.patients.response.histories import DAY0, GUIDE, ITEMS, LONDON

WORSE = {outcome: n for n, outcome in enumerate(reversed(Outcome))}
Draw = Callable[[st.SearchStrategy[Any]], Any]
Law = Callable[[History, Draw], None]
LAWS: list[Law] = []
"""What holds of any one history; all of them are asked of each that is drawn."""


def law(one: Law) -> Law:
    LAWS.append(one)
    return one


def ask(history: History) -> Response:
    return respond(history, GUIDE)


def mirrored(place: Place | None) -> Place | None:
    return None if place is None else Place(place.right, place.left)


@law
def a_red_flag_never_lowers_the_outcome(history: History, draw: Draw) -> None:
    n = draw(st.integers(0, len(history.logs) - 1))
    flag = draw(FLAGS)
    logs = list(history.logs)
    logs[n] = replace(logs[n], red_flags=frozenset({flag}))
    before, after = ask(history), ask(replace(history, logs=tuple(logs)))
    assert WORSE[after.outcome] >= WORSE[before.outcome]
    if logs[n].at <= history.now:
        assert after.outcome != Outcome.CARRY_ON
    if RED_FLAGS[flag].stops and logs[n].at <= history.now:
        assert after.outcome == Outcome.GET_HELP
    rest = [a for a in after.alerts if a.code != "red_flag"]
    assert rest == [a for a in before.alerts if a.code != "red_flag"]


@law
def the_order_of_arrival_plays_no_part(history: History, draw: Draw) -> None:
    logs = list(history.logs)
    draw(RANDOMS).shuffle(logs)
    assert ask(replace(history, logs=tuple(logs))) == ask(history)


@law
def left_and_right_are_alike(history: History, draw: Draw) -> None:
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


@law
def more_pain_never_improves_the_outcome(history: History, draw: Draw) -> None:
    """Any number but the one before a session, which is what the others are compared with."""
    logs = list(history.logs)
    n = draw(st.integers(0, len(logs) - 1))
    entry = logs[n]
    if entry.phase is Phase.BEFORE or entry.pain is None:
        return
    logs[n] = replace(entry, pain=draw(st.integers(entry.pain, 10)))
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
        baseline_pain=data.draw(PAIN_OR_NOT),
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


@law
def a_month_that_ends_up_the_leg_is_not_called_worsening(history: History, draw: Draw) -> None:
    r = ask(history)
    if r.trend == "centralising":
        assert "worsening" not in {a.code for a in r.alerts}


@law
def asking_twice_gives_the_same_answer(history: History, draw: Draw) -> None:
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


def nerves_of(history: History) -> set[tuple[str, str]]:
    """The alerts that only a clinician's word ends."""
    alerts = ask(history).alerts
    return {(a.code, a.urgency) for a in alerts if a.code in ("neurological_change", "red_flag")}


@given(histories(), histories(), st.integers(0, 900))
def test_a_nerve_sign_stands_whatever_is_told_later(
    history: History, more: History, days: int
) -> None:
    """Until a clinician clears it; whatever time goes by."""
    before = ask(history)
    later = tuple(
        replace(e, at=e.at + (history.now - DAY0), session=f"later {e.session}") for e in more.logs
    )
    now = max([history.now, *(e.at for e in later)]) + dt.timedelta(days=days)
    logs = tuple(e for e in history.logs if e.at <= history.now)
    after = replace(history, logs=(*logs, *later), now=now)
    assert nerves_of(after) >= nerves_of(history)
    if before.outcome == Outcome.GET_HELP:
        assert ask(after).outcome == Outcome.GET_HELP
    if "neurological_change" in {a.code for a in before.alerts}:
        assert ask(after).outcome in (Outcome.GET_HELP, Outcome.STOP_EXERCISE)


@law
def a_correction_takes_no_nerve_sign_back(history: History, draw: Draw) -> None:
    """What was told once is looked into, as a red flag is."""
    n = draw(st.integers(0, len(history.logs) - 1))
    logs = list(history.logs)
    first = replace(logs[n], kinds=frozenset({Kind.WEAKNESS}))
    logs[n] = replace(first, stands=False)
    told = ask(replace(history, logs=(*logs, replace(first, kinds=frozenset()))))
    if first.at <= history.now:
        assert told.outcome == Outcome.GET_HELP


@law
def left_and_right_are_alike_at_the_start_too(history: History, draw: Draw) -> None:
    mirror = {"left": "right", "right": "left"}
    side = draw(SIDES_OR_NONE)
    known = replace(history, baseline_kinds={Kind.NUMBNESS: side, Kind.WEAKNESS: side})
    swapped = replace(
        history,
        logs=tuple(replace(e, place=mirrored(e.place)) for e in history.logs),
        baseline_place=mirrored(history.baseline_place),
        baseline_kinds=dict.fromkeys(known.baseline_kinds, mirror.get(side, side)),
    )
    one, two = ask(known), ask(swapped)
    assert (one.outcome, one.paused, one.reason) == (two.outcome, two.paused, two.reason)
    assert [(a.code, a.urgency) for a in one.alerts] == [(a.code, a.urgency) for a in two.alerts]


@law
def knowing_more_at_the_start_raises_no_alarm(history: History, draw: Draw) -> None:
    """A recorded deficit can only make a report of it less new than one that is known absent."""
    side = draw(SIDES)
    absent = replace(history, baseline_kinds={Kind.NUMBNESS: "none", Kind.WEAKNESS: "none"})
    known = replace(history, baseline_kinds={Kind.NUMBNESS: side, Kind.WEAKNESS: side})
    assert WORSE[ask(known).outcome] <= WORSE[ask(absent).outcome]


@law
def good_news_is_never_old(history: History, draw: Draw) -> None:
    """Centralising and improving rest on sessions of the last 14 days alone."""
    r = ask(history)
    since = history.day(history.now) - dt.timedelta(days=14)
    recent = [e for e in history.logs if e.at <= history.now and history.day(e.at) >= since]
    if not recent:
        assert r.trend == "too_early"
        assert r.outcome != Outcome.CARRY_ON or r.reason.split(".")[0] in ("no_news", "no_session")
    if r.trend in ("centralising", "improving"):
        assert any(e.place is not None or e.pain is not None for e in recent)
    later = replace(history, now=history.now + dt.timedelta(days=60))
    if all(e.at <= history.now for e in history.logs):
        assert ask(later).trend == "too_early"


@law
def amending_today_changes_nothing_of_the_days_before(history: History, draw: Draw) -> None:
    """A version that counts from today on asks nothing of yesterday."""
    today = history.day(history.now)
    start = dt.date(2026, 1, 1)
    amended = tuple(
        replace(
            i,
            sessions_per_week=84,
            versions=(AskedFrom(start, i.sessions_per_week), AskedFrom(today, 84)),
        )
        for i in history.items
    )
    one, two = ask(history), ask(replace(history, items=amended))
    assert (one.alerts, one.proposals) == (two.alerts, two.proposals)


@given(histories(), st.data())
def test_each_law_of_one_history_holds(history: History, data: st.DataObject) -> None:
    """A history that breaks a law is told by the law's own lines, whichever laws break."""
    broken = []
    for one in LAWS:
        try:
            one(history, data.draw)
        except AssertionError as error:
            error.add_note(one.__name__.replace("_", " "))
            broken.append(error)
    if broken:
        raise broken[0] if len(broken) == 1 else ExceptionGroup("laws are broken", broken)
