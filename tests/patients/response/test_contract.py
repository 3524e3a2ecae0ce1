"""The response contract, row by row: what a history means."""

from __future__ import annotations

from patients.response import LogEntry, Place
from tests.every_row import every
from tests.patients.response.histories import (
    answer,
    codes,
    log,
    mark,
    session,
)
from tests.patients.response.rows import BOTH, Row, bend, calm
from tests.patients.response.rows_nerves import (
    BOTH_LEGS,
    NERVES,
    SCREEN,
    cleared,
)


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


@every("row", ROWS)
def test_what_it_means(row: Row) -> None:
    r = answer(row.logs, **row.more)
    assert (str(r.outcome), r.items, r.paused) == (row.outcome, row.items, row.paused)
    alerts, proposals = codes(r)
    assert alerts == row.alerts
    if row.proposals is not None:
        assert proposals == row.proposals
    if row.trend is not None:
        assert r.trend == row.trend
