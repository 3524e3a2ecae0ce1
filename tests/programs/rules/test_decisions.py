"""Every decided rule, on the shipped catalogue: where it speaks, and nowhere else."""

import pytest

from programs.rules.facts import CaseFacts, ConditionFact, SurgeryFact
from tests.programs.rules.cases import (
    TRAITS,
    both,
    canal,
    case,
    finding,
    fired,
    foraminal,
    noted,
    one,
    surgery,
    verdicts,
)

AWAY = (
    "quadratus-lumborum-hang-stretch",
    "latissimus-dorsi-wall-stretch",
    "oblique-standing-stretch",
)
TILTS = {
    "posterior-pelvic-tilt",
    "posterior-pelvic-tilt-sitting",
    "posterior-pelvic-tilt-standing",
    "posterior-pelvic-tilt-hands-and-knees",
}
END_FLEXION = {
    "double-knee-to-chest",
    "double-knee-to-chest-head-lift",
    "bed-knee-hug",
    "seated-back-flexion",
    "standing-back-flexion",
    "childs-pose",
    "prayer-stretch",
}
TRACTION = {"prone-ball-decompression", "assisted-leg-traction", "bench-traction"}
FLEXION = END_FLEXION | TILTS | {"prone-ball-decompression"}
HANG = both("quadratus-lumborum-hang-stretch")
FLAT_BACK = both("supine-hip-flexor-stretch", "psoas-lunge-stretch")
"""Hip stretches that flatten the low back while they stretch."""
HEAD_LOW = {"standing-back-flexion", "childs-pose", "prayer-stretch", "prone-ball-decompression"}
SPINE_MOVES = (
    FLEXION
    | FLAT_BACK
    | TRACTION
    | both(*AWAY)
    | {
        "anterior-pelvic-tilt",
        "standing-back-extension",
        "standing-side-bend",
        "knees-side-to-side",
        "lower-trunk-rotation-hold",
        "curl-up",
    }
    | both("combined-movement-test")
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


@pytest.mark.parametrize("side", ["bilateral", "central", "unspecified"])
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


@pytest.mark.parametrize("preference", ["untested", "none", "flexion"])
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("preference", ["untested", "none", "flexion"])
@pytest.mark.parametrize("facts", [foraminal("left"), canal()])
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


@pytest.mark.parametrize("stenosis", ["lumbar_foraminal_stenosis", "lumbar_canal_stenosis"])
@pytest.mark.parametrize("curve", ["lumbar_scoliosis", "lateral_pelvic_tilt"])
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


def test_osteoporosis() -> None:
    found = fired(finding("osteoporosis"), "P-06")
    assert {k for k, v in found.items() if v == "contraindicated"} == {
        "curl-up",
        "standing-back-flexion",
        "seated-back-flexion",
        "double-knee-to-chest-head-lift",
    } | HANG
    assert {k for k, v in found.items() if v == "caution"} == {
        "double-knee-to-chest",
        "bed-knee-hug",
        "childs-pose",
        "prayer-stretch",
        "prone-ball-decompression",
        "lower-trunk-rotation-hold",
    }
    everything = verdicts(finding("osteoporosis"))
    neutral = TILTS | {"core-breathing", "dead-bug", "hook-lying-march", "knees-side-to-side"}
    assert {everything[slug] for slug in neutral} == {"ok"}


PRESSED = both(
    "quadratus-lumborum-ball-release",
    "transverse-process-self-mobilisation",
    "latissimus-dorsi-roller-release",
)


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        (finding("vertebral_fracture"), "P-01"),
        (surgery("lumbar_fusion", 11), "P-09"),
        (surgery("lumbar_fusion", 0), "P-09"),
        (surgery("lumbar_fusion", None), "P-09"),
    ],
)
def test_no_movement_of_the_spine_and_no_firm_pressure(facts: CaseFacts, rule: str) -> None:
    found = fired(facts, rule)
    expected = SPINE_MOVES | PRESSED
    if rule == "P-09":
        expected |= both("half-kneeling-hip-flexor-stretch", "kneeling-lunge-stretch")
        if facts.surgeries[0].weeks_ago != 11:
            expected |= {"incline-walking"}
    assert set(found) == expected
    assert set(found.values()) == {"contraindicated"}


