"""The response contract: weakness, numbness, and both legs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from patients.response import Kind, LogEntry, Place
from tests.patients.response.histories import (
    left,
    log,
    mark,
    session,
)
from tests.patients.response.rows import BOTH, FLAG, Row, calm, weak

SCREEN = ["screen_red_flags None"]
NERVE = ["neurological_change same_day"]


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
