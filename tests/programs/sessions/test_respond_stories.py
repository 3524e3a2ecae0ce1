"""Stories of logs through the contract, told short in ``stories.toml``."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from patients.vocabulary import ARM_RANK, LOCATION_RANK
from tests.programs.sessions.asking import text_of

FIRST = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)
STORIES = tomllib.loads(Path(__file__).with_name("stories.toml").read_text("utf-8"))["stories"]
ITEMS = [
    {"item": "a", "exercise": "standing-back-extension", "sessions_per_week": 14},
    {"item": "b", "exercise": "double-knee-to-chest", "sessions_per_week": 14},
    {"item": "c", "exercise": "wall-calf-stretch", "side": "left", "sessions_per_week": 7},
]
SICK = {
    "conditions": [{"code": "sciatica", "side": "left"}],
    "baseline": {"pain": 5, "location": {"left": "lower_leg", "right": "none"}},
}


def moment(text: str) -> dt.datetime:
    if "T" in text:
        return dt.datetime.fromisoformat(text)
    day, _, minutes = text.partition("+")
    return FIRST + dt.timedelta(days=float(day), minutes=float(minutes or 0))


def log(line: str, places: tuple[str, ...]) -> dict[str, Any]:
    session, at, phase, *told = line.split()
    made: dict[str, Any] = {"session": session, "at": moment(at).isoformat(), "phase": phase}
    for word in told:
        key, rest = word[0], word.partition(":")[2]
        if word in ("done", "notdone"):
            made["done"] = word == "done"
        elif word.startswith("k:"):
            made["kinds"] = rest.split(",") if rest else []
        elif word.startswith("f:"):
            made["red_flags"] = rest.split(",")
        elif word.startswith("i:"):
            made["item"] = rest
        elif key == "p":
            made["pain"] = int(word[1:])
        else:
            where = made.setdefault("location", {"left": "none", "right": "none"})
            where["left" if key == "l" else "right"] = places[int(word[1:])]
    return made


def history(story: dict[str, Any]) -> dict[str, Any]:
    places = tuple(ARM_RANK if story.get("arm") else LOCATION_RANK)
    logs = [log(line, places) for line in story["logs"]]
    latest = max((moment(row["at"]) for row in logs), default=FIRST)
    return {
        "case": {**SICK, **story.get("case", {})},
        "items": ITEMS,
        "logs": logs,
        "now": story.get("now", (latest + dt.timedelta(minutes=1)).isoformat()),
        "time_zone": story.get("zone", "Europe/London"),
        "settings": {},
        **story.get("top", {}),
    }


def test_what_the_stories_mean() -> None:
    names = [story["name"] for story in STORIES]
    assert len(names) == len({*names})
    wrong = {story["name"]: told for story in STORIES if (told := dict(_differences(story)))}
    assert wrong == {}


def _differences(story: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What the answer says otherwise than the story: the key, and what is said."""
    answer = json.loads(text_of(history(story)))
    if answer["patient"]["outcome"] != story["outcome"]:
        yield "outcome", answer["patient"]["outcome"]
    told = {f"{alert['code']}:{alert['urgency']}" for alert in answer["alerts"]}
    wanted = set(story.get("alerts", ["~"]))
    if not wanted - {"~"} <= told or ("~" not in wanted and told != wanted):
        yield "alerts", sorted(told)
    for key in ("paused", "trend"):
        if answer[key] != story.get(key, answer[key]):
            yield key, answer[key]
    proposed = {proposal["code"] for proposal in answer["proposals"]}
    for code in story.get("proposals", []):
        if (code.lstrip("!") in proposed) == code.startswith("!"):
            yield code, sorted(proposed)
