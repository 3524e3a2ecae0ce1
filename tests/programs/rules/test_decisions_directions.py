"""Decided rules about directions, on the shipped catalogue: where they speak, and nowhere else."""

import pytest

from programs.rules.facts import CaseFacts, ConditionFact
from tests.every_row import every
from tests.programs.rules.cases import (
    both,
    canal,
    case,
    fired,
    foraminal,
    noted,
    one,
    verdicts,
)
from tests.programs.rules.keys import (
    AWAY,
    END_FLEXION,
    FLAT_BACK,
    FLEXION,
    HANG,
    TRACTION,
)


@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left")])
def test_one_sided_foraminal_stenosis_bends_away_from_its_side(side: str, other: str) -> None:
    facts = foraminal(side)
    assert fired(facts, "R03") == {f"{slug}/{side}": "preferred" for slug in AWAY}
    expected = {f"{slug}/{other}": "contraindicated" for slug in AWAY}
    # The clinic test bends toward its own side.
    expected[f"combined-movement-test/{side}"] = "contraindicated"
    assert fired(facts, "R01") == expected
    assert {verdicts(facts)[f"{slug}/{side}"] for slug in AWAY} == {"preferred"}


@every("side", ["bilateral", "central", "unspecified"])
def test_stenosis_on_both_sides_or_an_unknown_side_adapts_end_range_both_ways(side: str) -> None:
    facts = foraminal(side)
    expected = both(*AWAY, "combined-movement-test")
    expected |= {"standing-side-bend", "lower-trunk-rotation-hold"}
    assert fired(facts, "R07") == dict.fromkeys(expected, "adapt")
    assert fired(facts, "R01") == {}
    assert fired(facts, "R03") == {}
    assert fired(facts, "R08") == {}


def test_left_and_right_recorded_apart_count_as_both() -> None:
    facts = CaseFacts(
        conditions=(
            ConditionFact("lumbar_foraminal_stenosis", "left"),
            ConditionFact("lumbar_foraminal_stenosis", "right"),
        )
    )
    assert fired(facts, "R07") == fired(foraminal("bilateral"), "R07")


def test_two_way_side_bend_uses_the_away_half() -> None:
    assert fired(foraminal("left"), "R08") == {"standing-side-bend": "adapt"}
    assert one(foraminal("left"), "standing-side-bend").reasons[0].modification == (
        "Bend to your right side only. Come back to the middle each time."
    )


@every("preference", ["untested", "none", "flexion"])
def test_held_extension_in_foraminal_stenosis_needs_an_extension_preference(
    preference: str,
) -> None:
    facts = foraminal("right", directional_preference=preference)
    tests = both("combined-movement-test")
    assert fired(facts, "R04") == dict.fromkeys(
        {"standing-back-extension"} | tests, "contraindicated"
    )
    assert fired(facts, "R05") == {"anterior-pelvic-tilt": "caution"}


def test_an_extension_preference_lifts_the_direction_rules_and_prefers_extension() -> None:
    facts = foraminal("right", directional_preference="extension")
    for rule in ("R04", "R05", "R11"):
        assert fired(facts, rule) == {}
    expected = {"standing-back-extension": "preferred", "anterior-pelvic-tilt": "preferred"}
    assert fired(facts, "R17") == expected
    assert verdicts(facts)["standing-back-extension"] == "preferred"
    # It lifts direction rules only: the side rule stays.
    assert verdicts(facts)["oblique-standing-stretch/left"] == "contraindicated"


def test_an_extension_preference_lifts_no_precaution() -> None:
    facts = foraminal(
        "right", directional_preference="extension", findings={"vertebral_fracture": True}
    )
    assert verdicts(facts)["standing-back-extension"] == "contraindicated"
    facts = CaseFacts(
        conditions=(ConditionFact("spondylolisthesis"), ConditionFact("hyperlordosis")),
        directional_preference="extension",
    )
    assert fired(facts, "P-07")["standing-back-extension"] == "caution"
    assert fired(facts, "R13")["standing-back-extension"] == "caution"
    assert verdicts(facts)["standing-back-extension"] == "caution"


@every(
    ("preference", "rule", "verdict"),
    [
        ("untested", "R16", "caution"),
        ("none", "R16", "caution"),
        ("flexion", "R18", "contraindicated"),
        ("extension", "R17", "preferred"),
    ],
)
def test_standing_extension_in_canal_stenosis(preference: str, rule: str, verdict: str) -> None:
    found = one(canal(directional_preference=preference), "standing-back-extension")
    assert (found.verdict, found.reasons[0].rule) == (verdict, rule)


def test_flexion_preference_stops_any_extension_whatever_the_condition() -> None:
    facts = CaseFacts(directional_preference="flexion")
    expected = {"standing-back-extension", "anterior-pelvic-tilt"} | both("combined-movement-test")
    assert fired(facts, "R18") == dict.fromkeys(expected, "contraindicated")


@every("preference", ["untested", "none", "flexion"])
@every("facts", [foraminal("left"), canal()])
def test_flexion_is_preferred_in_stenosis_and_traction_never(
    facts: CaseFacts, preference: str
) -> None:
    rule = "R11" if facts.has("lumbar_foraminal_stenosis") else "R15"
    facts = CaseFacts(conditions=facts.conditions, directional_preference=preference)
    expected = (FLEXION | HANG | FLAT_BACK) - TRACTION
    assert fired(facts, rule) == dict.fromkeys(expected, "preferred")
    assert {verdicts(facts)[slug] for slug in TRACTION} == {"ok"}
    assert noted(facts, "P-57") == TRACTION


def test_flexion_is_not_preferred_with_an_extension_preference() -> None:
    assert fired(canal(directional_preference="extension"), "R15") == {}


@pytest.mark.parametrize("code", ["hyperlordosis", "anterior_pelvic_tilt"])
def test_extension_with_an_arched_posture(code: str) -> None:
    found = fired(case(code), "R13")
    extension = {"standing-back-extension", "anterior-pelvic-tilt"} | both("combined-movement-test")
    assert {k for k, v in found.items() if v == "caution"} == extension
    advice = {"hyperlordosis": "posture-hyperlordosis"}.get(code, "posture-anterior-pelvic-tilt")
    assert {k for k, v in found.items() if v == "preferred"} == {advice}


def test_extension_with_spondylolisthesis() -> None:
    extension = {"standing-back-extension", "anterior-pelvic-tilt"} | both("combined-movement-test")
    assert fired(case("spondylolisthesis"), "P-07") == dict.fromkeys(extension, "caution")


@every("stenosis", ["lumbar_foraminal_stenosis", "lumbar_canal_stenosis"])
@every("curve", ["lumbar_scoliosis", "lateral_pelvic_tilt"])
def test_side_bend_where_a_stenosis_meets_a_curve(stenosis: str, curve: str) -> None:
    facts = CaseFacts(conditions=(ConditionFact(stenosis, "left"), ConditionFact(curve)))
    expected = both(*AWAY, "combined-movement-test") | {"standing-side-bend"}
    assert fired(facts, "R14") == dict.fromkeys(expected, "caution")
    assert fired(case(curve), "R14") == {}
    assert fired(case(stenosis, "left"), "R14") == {}


def test_repeated_or_end_range_flexion_with_an_acute_disc() -> None:
    ball = "prone-ball-decompression"
    expected = dict.fromkeys(END_FLEXION | HANG | {"curl-up", ball}, "caution")
    assert fired(case("disc_herniation_acute"), "P-08") == expected
    lifted = case("disc_herniation_acute", directional_preference="flexion")
    assert fired(lifted, "P-08") == {}
