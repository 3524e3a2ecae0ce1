"""``respond``: what a year of a patient's logs means, in process."""

from __future__ import annotations

import datetime as dt
import json

from benchmarks.measure import Result, median_ms
from patients.response import respond
from programs.exercises.catalogue_files import built_in
from programs.sessions.respond_json import respond_json
from tests.patients.response.histories import GUIDE
from tests.patients.response.year import a_year

LOGS = 10_000
BETWEEN = dt.timedelta(minutes=52)
"""Between two logs; ten thousand make a year."""


def measure(runs: int) -> list[Result]:
    """The judgement alone, and the whole of it from JSON to JSON."""
    year, content, text = a_year(), built_in(), _as_json()
    alone = median_ms(lambda n: respond(year, GUIDE), runs=runs)
    whole = median_ms(lambda n: respond_json(text, content.rules, content.definitions), runs=runs)
    return [
        Result(f"respond, {len(year.logs):,} logs", alone, "ms", "< 400"),
        Result(f"respond, {LOGS:,} logs, from JSON to JSON", whole, "ms", "< 800"),
    ]


def _as_json() -> bytes:
    begin = dt.datetime(2025, 11, 1, tzinfo=dt.UTC)
    place = {"left": "lower_leg", "right": "none"}
    logs = [
        {
            "session": f"s{n // 2}",
            "at": (begin + n * BETWEEN).isoformat(),
            "phase": ("before", "after")[n % 2],
            "item": (None, "a")[n % 2],
            "done": (None, True)[n % 2],
            "pain": 5,
            "location": place,
        }
        for n in range(LOGS)
    ]
    item = {"item": "a", "exercise": "standing-back-extension", "sessions_per_week": 14}
    case = {
        "conditions": [{"code": "lumbar_radiculopathy", "side": "left"}],
        "baseline": {"pain": 5, "location": place},
    }
    history = {
        "case": case,
        "items": [item],
        "logs": logs,
        "now": (begin + LOGS * BETWEEN).isoformat(),
        "time_zone": "Europe/London",
    }
    return json.dumps(history).encode()
