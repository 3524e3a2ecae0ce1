"""Decided rules about what calls for care: skin, belly, pregnancy, heart, age."""

import pytest

from programs.rules.facts import CaseFacts, SurgeryFact
from tests.every_row import every
from tests.programs.rules.cases import (
    TRAITS,
    both,
    case,
    finding,
    fired,
    foraminal,
    noted,
    one,
    surgery,
    verdicts,
)
from tests.programs.rules.keys import (
    AWAY,
    END_FLEXION,
    HEAD_LOW,
    PRESSED,
    TILTS,
    TRACTION,
    UNSTEADY,
)

ON_THE_FRONT = ("prone-lying", "prone-on-elbows", "prone-press-up", "prone-back-extension")


def test_psoas_release_and_the_clinic_test_are_never_for_home() -> None:
    found = verdicts(CaseFacts())
    never = both("psoas-release", "combined-movement-test")
    assert {k for k, v in found.items() if v == "contraindicated"} == never
    # Hops ask first whether bones and joints may be loaded so.
    assert {k: v for k, v in found.items() if k not in never and v != "ok"} == {
        "small-hops": "caution"
    }


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


@every(
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


@every(
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


@every(
    ("weeks", "verdict"),
    [(12, None), (13, "caution"), (19, "caution"), (20, "adapt"), (40, "adapt")],
)
def test_lying_on_the_back_in_pregnancy(weeks: int, verdict: str | None) -> None:
    found = fired(CaseFacts(pregnancy_weeks=weeks), "P-11", everywhere=True)
    for slug in ("prone-ball-decompression", *ON_THE_FRONT):
        assert found.pop(slug) == "contraindicated"
    assert set(found.values()) == ({verdict} if verdict else set())
    if verdict:
        assert {k.split("/")[0] for k in found} == {
            slug for slug, t in TRAITS.items() if "supine_prolonged" in t.flags
        }


@every(
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
    unsteady = {"standing-back-extension", "standing-back-flexion", "standing-side-bend"}
    assert {key for key, verdict in found.items() if verdict == "adapt"} == unsteady
    assert set(found.values()) == {"caution", "adapt"}
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