@pytest.mark.parametrize(
    ("code", "rule", "weeks"),
    [
        ("lumbar_fusion", "P-09", 12),
        ("lumbar_discectomy", "P-10", 6),
        ("lumbar_decompression", "P-10", 6),
        ("hip_replacement", "P-13", 12),
        ("hip_replacement", "P-14", 12),
        ("pacemaker", "P-26", 6),
        ("abdominal_surgery", "P-05", 12),
    ],
)
def test_the_week_that_ends_a_restriction(code: str, rule: str, weeks: int) -> None:
    assert fired(surgery(code, weeks - 1), rule) != {}
    assert fired(surgery(code, weeks), rule) == {}


@pytest.mark.parametrize("code", ["lumbar_discectomy", "lumbar_decompression"])
def test_after_an_operation_for_the_nerve(code: str) -> None:
    bent = (
        FLEXION
        | HANG
        | FLAT_BACK
        | both("latissimus-dorsi-wall-stretch")
        | {
            "knees-side-to-side",
            "lower-trunk-rotation-hold",
            "curl-up",
        }
    )
    expected = dict.fromkeys(bent, "caution")
    expected |= dict.fromkeys(PRESSED | TRACTION, "contraindicated")
    assert fired(surgery(code, 5), "P-10") == expected


HIP_FLEXION = {
    "double-knee-to-chest",
    "double-knee-to-chest-head-lift",
    "bed-knee-hug",
    "childs-pose",
    "prayer-stretch",
    "seated-back-flexion",
    "standing-back-flexion",
    "prone-ball-decompression",
    "lower-trunk-rotation-hold",  # the upper leg crosses the midline
} | both("piriformis-stretch")
HIP_LEFT = HIP_FLEXION | {
    # Treating the right side bends the left hip: pulled up, the front leg of a lunge, or the leg
    # that stands while the other hangs.
    "supine-hip-flexor-stretch/right",
    "kneeling-lunge-stretch/right",
    "quadratus-lumborum-hang-stretch/right",
}
HIP_EXTENSION = (
    "psoas-lunge-stretch",
    "half-kneeling-hip-flexor-stretch",
    "kneeling-lunge-stretch",
)


def test_posterior_hip_replacement_limits_flexion_of_that_hip() -> None:
    left = fired(surgery("hip_replacement", 5, "left", "posterior"), "P-13")
    assert set(left) == HIP_LEFT
    unknown_side = fired(surgery("hip_replacement", 5, "", "posterior"), "P-13")
    assert set(unknown_side) == HIP_FLEXION | both(
        "supine-hip-flexor-stretch", "kneeling-lunge-stretch", "quadratus-lumborum-hang-stretch"
    )
    assert set(left.values()) | set(unknown_side.values()) == {"contraindicated"}
    assert fired(surgery("hip_replacement", 5, "left", "posterior"), "P-14") == {}


@pytest.mark.parametrize("approach", ["anterior", "lateral"])
def test_front_or_side_hip_replacement_limits_extension_of_that_hip(approach: str) -> None:
    facts = surgery("hip_replacement", 5, "right", approach)
    expected = {f"{s}/right": "contraindicated" for s in HIP_EXTENSION}
    expected["standing-back-extension"] = "contraindicated"
    assert fired(facts, "P-14") == expected


def test_a_hip_replaced_from_the_front_may_bend() -> None:
    assert fired(surgery("hip_replacement", 5, "right", "anterior"), "P-13") == {}


@pytest.mark.parametrize("approach", ["lateral", "unknown", ""])
def test_a_lateral_or_unknown_approach_keeps_both_limits_and_lifts_no_leg(approach: str) -> None:
    facts = surgery("hip_replacement", 5, "left", approach)
    stretched = {f"{s}/left" for s in HIP_EXTENSION} | {"standing-back-extension"}
    assert set(fired(facts, "P-14")) == stretched
    assert set(fired(facts, "P-13")) == HIP_LEFT | {"hip-mobilisation-hooklying/left"}


