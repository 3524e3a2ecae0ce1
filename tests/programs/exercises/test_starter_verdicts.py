"""What the rules say of a template in the plainest case that it is meant for."""

from __future__ import annotations

from typing import Any

from patients.vocabulary import CONDITIONS
from programs.rules.case_json import parse_case
from tests.every_row import every
from tests.programs.rules.cases import CONTENT, engine

STARTERS = CONTENT.starters
WEEKS = {"after-hip-replacement-weeks-3-6": 3, "after-knee-replacement-weeks-3-6": 3}
"""Since the operation; one week for the others."""


def plainest(starter: str, code: str) -> dict[str, Any]:
    """One condition of the left, with the direction the template is for; or one operation."""
    if code in CONDITIONS:
        ways = ("extension", "flexion")
        way = next((way for way in ways if way in starter.split("-")), "untested")
        return {"conditions": [{"code": code, "side": "left"}], "directional_preference": way}
    row = {"code": code, "weeks_ago": WEEKS.get(starter, 1), "side": "left"}
    if code == "hip_replacement":
        row["approach"] = "posterior"
    if code == "rotator_cuff_repair":
        row["tear_size"] = "small_medium"
    return {"surgeries": [row]}


MEANT = [(slug, code) for slug, starter in STARTERS.items() for code in starter.meant_for]


@every(("slug", "code"), MEANT)
def test_a_template_brings_nothing_that_is_contraindicated_where_it_is_meant(
    slug: str, code: str
) -> None:
    starter = STARTERS[slug]
    case = parse_case(plainest(slug, code))
    found = engine().assess(case, only=sorted({item.exercise for item in starter.items}))
    both = {item.exercise for item in starter.items if item.side == "both"}
    told = {
        (a.exercise, a.side): a.verdict for a in found if a.side != "right" or a.exercise in both
    }
    assert [key for key, verdict in told.items() if verdict == "contraindicated"] == []
