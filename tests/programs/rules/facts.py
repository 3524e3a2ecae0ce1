"""Facts of a case, as short as a story needs them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def on(code: str, side: str = "left", **more: Any) -> Json:
    return {"conditions": [{"code": code, "side": side, **more}]}


def done(code: str, weeks: int, **more: Any) -> Json:
    return {"surgeries": [{"code": code, "weeks_ago": weeks, "side": "left", **more}]}


def yes(*codes: str, **more: Any) -> Json:
    return {"findings": dict.fromkeys(codes, "yes"), **more}


def sore(code: str, side: str) -> Json:
    return {"findings": {code: {"answer": "yes", "side": side}}}


def bears(order: str) -> Json:
    return {"weight_bearing": {"left": order}}


INSTABLE = "shoulder_instability"
CUFF = "rotator_cuff_repair"
SMALL = {"tear_size": "small_medium"}
BENT_60 = [{"movement": "knee_flexion", "degrees": 60, "until_week": 6}]
OUT_30 = [{"movement": "shoulder_external_rotation", "degrees": 30, "until_week": 6}]
POST = {"approach": "posterior"}
SIDEWAYS = {**on("sciatica"), "directional_preference": "lateral_away"}
TOWARD = {**on("sciatica"), "directional_preference": "lateral_toward"}
IRRITABLE = {**on("sciatica"), "irritability": "high"}