KNEELING = {
    "prone-ball-decompression",
    "childs-pose",
    "prayer-stretch",
    "posterior-pelvic-tilt-hands-and-knees",
} | both("kneeling-lunge-stretch")
ONE_KNEE = ("half-kneeling-hip-flexor-stretch", "quadriceps-stretch", "piriformis-stretch")


@pytest.mark.parametrize("facts", [finding("knee_problem"), surgery("knee_replacement", 500)])
def test_kneeling_and_deep_knee_bend_are_adapted(facts: CaseFacts) -> None:
    assert fired(facts, "P-15") == dict.fromkeys(KNEELING | both(*ONE_KNEE), "adapt")


@pytest.mark.parametrize(
    "facts", [finding("knee_problem", side="left"), surgery("knee_replacement", 6, "left")]
)
def test_one_knee_leaves_the_other_alone(facts: CaseFacts) -> None:
    left = {f"{slug}/left" for slug in ONE_KNEE}
    assert fired(facts, "P-15") == dict.fromkeys(KNEELING | left, "adapt")


def test_a_new_knee_does_not_kneel_for_six_weeks() -> None:
    found = fired(surgery("knee_replacement", 5, "left"), "P-15")
    kneeling = KNEELING | {"half-kneeling-hip-flexor-stretch/left"}
    assert {k for k, v in found.items() if v == "contraindicated"} == kneeling
    assert {k for k, v in found.items() if v == "adapt"} == {
        "quadriceps-stretch/left",
        "piriformis-stretch/left",
    }


def test_uncontrolled_blood_pressure_stops_every_exercise_and_release() -> None:
    found = verdicts(finding("hypertension_uncontrolled"))
    for key, verdict in found.items():
        kind = TRAITS[key.split("/")[0]].kind
        assert verdict == ("ok" if kind == "advice" else "contraindicated"), key


def test_controlled_blood_pressure() -> None:
    expected = TILTS | HEAD_LOW | {"curl-up", "bench-traction"}
    facts = finding("hypertension_controlled")
    assert fired(facts, "P-17") == dict.fromkeys(expected, "caution")


def test_glaucoma_and_reflux() -> None:
    assert fired(finding("glaucoma"), "P-18") == dict.fromkeys(HEAD_LOW, "contraindicated")
    assert fired(finding("reflux_or_hiatal_hernia"), "P-19") == dict.fromkeys(HEAD_LOW, "caution")


def test_vertigo_has_three_reasons_of_its_own() -> None:
    facts = finding("vertigo")
    assert fired(facts, "P-20") == dict.fromkeys(HEAD_LOW, "adapt")
    tipped = {"standing-back-extension"} | both("combined-movement-test")
    assert fired(facts, "P-20b") == dict.fromkeys(tipped, "adapt")
    assert fired(facts, "P-20c") == dict.fromkeys(UNSTEADY, "adapt")
    rules = [r.rule for r in one(facts, "prone-ball-decompression").reasons]
    assert rules == ["P-20", "P-20c"]


UNSTEADY = both(
    "quadratus-lumborum-hang-stretch",
    "oblique-standing-stretch",
    "latissimus-dorsi-wall-stretch",
    "psoas-lunge-stretch",
    "half-kneeling-hip-flexor-stretch",
    "kneeling-lunge-stretch",
    "combined-movement-test",
) | {
    "standing-back-flexion",
    "standing-back-extension",
    "standing-side-bend",
    "prone-ball-decompression",
    "bench-traction",
    "incline-walking",
}


def test_falls_risk() -> None:
    assert fired(finding("falls_risk"), "P-30") == dict.fromkeys(UNSTEADY, "adapt")
    assert fired(finding("falls_risk"), "P-30b") == dict.fromkeys(FLOOR, "caution")


