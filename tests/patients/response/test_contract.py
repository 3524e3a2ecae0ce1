"""What a log means, told in rows: a history, and the answer that the contract's words give it.

Each was written from those words before the program was asked. Rows stand beside their brothers:
the same history with one thing changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from patients.response import ClinicianMark, History, Kind, LogEntry, Place, Trend, respond
from patients.response.facts import AskedFrom
from tests.patients.response.histories import (
    DAY0,
    EXTENSION,
    FLEXION,
    GUIDE,
    STRETCH,
    answer,
    codes,
    history,
    left,
    log,
    mark,
    moment,
    session,
    told,
    weeks,
)

BOTH = Place(4, 4)
FLAG = "rf_bilateral_leg_new"
SCREEN = ["screen_red_flags None"]
NERVE = ["neurological_change same_day"]


@dataclass(frozen=True)
class Row:
    """One history and what it means. ``proposals`` and ``trend`` None: told by other rows."""

    name: str
    logs: Iterable[LogEntry]
    outcome: str
    alerts: list[str] = field(default_factory=list)
    proposals: list[str] | None = None
    items: tuple[str, ...] = ()
    paused: tuple[str, ...] = ()
    trend: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


def calm(name: str, day: float) -> list[LogEntry]:
    """A session with little pain, in the back alone."""
    return session(name, day, pains={"before": 2, "after": 2, "settled": 2}, ranks={"before": 1})


def weak(day: float, place: Place | None = None, phase: str = "before", **more: Any) -> LogEntry:
    return log("w", day, phase, kinds="weakness", place=place, **more)


def numb(day: float, place: Place | None, name: str = "n") -> LogEntry:
    return log(name, day, "before", kinds="numbness", place=place)


def numb_foot(day: float = 0) -> list[LogEntry]:
    """Numb in the lower leg before a forward bend, in the foot after it."""
    after = log("n", day, "after", item="flex", done=True, pain=2, kinds="numbness", place=left(6))
    return [numb(day, left(5)), after]


def known(**sides: str) -> dict[str, Any]:
    return {"baseline_kinds": {Kind(kind): side for kind, side in sides.items()}}


def cleared(code: str, day: float) -> dict[str, Any]:
    return {"cleared": (mark(code, day),)}


NERVES = [
    Row("weakness, told once", [weak(0)], "get_help", NERVE, SCREEN),
    Row(
        "and three weeks later still",
        [weak(0), *calm("s", 21)],
        "get_help",
        NERVE,
        [*SCREEN, "ask_barriers None"],
    ),
    Row("and after a year without a log", [weak(0)], "get_help", NERVE, more={"day": 365}),
    Row(
        "until a clinician clears it",
        [weak(0), *calm("s", 21)],
        "carry_on",
        more=cleared("neurological_change", 20),
    ),
    Row(
        "a clearing before it is about something else",
        [weak(2), *calm("s", 3)],
        "get_help",
        NERVE,
        more=cleared("neurological_change", 1),
    ),
    Row(
        "known again 7 days after the last report of it",
        [weak(0), log("v", 7, "before", kinds="weakness")],
        "carry_on",
        more=cleared("neurological_change", 1),
    ),
    Row(
        "new again 8 days after it",
        [weak(0), log("v", 8, "before", kinds="weakness")],
        "get_help",
        NERVE,
        more=cleared("neurological_change", 1),
    ),
    Row("known from the start", [weak(0)], "carry_on", more=known(weakness="unspecified")),
    Row("known to be absent", [weak(0)], "get_help", NERVE, more=known(weakness="none")),
    Row(
        "known on the left, now on the right",
        [weak(0, Place(0, 4))],
        "get_help",
        NERVE,
        more=known(weakness="left"),
    ),
    Row(
        "known on the left, and there it is",
        [weak(0, Place(4, 0))],
        "carry_on",
        more=known(weakness="left"),
    ),
    Row("weak on the next day only", [*calm("s", 0), weak(1, phase="next_day")], "get_help", NERVE),
    Row(
        "taken back by a correction of the patient",
        [replace(weak(0, phase="after", item="calf", done=True), stands=False), *calm("w", 0)],
        "get_help",
        NERVE,
    ),
    Row(
        "the later answer to the same question has none",
        [weak(0, phase="after", minutes=5), log("w", 0, "after", 30, kinds="pain", pain=1)],
        "get_help",
        NERVE,
    ),
    Row(
        "numbness one place down",
        numb_foot(),
        "stop_exercise",
        NERVE,
        SCREEN,
        items=("flex",),
        paused=("flex",),
    ),
    Row(
        "and four weeks later still",
        [*numb_foot(), *calm("s", 28)],
        "stop_exercise",
        NERVE,
        items=("flex",),
        paused=("flex",),
    ),
    Row(
        "cleared, the exercise waits for its own word",
        [*numb_foot(), *calm("s", 28)],
        "carry_on",
        paused=("flex",),
        more=cleared("neurological_change", 3),
    ),
    Row(
        "the exercise goes on, the sign still stands",
        [*numb_foot(), *calm("s", 28)],
        "stop_exercise",
        NERVE,
        more={"reinstated": (mark("flex", 3),)},
    ),
    Row("numb where it was", [numb(0, left(5)), *session("n", 0, pains={"after": 2})], "carry_on"),
    Row(
        "numb, and the start was recorded without",
        [numb(0, left(5)), *session("n", 0, pains={"after": 2})],
        "stop_exercise",
        NERVE,
        items=("calf",),
        paused=("calf",),
        more=known(numbness="none") | {"baseline_place": left(5)},
    ),
    Row(
        "known numbness comes back to where it was",
        [log("a", 0, "before", kinds="pain", place=left(4)), numb(1, left(5))],
        "carry_on",
        more=known(numbness="unspecified") | {"baseline_place": left(5)},
    ),
    Row(
        "known numbness goes on down",
        [log("a", 0, "before", kinds="pain", place=left(4)), numb(1, left(6))],
        "stop_exercise",
        NERVE,
        items=("ext", "flex", "calf"),
        paused=("ext", "flex", "calf"),
        more=known(numbness="unspecified") | {"baseline_place": left(5)},
    ),
]

EMERGENCY = ["red_flag emergency", *NERVE, "both_legs same_day"]
BOTH_LEGS = [
    Row("both legs weak, before", [weak(0, BOTH)], "get_help", EMERGENCY, SCREEN),
    Row(
        "both legs numb, before",
        [numb(0, BOTH)],
        "get_help",
        ["red_flag emergency", "both_legs same_day"],
    ),
    *(
        Row(f"both legs weak, {phase}", [weak(1, BOTH, phase)], "get_help", EMERGENCY, SCREEN)
        for phase in ("during", "after", "settled", "next_day")
    ),
    Row("and a month later still", [weak(0, BOTH), *calm("s", 30)], "get_help", EMERGENCY[:2]),
    Row(
        "one clearing is about all that the report said",
        [weak(0, BOTH), *calm("s", 30)],
        "carry_on",
        more=cleared(FLAG, 1),
    ),
    Row(
        "a clearing of the weakness leaves the emergency",
        [weak(0, BOTH), *calm("s", 30)],
        "get_help",
        ["red_flag emergency"],
        more=cleared("neurological_change", 1),
    ),
    Row(
        "weak in one leg, then in both",
        [log("a", 0, "before", kinds="weakness", place=left(4)), weak(3, BOTH)],
        "get_help",
        EMERGENCY,
        more={"baseline_place": left(4)},
    ),
    Row(
        "pain known in both legs, numb in both is new",
        [numb(0, BOTH)],
        "get_help",
        ["red_flag emergency"],
        more={"baseline_place": BOTH},
    ),
    Row(
        "numb in both legs since the start",
        [numb(0, BOTH)],
        "carry_on",
        more=known(numbness="bilateral") | {"baseline_place": BOTH},
    ),
    Row(
        "weak on the left since the start, now both",
        [weak(0, BOTH)],
        "get_help",
        ["red_flag emergency"],
        more=known(weakness="left") | {"baseline_place": BOTH},
    ),
    Row("both buttocks numb is not both legs", [numb(0, Place(3, 3))], "carry_on"),
    Row(
        "tingling in both legs is no emergency",
        [log("t", 0, "before", kinds="tingling", place=BOTH)],
        "ease",
        ["both_legs same_day"],
        SCREEN,
    ),
]


def walk(day: float, name: str = "s") -> list[LogEntry]:
    """No symptoms at rest, both legs on the way, none after."""
    ranks: dict[str, int | Place] = {"before": 0, "during": BOTH, "settled": 0}
    return session(name, day, ranks=ranks, pains={"before": 1, "after": 2, "settled": 1})


WALKING = [
    Row("both legs on a walk", walk(0), "ease", ["both_legs same_day"], SCREEN),
    Row("known at rest", walk(0), "ease", more={"baseline_place": BOTH}),
    Row("known on walking", walk(0), "ease", more={"baseline_walking": Place(5, 4)}),
    Row(
        "known on walking, on every walk",
        [e for day in range(4) for e in walk(day, f"s{day}")],
        "ease",
        more={"baseline_walking": BOTH, "baseline_place": Place(1, 1)},
    ),
    Row(
        "one leg known on walking",
        walk(0),
        "ease",
        ["both_legs same_day"],
        more={"baseline_walking": Place(4, 3)},
    ),
]


def bend(**pains: int) -> list[LogEntry]:
    """A back bend with the leg as bad at each check as before it."""
    checks = [p for p in ("during", "after", "settled") if p in pains]
    ranks: dict[str, int | Place] = {"before": 5, **dict.fromkeys(checks, 5)}
    return session("b", 0, item="ext", pains={"before": 4, **pains}, ranks=ranks)


STAYS_UP = {"items": ("ext",), "paused": ("ext",)}
TOLD = ["extension_not_tolerated soon"]
WHAT = ["extension_not_tolerated ext"]
EXTENSIONS = [
    Row(
        "up at once and at the check",
        bend(after=5, settled=5),
        "stop_exercise",
        TOLD,
        WHAT,
        **STAYS_UP,
    ),
    Row("up at the check alone", bend(settled=5), "stop_exercise", TOLD, WHAT, **STAYS_UP),
    Row(
        "up during it, at the check too",
        bend(during=6, settled=5),
        "stop_exercise",
        TOLD,
        WHAT,
        **STAYS_UP,
    ),
    Row(
        "said during it, and nothing since", bend(during=6), "stop_exercise", TOLD, WHAT, **STAYS_UP
    ),
    Row("up during it, back afterwards", bend(during=6, after=4), "carry_on"),
    Row("up at once, back at the check", bend(after=5, settled=4), "carry_on"),
    Row(
        "the back alone: no leg to speak of",
        session(
            "b",
            0,
            item="ext",
            pains={"before": 4, "after": 5, "settled": 5},
            ranks={"before": 2, "settled": 2},
        ),
        "carry_on",
    ),
    Row(
        "the leg better, the back worse",
        session(
            "b",
            0,
            item="ext",
            pains={"before": 4, "after": 6, "settled": 6},
            ranks={"before": 5, "settled": 4},
        ),
        "carry_on",
        proposals=["set_preference_extension ext"],
        trend="centralising",
    ),
    Row(
        "another exercise, as much pain",
        session(
            "b", 0, pains={"before": 4, "after": 5, "settled": 5}, ranks={"before": 5, "settled": 5}
        ),
        "carry_on",
    ),
    Row(
        "a month later it is still paused",
        [*bend(settled=5), *calm("s", 30)],
        "carry_on",
        TOLD,
        [*WHAT, "ask_barriers None"],
        paused=("ext",),
    ),
    Row(
        "and goes on when a clinician says so",
        [*bend(settled=5), *calm("s", 30)],
        "carry_on",
        more={"reinstated": (mark("ext", 2),)},
    ),
]
SOON = [
    Row(
        "weight loss, and a good session",
        [log("f", 0, "before", red_flags="rf_weight_loss"), *calm("s", 0.1)],
        "ease",
        ["red_flag soon"],
        [],
    ),
    Row(
        "a refer flag is soon too",
        [log("f", 0, "before", red_flags="rf_inflammatory_pattern"), *calm("s", 0.1)],
        "ease",
        ["red_flag soon"],
        [],
    ),
    Row(
        "good news is not the answer to it",
        [
            log("f", 0, "before", red_flags="rf_weight_loss"),
            *session("s", 0.1, ranks={"before": 5, "settled": 2}),
        ],
        "ease",
        ["red_flag soon"],
        trend="centralising",
    ),
    Row(
        "cleared",
        [log("f", 0, "before", red_flags="rf_weight_loss"), *calm("s", 0.1)],
        "carry_on",
        more=cleared("rf_weight_loss", 0.05),
    ),
    Row(
        "a spread outranks it",
        [
            log("f", 0, "before", red_flags="rf_weight_loss"),
            *session("s", 0.1, ranks={"before": 4, "settled": 5}),
        ],
        "stop_exercise",
        ["red_flag soon", "peripheralising soon"],
        items=("calf",),
        paused=("calf",),
    ),
]
up = session("u", 0, ranks={"before": 5, "settled": 3}, pains={"before": 4, "after": 3})
better = [e for n in range(3) for e in session(f"i{n}", n, pains={"before": 1, "after": 1})]
NEWS = [
    Row("up the leg, two weeks ago", up, "carry_on", trend="centralising", more={"day": 14}),
    Row("up the leg, longer ago", up, "carry_on", trend="too_early", more={"day": 15}),
    Row("less pain, and still news", better, "carry_on", trend="improving", more={"day": 14}),
    Row("less pain, half of it old", better, "carry_on", trend="no_clear_change", more={"day": 15}),
    Row("less pain, all of it old", better, "carry_on", trend="too_early", more={"day": 17}),
    Row(
        "less pain long ago, and one session today",
        [*better, *session("t", 30, pains={"before": 1, "after": 1})],
        "carry_on",
        proposals=["ask_barriers None"],
        trend="no_clear_change",
    ),
    Row(
        "a red session is not forgotten, and it is asked for",
        session("r", 0, pains={"before": 4, "after": 8}),
        "ease",
        trend="too_early",
        more={"day": 20},
    ),
]
ROWS = [*NERVES, *BOTH_LEGS, *WALKING, *EXTENSIONS, *SOON, *NEWS]


@pytest.mark.parametrize("row", [pytest.param(r, id=r.name) for r in ROWS])
def test_what_it_means(row: Row) -> None:
    r = answer(row.logs, **row.more)
    assert (str(r.outcome), r.items, r.paused) == (row.outcome, row.items, row.paused)
    alerts, proposals = codes(r)
    assert alerts == row.alerts
    if row.proposals is not None:
        assert proposals == row.proposals
    if row.trend is not None:
        assert r.trend == row.trend


# What is said.
def test_the_emergency_of_both_legs_is_told_as_its_red_flag() -> None:
    r = answer([weak(0, Place(5, 4))])
    assert r.alerts[0].facts == {
        "red_flag": FLAG,
        "at": "2026-11-01T08:00:00+00:00",
        "seen": "weakness or numbness that is new in both legs",
        "session": "w",
        "location_before": None,
        "location_now": {"left": 5, "right": 4},
    }
    assert told(r) == ("get_help", "both_legs_nerves")


def test_a_ticked_flag_and_the_same_sign_are_one_alert() -> None:
    logs = [weak(0, BOTH, red_flags=FLAG)]
    for more in ({}, {"screen_flags": frozenset({FLAG})}):
        alerts = [a for a in answer(logs, **more).alerts if a.code == "red_flag"]
        assert [a.facts["at"] for a in alerts] == ["2026-11-01T08:00:00+00:00"]


def test_where_the_log_gives_no_place_the_session_s_last_place_counts() -> None:
    logs = [log("w", 0, "before", place=BOTH, kinds="pain"), weak(0, None, "after")]
    assert codes(answer(logs))[0][0] == "red_flag emergency"
    other = [replace(logs[0], session="v"), logs[1]]
    assert codes(answer(other))[0][0] == "neurological_change same_day"


def test_the_words_of_a_soon_flag_are_said_beside_worse_ones() -> None:
    flag = log("f", 0, "before", red_flags="rf_weight_loss")
    r = answer([flag, *session("s", 0.1, ranks={"before": 4, "settled": 5})])
    assert r.reason == "lasting_spread. red_flag_soon."
    assert set(r.rules) == {"lasting_spread", "red_flag_soon"}
    assert answer([flag, *calm("s", 0.1)]).reason == "red_flag_soon."
    assert answer([flag, weak(0.1)]).reason == "new_weakness."


def test_a_back_bend_that_stays_up_names_the_forward_bends() -> None:
    items = (
        replace(EXTENSION, name="Back bend"),
        replace(FLEXION, name="Knee hug"),
        replace(FLEXION, id="old", name="Old bend", sessions_per_week=0),
        replace(FLEXION, id="sit", name="Bend in a chair"),
        replace(FLEXION, id="both", name="Both ways", extends=True),
        STRETCH,
    )
    r = respond(history(bend(settled=5), items=items), GUIDE)
    assert r.reason == "extension_persists. forward_bends: Knee hug, Bend in a chair."
    assert r.alerts[0].facts["flexion_items"] == ["flex", "sit"]
    none = respond(history(bend(settled=5), items=(EXTENSION, STRETCH)), GUIDE)
    assert none.reason == "extension_persists."


@pytest.mark.parametrize(
    ("day", "words"),
    [(14, "green_pain."), (15, "no_news.")],
)
def test_old_good_news_is_not_repeated(day: int, words: str) -> None:
    assert answer(session("g", 0, pains={"after": 1}), day=day).reason == words


def test_old_bad_news_is_told_with_the_question_how_it_is() -> None:
    red = session("r", 0, pains={"before": 4, "after": 8})
    assert answer(red, day=15).reason == "red_pain. no_news."
    assert answer(red, day=14).reason == "red_pain."


# Weeks.
@pytest.mark.parametrize(
    ("per_week", "alerts", "proposals", "adherence"),
    [
        (14, ["no_change routine"], ["review None"], None),
        (10, ["no_change routine"], ["review None"], None),
        (9, ["no_change routine"], ["review None"], 64),
        (7, ["no_change routine"], ["review None"], 50),
        (6, [], ["ask_barriers None"], None),
    ],
)
def test_eight_weeks_without_a_change(
    per_week: int, alerts: list[str], proposals: list[str], adherence: int | None
) -> None:
    """Asked for 14 a week; below 70 % the share is named, below half the barriers are asked for."""
    r = answer(weeks(56, per_week, 4), day=56)
    assert codes(r) == (alerts, proposals)
    reviews = [p.facts for p in r.proposals if p.code == "review"]
    for facts in [*(a.facts for a in r.alerts), *reviews]:
        assert facts.get("adherence") == adherence


@pytest.mark.parametrize(("since", "reviewed"), [(14, False), (15, True)])
def test_a_move_up_the_leg_puts_the_review_off_for_14_days(since: int, reviewed: bool) -> None:
    moved = session("up", 56 - since, ranks={"before": 5, "settled": 3}, pains={"before": 4})
    logs = [e for e in weeks(56, 14, 4) if not moment(55 - since) < e.at < moment(57 - since)]
    found = answer([*logs, *moved], day=56)
    assert ("no_change routine" in codes(found)[0]) == reviewed


def amended(day: int, before: int, now: int) -> History:
    """Once a day for 28 days, in a program that asks otherwise from a day on."""
    logs = [e for n in range(28) for e in session(f"s{n}", n, pains={"before": 5, "after": 2})]
    start = DAY0.date()
    versions = (AskedFrom(start, before), AskedFrom(start + dt.timedelta(days=day), now))
    item = replace(STRETCH, sessions_per_week=now, versions=versions)
    return history(logs, day=28, items=(item,), started=start)


@pytest.mark.parametrize(
    ("day", "before", "now", "expected"),
    [
        (29, 7, 21, (["no_change routine"], ["review None"])),
        (28, 7, 21, (["no_change routine"], ["review None"])),
        (14, 7, 14, (["no_change routine"], ["review None"])),
        (0, 14, 21, ([], ["ask_barriers None"])),
    ],
)
def test_each_day_is_measured_against_what_was_asked_on_it(
    day: int, before: int, now: int, expected: tuple[list[str], list[str]]
) -> None:
    r = respond(amended(day, before, now), GUIDE)
    assert codes(r) == expected
    if day == 14:
        facts = r.alerts[0].facts
        assert (facts["sessions_done"], facts["sessions_asked"], facts["adherence"]) == (
            28,
            42.0,
            66,
        )


def test_an_exercise_is_asked_for_until_the_day_it_was_stopped() -> None:
    """Half a month at twice a day before the stop, then once a day of what is left."""
    often = replace(STRETCH, sessions_per_week=14)
    rare = replace(FLEXION, sessions_per_week=7)
    stop = session("stop", 14, ranks={"before": 4, "settled": 5}, pains={"before": 5, "after": 2})
    rest = [e for n in range(21) for e in session(f"s{n}", n, item="flex", pains={"before": 5})]
    r = answer([*stop, *rest], day=28, items=(often, rare))
    facts = next(a.facts for a in r.alerts if a.code == "no_change")
    assert (facts["sessions_done"], facts["sessions_asked"]) == (22, 42.0)
    back = answer([*stop, *rest], day=28, items=(often, rare), reinstated=(mark("calf", 14.1),))
    assert codes(back)[1] == ["ask_barriers None"]


def test_a_session_opened_and_not_done_counts_nowhere() -> None:
    opened = [e for n in range(28) for e in [log(f"o{n}", n, "before", pain=9, place=left(5))]]
    r = answer(opened, day=28, started=DAY0.date())
    assert (told(r), r.trend) == (("carry_on", "no_session"), Trend.TOO_EARLY)
    assert codes(r) == ([], ["ask_barriers None"])


def test_marks_after_now_do_not_clear_yet() -> None:
    later = ClinicianMark("neurological_change", moment(5))
    assert told(answer([weak(0)], now=moment(4), cleared=(later,)))[0] == "get_help"
