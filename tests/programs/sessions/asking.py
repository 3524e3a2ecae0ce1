"""The command ``respond``, asked as a program of somebody else would."""

from __future__ import annotations

import copy
import json
from typing import Any

from programs.exercises.catalogue_files import built_in
from programs.sessions.respond_json import respond_json

CONTENT = built_in()
EXAMPLE: dict[str, Any] = {
    "case": {
        "conditions": [{"code": "lumbar_radiculopathy", "side": "left"}],
        "baseline": {"pain": 5, "location": {"left": "lower_leg", "right": "none"}},
    },
    "items": [
        {
            "item": "a",
            "exercise": "standing-back-extension",
            "side": None,
            "sessions_per_week": 14,
        }
    ],
    "logs": [
        {
            "session": "s1",
            "at": "2026-11-01T08:00:00+00:00",
            "phase": "before",
            "pain": 5,
            "location": {"left": "lower_leg", "right": "none"},
        },
        {
            "session": "s1",
            "at": "2026-11-01T08:10:00+00:00",
            "phase": "after",
            "item": "a",
            "done": True,
            "pain": 6,
            "location": {"left": "thigh", "right": "none"},
            "kinds": ["tingling"],
            "red_flags": [],
        },
    ],
    "now": "2026-11-01T20:00:00+00:00",
    "time_zone": "Europe/London",
    "settings": {},
}


def text_of(history: object) -> str:
    return respond_json(json.dumps(history).encode(), CONTENT.rules, CONTENT.definitions)


def changed(path: str, value: object) -> dict[str, Any]:
    """The example with one value replaced; the path like ``logs.0.pain``."""
    history = copy.deepcopy(EXAMPLE)
    place: Any = history
    *way, last = path.split(".")
    for key in way:
        place = place[int(key)] if key.isdigit() else place[key]
    place[last] = value
    return history