FLOOR = {
    key for key in verdicts(CaseFacts()) if "floor_transfer" in TRAITS[key.split("/")[0]].flags
}
ON_BED = {key for key in FLOOR if TRAITS[key.split("/")[0]].on_bed}


@pytest.mark.parametrize("code", ["cannot_get_to_floor", "wheelchair_user"])
def test_the_floor_is_out_of_reach(code: str) -> None:
    assert fired(finding(code), "R100") == dict.fromkeys(FLOOR, "contraindicated")
    with_bed = CaseFacts(findings={code: True}, resources=frozenset({"bed"}))
    expected = dict.fromkeys(FLOOR, "contraindicated") | dict.fromkeys(ON_BED, "adapt")
    assert fired(with_bed, "R100") == expected
    assert {"double-knee-to-chest", "curl-up", "knees-side-to-side"} < ON_BED
    off_bed = {"childs-pose", "prone-ball-decompression", "assisted-leg-traction"}
    assert off_bed < FLOOR - ON_BED


def test_a_wheelchair_user_does_not_stand() -> None:
    standing = {
        "bench-traction",
        "incline-walking",
        "posterior-pelvic-tilt-standing",
        "standing-back-extension",
        "standing-back-flexion",
        "standing-side-bend",
        "walking",
    } | both(
        "combined-movement-test",
        "latissimus-dorsi-wall-stretch",
        "oblique-standing-stretch",
        "psoas-lunge-stretch",
        "quadratus-lumborum-hang-stretch",
        "wall-calf-stretch",
    )
    found = fired(finding("wheelchair_user"), "R101")
    assert found == dict.fromkeys(standing, "contraindicated")


def test_arm_problem() -> None:
    facts = finding("arm_problem")
    assert fired(facts, "R30") == {"bench-traction": "contraindicated"}
    partial = {
        "prone-ball-decompression",
        "childs-pose",
        "prayer-stretch",
        "posterior-pelvic-tilt-hands-and-knees",
    } | both("latissimus-dorsi-wall-stretch", "latissimus-dorsi-roller-release")
    assert fired(facts, "R31") == dict.fromkeys(partial, "caution")
    left = partial - {
        f"{s}/right" for s in ("latissimus-dorsi-wall-stretch", "latissimus-dorsi-roller-release")
    }
    assert fired(finding("arm_problem", side="left"), "R31") == dict.fromkeys(left, "caution")


def test_psoas_release_and_the_clinic_test_are_never_for_home() -> None:
    found = verdicts(CaseFacts())
    never = both("psoas-release", "combined-movement-test")
    assert {k for k, v in found.items() if v == "contraindicated"} == never
    assert {found[k] for k in found if k not in never} == {"ok"}


def test_neck_problem() -> None:
    expected = {"curl-up": "adapt", "double-knee-to-chest-head-lift": "adapt"}
    assert fired(finding("neck_problem"), "R35") == expected


def test_open_wound() -> None:
    expected = both("quadratus-lumborum-ball-release", "transverse-process-self-mobilisation")
    expected.add("cold-pack")
    found = fired(finding("open_wound_low_back"), "P-02")
    assert found == dict.fromkeys(expected, "contraindicated")


@pytest.mark.parametrize("code", ["anticoagulant", "bleeding_disorder"])
def test_blood_thinners(code: str) -> None:
    expected = both(
        "quadratus-lumborum-ball-release",
        "latissimus-dorsi-roller-release",
        "transverse-process-self-mobilisation",
        "psoas-release",
    ) | {"assisted-leg-traction"}
    assert fired(finding(code), "P-04") == dict.fromkeys(expected, "caution")


@pytest.mark.parametrize(
    "facts",
    [
        finding("aortic_aneurysm"),
        finding("abdominal_hernia"),
        CaseFacts(pregnancy_weeks=4),
        surgery("abdominal_surgery", 11),
    ],
)
def test_pressure_on_the_belly(facts: CaseFacts) -> None:
    expected = both("oblique-fingertip-release", "psoas-release") | {"prone-ball-decompression"}
    assert fired(facts, "P-05") == dict.fromkeys(expected, "contraindicated")


