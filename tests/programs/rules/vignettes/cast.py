"""Short words for a vignette: a case, and the exercises each verdict is expected of."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.programs.rules.cases import both

Json = dict[str, Any]

LYING_BENDS = "double-knee-to-chest bed-knee-hug childs-pose prayer-stretch"
SIDE_STRETCHES = (
    "oblique-standing-stretch",
    "quadratus-lumborum-hang-stretch",
    "latissimus-dorsi-wall-stretch",
)
LUNGES = ("psoas-lunge-stretch", "half-kneeling-hip-flexor-stretch", "kneeling-lunge-stretch")
ARCHES = "standing-back-extension anterior-pelvic-tilt"
LYING_LONG = (
    "double-knee-to-chest bed-knee-hug knees-side-to-side lower-trunk-rotation-hold "
    "double-knee-to-chest-head-lift"
)


class Vignette(NamedTuple):
    """A story, the case as ``manage.py assess`` reads it, and verdict → exercises (and side).

    ``source``: the published guidance it was written down from, by its id in the rules' sources.
    """

    story: str
    case: Json
    expected: dict[str, str]
    source: str = ""


def narrowed(side: str, *more: str, **facts: Any) -> Json:
    """Foraminal stenosis on a side, with other conditions whose side does not matter."""
    return conditions(f"lumbar_foraminal_stenosis {side}", *more, **facts)


def canal(*more: str, **facts: Any) -> Json:
    return conditions("lumbar_canal_stenosis central", *more, **facts)


def conditions(*named: str, **facts: Any) -> Json:
    """Each condition as ``code side``."""
    pairs = [name.split() for name in named]
    return {"conditions": [{"code": code, "side": side} for code, side in pairs], **facts}


def yes(*findings: str, **facts: Any) -> Json:
    return {"findings": dict.fromkeys(findings, "yes"), **facts}


def yes_on(side: str, *findings: str, **facts: Any) -> Json:
    answer = {"answer": "yes", "side": side}
    return {"findings": dict.fromkeys(findings, answer), **facts}


def operated(code: str, weeks: int, **more: Any) -> Json:
    return {"surgeries": [{"code": code, "weeks_ago": weeks, **more}]}


def hip(weeks: int, **more: Any) -> Json:
    return operated("hip_replacement", weeks, **more)


def on(side: str, *slugs: str) -> str:
    return " ".join(f"{slug}/{side}" for slug in slugs)


def each_side(*slugs: str) -> str:
    return " ".join(sorted(both(*slugs)))


EXTENSION = {"directional_preference": "extension"}
FLEXION = {"directional_preference": "flexion"}