CURLS = {"curl-up", "double-knee-to-chest-head-lift"}
STRAIN = TILTS | CURLS | {"bench-traction"}


@pytest.mark.parametrize(
    "facts",
    [
        finding("abdominal_hernia"),
        finding("diastasis"),
        finding("aortic_aneurysm"),
        CaseFacts(postnatal_weeks=11),
        surgery("abdominal_surgery", 8),
        surgery("abdominal_surgery", 11),
    ],
)
def test_straining_the_belly(facts: CaseFacts) -> None:
    assert fired(facts, "P-29") == dict.fromkeys(STRAIN, "caution")


@pytest.mark.parametrize("facts", [CaseFacts(postnatal_weeks=12), surgery("abdominal_surgery", 12)])
def test_the_belly_has_healed(facts: CaseFacts) -> None:
    assert fired(facts, "P-29") == {}


@pytest.mark.parametrize("weeks", [7, None])
def test_eight_weeks_after_abdominal_surgery(weeks: int | None) -> None:
    found = fired(surgery("abdominal_surgery", weeks), "P-29")
    hard = CURLS | {"dead-bug"}
    assert {k for k, v in found.items() if v == "contraindicated"} == hard
    assert {k for k, v in found.items() if v == "caution"} == STRAIN - CURLS


@pytest.mark.parametrize(
    ("weeks", "verdict"),
    [(12, None), (13, "caution"), (19, "caution"), (20, "adapt"), (40, "adapt")],
)
def test_lying_on_the_back_in_pregnancy(weeks: int, verdict: str | None) -> None:
    found = fired(CaseFacts(pregnancy_weeks=weeks), "P-11")
    assert found.pop("prone-ball-decompression") == "contraindicated"
    assert set(found.values()) == ({verdict} if verdict else set())
    if verdict:
        assert {k.split("/")[0] for k in found} == {
            slug for slug, t in TRAITS.items() if "supine_prolonged" in t.flags
        }


@pytest.mark.parametrize(
    ("weeks", "curls", "balance"),
    [(12, None, None), (13, "caution", None), (19, "caution", None), (20, "caution", "adapt")],
)
def test_balance_and_curl_ups_in_pregnancy(
    weeks: int, curls: str | None, balance: str | None
) -> None:
    expected = dict.fromkeys(CURLS, curls) | dict.fromkeys(UNSTEADY, balance)
    found = fired(CaseFacts(pregnancy_weeks=weeks), "P-11b")
    assert found == {key: verdict for key, verdict in expected.items() if verdict}


def test_bending_under_load_against_an_extension_preference() -> None:
    found = fired(CaseFacts(directional_preference="extension"), "R18b")
    assert found == dict.fromkeys(
        {"seated-back-flexion", "standing-back-flexion", *CURLS}, "caution"
    )
    assert fired(CaseFacts(directional_preference="none"), "R18b") == {}


def test_a_hip_problem_spares_the_end_of_that_hip() -> None:
    found = fired(finding("hip_problem", side="left"), "R81")
    assert set(found.values()) == {"caution"}
    assert {"piriformis-stretch/left", "supine-hip-flexor-stretch/right", "bed-knee-hug"} < set(
        found
    )
    assert {"psoas-lunge-stretch/left", "childs-pose"} < set(found)
    assert not {"psoas-lunge-stretch/right", "dead-bug", "walking"} & set(found)


@pytest.mark.parametrize("code", ["heart_disease", "lung_disease"])
def test_heart_and_lungs(code: str) -> None:
    expected = HEAD_LOW | TILTS | {
        "bench-traction", "curl-up", "dead-bug", "hook-lying-march", "incline-walking"
    }  # fmt: skip
    assert fired(finding(code), "P-50") == dict.fromkeys(expected, "caution")


def test_long_term_steroids() -> None:
    facts = finding("long_term_steroids")
    assert fired(facts, "P-51") == dict.fromkeys(PRESSED | both("psoas-release"), "caution")
    # A no to weak bones counts as not asked while steroids are taken.
    doubted = CaseFacts(findings={"long_term_steroids": True, "osteoporosis": False})
    assert "osteoporosis" in one(doubted, "curl-up").unanswered
    sure = CaseFacts(findings={"long_term_steroids": False, "osteoporosis": False})
    assert "osteoporosis" not in one(sure, "curl-up").unanswered


def test_under_16() -> None:
    child = CaseFacts(age=15)
    mobilise = both("transverse-process-self-mobilisation")
    found = fired(child, "P-33")
    never = TRACTION | mobilise | both("psoas-release")
    assert {k for k, v in found.items() if v == "contraindicated"} == never
    watched = {"standing-back-extension"} | both("combined-movement-test")
    assert {k for k, v in found.items() if v == "adapt"} == watched
    assert fired(CaseFacts(age=16), "P-33") == {}
    assert fired(CaseFacts(), "P-33") == {}


def test_what_needs_judgement_is_not_done_alone() -> None:
    watched = {"standing-back-extension"} | both(
        "combined-movement-test", "transverse-process-self-mobilisation"
    )
    assert fired(finding("cognitive_impairment"), "P-33") == dict.fromkeys(watched, "adapt")


@pytest.mark.parametrize("code", ["peripheral_neuropathy", "cold_sensitivity"])
def test_cold_pack(code: str) -> None:
    assert fired(finding(code), "P-23") == {"cold-pack": "contraindicated"}


def test_pacemaker() -> None:
    expected = both("latissimus-dorsi-roller-release", "latissimus-dorsi-wall-stretch")
    # Arms stretched forward on the floor, or lowered back over the head, are up there too.
    expected |= {"bench-traction", "childs-pose", "prayer-stretch", "dead-bug"}
    expected |= {"prone-ball-decompression"}
    assert fired(surgery("pacemaker", 5), "P-26") == dict.fromkeys(expected, "contraindicated")


def test_high_irritability_cautions_the_end_of_range() -> None:
    found = fired(CaseFacts(irritability="high"), "R43")
    assert set(found.values()) == {"caution"}
    assert END_FLEXION | both(*AWAY) < set(found)
    assert not TILTS & set(found)


def test_suspected_clot_stops_leg_work_and_massage() -> None:
    found = verdicts(finding("dvt_suspected"))
    for slug in ("walking", "stationary-cycling", "wall-calf-stretch/left", "double-knee-to-chest"):
        assert found[slug] == "contraindicated"
    assert found["oblique-fingertip-release/left"] == "contraindicated"
    assert found["core-breathing"] == "ok"


def test_chronic_pain_prefers_strength() -> None:
    found = fired(case("nonspecific_low_back_pain_chronic"), "R44")
    assert set(found) == TILTS | {
        "core-breathing",
        "dead-bug",
        "curl-up",
        "hook-lying-march",
        "keep-moving",
    }


def test_sides_first() -> None:
    assert noted(foraminal("left"), "R09") == {
        "oblique-fingertip-release/left",
        "quadratus-lumborum-ball-release/left",
        "latissimus-dorsi-roller-release/left",
    }
    assert noted(foraminal("left"), "R10") == {
        "psoas-lunge-stretch/left",
        *(f"{slug}/left" for slug in AWAY),
    }
    assert noted(case("lumbar_radiculopathy", "right"), "R19") == {
        "supine-hip-flexor-stretch/right"
    }
    assert fired(case("lumbar_radiculopathy", "right"), "R19") == {
        "supine-hip-flexor-stretch/left": "caution"
    }


def test_two_hip_replacements_each_keep_their_own_limit() -> None:
    facts = CaseFacts(
        surgeries=(
            SurgeryFact("hip_replacement", 3, "left", "posterior"),
            SurgeryFact("hip_replacement", 40, "right", "anterior"),
        )
    )
    assert fired(facts, "P-14") == {}
    assert "supine-hip-flexor-stretch/left" not in fired(facts, "P-13")
