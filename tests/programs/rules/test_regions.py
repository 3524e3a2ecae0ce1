"""One patient for whom each rule of the limbs, the neck and the operations speaks, and one beside.

The verdicts were written down from the sources before the program was asked.
"""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from programs.exercises.catalogue_files import CATALOGUE
from programs.rules.case_json import parse_case
from programs.rules.engine import judge
from tests.programs.rules.cases import CONTENT
from tests.programs.rules.imagined import IMAGINED

RULES = {rule.id: rule for rule in CONTENT.rules}
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


def said(rule: str, case: Json, exercise: str) -> str:
    """What one rule says of ``slug`` or ``slug/side``; empty where it is silent."""
    slug, _, side = exercise.partition("/")
    found = judge([RULES[rule]], parse_case(case), slug, IMAGINED[slug], side)
    return next((r.verdict for r in (*found.reasons, *found.notes)), "")


BAD, ADAPT, CARE, GOOD, NOTE = "contraindicated", "adapt", "caution", "preferred", "info"
INSTABLE = "shoulder_instability"
CUFF = "rotator_cuff_repair"
SMALL = {"tear_size": "small_medium"}
POST = {"approach": "posterior"}
SIDEWAYS = {**on("sciatica"), "directional_preference": "lateral_away"}
TOWARD = {**on("sciatica"), "directional_preference": "lateral_toward"}
IRRITABLE = {**on("sciatica"), "irritability": "high"}

STORIES: list[tuple[str, Json, str, str, Json, str]] = [
    # rule, case, exercise, verdict; and beside it a case and an exercise where it is silent.
    ("R80", bears("none"), "bridge", BAD, bears("none"), "heel-slide/left"),
    ("R80", bears("touch"), "bridge", BAD, bears("touch"), "one-leg-stand/right"),
    ("R80", bears("partial"), "mini-squat", BAD, bears("full"), "mini-squat"),
    ("R80", bears("partial"), "bridge", ADAPT, bears("as_tolerated"), "bridge"),
    ("R80", bears("as_tolerated"), "hops", BAD, bears("as_tolerated"), "mini-squat"),
    ("R80", bears("none"), "one-leg-stand/left", BAD, bears("none"), "one-leg-stand/right"),
    ("R81", sore("knee_problem", "left"), "one-leg-stand/left", ADAPT,
     sore("knee_problem", "left"), "one-leg-stand/right"),
    ("R81", sore("hip_problem", "left"), "deep-squat", ADAPT,
     {**sore("hip_problem", "left"), **on("hip_osteoarthritis")}, "deep-squat"),
    ("R81", sore("ankle_foot_problem", "left"), "hops", ADAPT,
     sore("ankle_foot_problem", "left"), "mini-squat"),
    ("R82", done("knee_replacement", 11), "mini-squat", NOTE,
     {**done("knee_replacement", 11), **bears("full")}, "mini-squat"),
    ("R82", done("hip_replacement", 3), "mini-squat", NOTE,
     done("hip_replacement", 12), "mini-squat"),
    ("R84", sore("arm_problem", "left"), "elbow-weight/left", CARE,
     sore("arm_problem", "left"), "elbow-weight/right"),
    ("R85", SIDEWAYS, "side-glide/left", GOOD, on("sciatica"), "side-glide/left"),
    ("R85", SIDEWAYS, "side-glide-back/left", BAD, SIDEWAYS, "bridge"),
    ("R85", TOWARD, "side-glide-back/left", GOOD, on("sciatica"), "side-glide-back/left"),
    ("R85", TOWARD, "side-glide/left", BAD, TOWARD, "clam/left"),
    ("R85", on("lumbar_foraminal_stenosis"), "side-glide/left", BAD,
     on("lumbar_foraminal_stenosis"), "side-glide/right"),
    ("R86", on("hip_osteoarthritis"), "knee-to-chest/left", CARE,
     on("hip_osteoarthritis"), "knee-to-chest/right"),
    ("R86", on("hip_osteoarthritis"), "hip-turn-out/left", CARE,
     on("knee_osteoarthritis"), "hip-turn-out/left"),
    ("R86", on("hip_osteoarthritis"), "clam/left", GOOD, on("hip_osteoarthritis"), "hops"),
    ("R87", on("hip_impingement"), "deep-squat", CARE, on("hip_impingement"), "mini-squat"),
    ("R88", on("gluteal_tendinopathy"), "leg-across/left", BAD,
     on("gluteal_tendinopathy"), "leg-across/right"),
    ("R88", on("gluteal_tendinopathy"), "step-up/left", ADAPT,
     on("gluteal_tendinopathy"), "step-up/right"),
    ("R88", on("gluteal_tendinopathy"), "bridge", GOOD,
     on("gluteal_tendinopathy"), "leg-out-strong/left"),
    ("R90", on("patellofemoral_pain"), "deep-squat", ADAPT,
     on("patellofemoral_pain"), "mini-squat"),
    ("R91", on("patellofemoral_pain"), "knee-straightening-weight/left", ADAPT,
     on("patellofemoral_pain"), "knee-straightening-weight/right"),
    ("R91", on("patellofemoral_pain"), "clam/left", GOOD, on("patellofemoral_pain"), "bridge"),
    ("R92", on("achilles_tendinopathy"), "heel-raise-one-leg/left", GOOD,
     on("achilles_insertional"), "heel-raise-one-leg/left"),
    ("R92", on("achilles_insertional"), "heel-drop/left", ADAPT,
     on("achilles_tendinopathy"), "heel-drop/left"),
    ("R92b", on("patellar_tendinopathy"), "hops", CARE, on("plantar_heel_pain"), "hops"),
    ("R92d", on("plantar_heel_pain"), "toe-stretch/left", GOOD,
     on("plantar_heel_pain"), "toe-stretch/right"),
    ("R92e", on("ankle_sprain", weeks_ago=5), "one-leg-stand/left", ADAPT,
     on("ankle_sprain", weeks_ago=6), "one-leg-stand/left"),
    ("R92e", on("ankle_sprain"), "hops", ADAPT, on("ankle_sprain"), "mini-squat"),
    ("R92f", on("patellar_tendinopathy"), "wall-sit", GOOD,
     on("patellar_tendinopathy"), "mini-squat"),
    ("R93", on("knee_osteoarthritis"), "hops", CARE, on("knee_osteoarthritis"), "plank"),
    ("R93", on("knee_osteoarthritis"), "deep-squat", ADAPT,
     on("hip_osteoarthritis"), "deep-squat"),
    ("R93", on("knee_osteoarthritis"), "walk", GOOD, on("knee_osteoarthritis"), "neck-nod"),
    ("R94", on("frozen_shoulder"), "turn-out-stretch/left", BAD,
     on("frozen_shoulder"), "turn-out-stretch/right"),
    ("R94", on("frozen_shoulder"), "table-slide/left", GOOD,
     on("frozen_shoulder"), "arm-raise/left"),
    ("R94", on("frozen_shoulder", stage="stiff"), "turn-out-stretch/left", NOTE,
     on("rotator_cuff_pain"), "turn-out-stretch/left"),
    ("R95", yes("neck_instability_risk"), "neck-back", BAD, yes("neck_problem"), "neck-back"),
    ("R95", yes("neck_instability_risk"), "neck-turn", CARE,
     yes("neck_instability_risk"), "neck-nod"),
    ("R95", done("cervical_surgery", 11), "overhead-press/left", BAD,
     done("cervical_surgery", 12), "overhead-press/left"),
    ("R95b", on("neck_pain"), "neck-back", NOTE, on("neck_pain"), "neck-turn"),
    ("R96", on("cervical_radiculopathy"), "neck-tip-toward/left", BAD,
     on("cervical_radiculopathy"), "clam/left"),
    ("R96", on("cervical_radiculopathy"), "neck-tip-toward-small/left", ADAPT,
     on("neck_pain"), "neck-tip-toward-small/left"),
    ("R96", on("cervical_radiculopathy"), "neck-turn", ADAPT,
     on("cervical_radiculopathy"), "leg-nerve-slide/left"),
    ("R96", on("cervical_radiculopathy"), "neck-tip-away/left", GOOD,
     on("cervical_radiculopathy"), "head-roll"),
    ("R96", on("cervical_radiculopathy", "bilateral"), "neck-turn-far", ADAPT,
     on("cervical_radiculopathy", "bilateral"), "neck-turn"),
    ("R96", on("cervical_radiculopathy", "bilateral"), "neck-back", BAD,
     on("whiplash"), "neck-back"),
    ("R96", on("cervical_radiculopathy"), "chin-tuck", CARE, on("neck_pain"), "chin-tuck"),
    ("R97", IRRITABLE, "leg-nerve-pull/left", BAD, on("sciatica"), "leg-nerve-slide/left"),
    ("R97", IRRITABLE, "leg-nerve-slide/left", CARE, IRRITABLE, "clam/left"),
    ("R97", on("sciatica"), "leg-nerve-pull/left", NOTE,
     {**on("sciatica"), "irritability": "low"}, "leg-nerve-pull/left"),
    ("R98", {"red_flags": {"rf_foot_drop": "yes"}}, "leg-nerve-slide/left", BAD,
     {"red_flags": {"rf_foot_drop": "no"}}, "leg-nerve-slide/left"),
    ("R99", on("carpal_tunnel"), "plank", ADAPT, on("carpal_tunnel"), "wrist-stretch/right"),
    ("R102", on("rotator_cuff_pain"), "band-turn-out/left", GOOD,
     on("rotator_cuff_pain"), "band-turn-out/right"),
    ("R102", on("rotator_cuff_pain"), "overhead-press/left", CARE,
     on("rotator_cuff_pain"), "arm-raise/left"),
    ("R105", on(INSTABLE, weeks_ago=11), "turn-out-stretch/left", BAD,
     on(INSTABLE, weeks_ago=11), "stick-turn-out/left"),
    ("R105", on(INSTABLE), "plank", BAD, on(INSTABLE), "pendulum/left"),
    ("R105", on(INSTABLE, weeks_ago=12), "overhead-press/left", CARE,
     on(INSTABLE, weeks_ago=12), "overhead-press/right"),
    ("R106", on("lateral_elbow_tendinopathy"), "wrist-lower/left", GOOD,
     on("lateral_elbow_tendinopathy"), "wrist-stretch/left"),
    ("P-40", yes("osteoporosis"), "band-bend", BAD, yes("osteoporosis"), "bridge"),
    ("P-40", yes("osteoporosis", age=80), "hops", BAD, yes("vertebral_fracture"), "hops"),
    ("P-40", yes("vertebral_fracture_healed"), "hops", BAD,
     yes("vertebral_fracture_healed"), "walk"),
    ("P-40", yes("osteoporosis", age=79), "hops", NOTE, yes("osteoporosis"), "walk"),
    ("P-40", yes("osteoporosis"), "back-lift", NOTE, yes("osteoporosis"), "neck-nod"),
    ("P-41", {"red_flags": {"rf_dvt_pattern": "yes"}}, "ankle-pumps", BAD,
     {"red_flags": {"rf_dvt_pattern": "yes"}}, "neck-nod"),
    ("P-45", yes("hypertension_controlled"), "wall-sit", CARE,
     yes("hypertension_controlled"), "mini-squat"),
    ("P-46", yes("glaucoma"), "plank", CARE, yes("glaucoma"), "curl"),
    ("P-47", {"pregnancy_weeks": 20}, "front-lying", BAD, {"pregnancy_weeks": 12}, "front-lying"),
    ("P-47", {"pregnancy_weeks": 13}, "front-lying", CARE, {"pregnancy_weeks": 13}, "bridge"),
    ("P-47", {"pregnancy_weeks": 20}, "one-leg-stand/left", ADAPT,
     {"pregnancy_weeks": 19}, "deep-squat"),
    ("P-47", {"pregnancy_weeks": 13}, "one-leg-stand/left", ADAPT,
     {"pregnancy_weeks": 12}, "one-leg-stand/left"),
    ("P-47", {"pregnancy_weeks": 13}, "curl", ADAPT, {"pregnancy_weeks": 12}, "curl"),
    ("P-47", {"pregnancy_weeks": 4}, "hops", CARE, {}, "hops"),
    ("P-48", yes("diastasis"), "curl", ADAPT, yes("diastasis"), "bridge"),
    ("P-48", {"postnatal_weeks": 11}, "plank", ADAPT, {"postnatal_weeks": 12}, "plank"),
    ("P-49", {"postnatal_weeks": 5}, "deep-squat", CARE, {"postnatal_weeks": 5}, "pelvic-floor"),
    ("P-49", {"postnatal_weeks": 5}, "clam/left", CARE, {"postnatal_weeks": 5}, "ankle-pumps"),
    ("P-49", {"postnatal_weeks": 11}, "hops", BAD, {"postnatal_weeks": 12}, "hops"),
    ("P-49", yes("pelvic_floor_symptoms"), "box-lift", CARE,
     yes("pelvic_floor_symptoms"), "pelvic-floor"),
    ("P-50", yes("heart_disease_unstable"), "walk", BAD,
     yes("heart_disease_unstable"), "belly-breathing"),
    ("P-50", yes("heart_disease"), "slow-squat", CARE, yes("heart_disease"), "neck-nod"),
    ("P-50", yes("lung_disease"), "walk", NOTE, yes("lung_disease"), "chin-tuck"),
    ("P-51", yes("long_term_steroids"), "slow-squat", CARE, yes("long_term_steroids"), "clam/left"),
    ("P-51b", done("tendon_injection_shoulder", 1), "band-turn-out/left", BAD,
     done("tendon_injection_shoulder", 6), "band-turn-out/left"),
    ("P-51b", done("tendon_injection_ankle", 2), "heel-raise-one-leg/left", CARE,
     done("tendon_injection_ankle", 1), "heel-raise-one-leg/right"),
    ("P-52", yes("fluoroquinolone_recent"), "hops", BAD,
     yes("fluoroquinolone_recent"), "mini-squat"),
    ("P-53b", {"age": 17}, "slow-squat", CARE, {"age": 18}, "slow-squat"),
    ("P-54", yes("cognitive_impairment"), "one-leg-stand/left", BAD,
     yes("cognitive_impairment", resources=["helper"]), "one-leg-stand/left"),
    ("P-54", yes("cognitive_impairment", resources=["helper"]), "head-roll", ADAPT,
     yes("cognitive_impairment", resources=["helper"]), "neck-nod"),
    ("P-55", yes("hypermobility"), "turn-out-stretch/left", CARE,
     yes("hypermobility"), "arm-raise/left"),
    ("P-56", yes("heat_intolerance"), "heat-pack", BAD, yes("cold_sensitivity"), "heat-pack"),
    ("P-56b", yes("diabetes_insulin"), "walk", NOTE, yes("diabetes_insulin"), "bridge"),
    ("P-58", on("pelvic_girdle_pain", "central"), "step-up/left", CARE,
     on("pelvic_girdle_pain", "central"), "bridge"),
    ("P-59", on("spondylolysis", "central"), "arch-and-turn", BAD,
     on("spondylolisthesis", "central"), "arch-and-turn"),
    ("P-59", {**on("spondylolysis", "central"), "age": 17}, "press-up-front", BAD,
     on("spondylolysis", "central"), "bridge"),
    ("P-59", on("spondylolysis", "central"), "press-up-front", CARE,
     on("spondylolysis", "central"), "plank"),
    ("R100", yes("cannot_get_to_floor"), "floor-to-stand", ADAPT,
     yes("falls_risk"), "floor-to-stand"),
    ("R101", yes("cannot_stand_alone"), "mini-squat", BAD, yes("cannot_stand_alone"), "bridge"),
    ("R101b", yes("falls_risk"), "lunge-free/left", BAD, yes("falls_risk"), "walk"),
    ("R101b", yes("falls_risk"), "one-leg-stand/left", ADAPT, yes("vertigo"), "one-leg-stand/left"),
    ("R101b", yes("falls_risk"), "tandem-stand-one-hand", ADAPT, yes("falls_risk"), "clam/left"),
    ("R101b", yes("falls_risk"), "tandem-stand", NOTE, yes("knee_problem"), "tandem-stand"),
    ("R101g", on("bppv"), "head-roll", ADAPT, on("bppv"), "neck-turn"),
    ("R101g", yes("vertigo"), "one-leg-stand/left", ADAPT, yes("vertigo"), "tandem-stand"),
    ("P-60", done("knee_replacement", 5), "deep-squat", BAD,
     done("knee_replacement", 5), "mini-squat"),
    ("P-60", done("knee_replacement", 11), "deep-squat", ADAPT,
     done("knee_replacement", 12), "deep-squat"),
    ("P-60", done("knee_replacement", 11), "hops", BAD, done("knee_replacement", 11), "walk"),
    ("P-60", done("knee_replacement", 200), "hops", CARE, done("knee_replacement", 200), "walk"),
    ("P-60", done("knee_replacement", 5), "heel-slide/left", GOOD,
     done("knee_replacement", 5), "heel-slide/right"),
    ("P-61", done("hip_replacement", 11, **POST), "leg-across/left", BAD,
     done("hip_replacement", 12, **POST), "leg-across/left"),
    ("P-61", done("hip_replacement", 5, approach="anterior"), "hip-turn-out/left", BAD,
     done("hip_replacement", 5, **POST), "hip-turn-out/left"),
    ("P-61", done("hip_replacement", 5, approach="lateral"), "clam/left", BAD,
     done("hip_replacement", 5, approach="anterior"), "clam/left"),
    ("P-61", done("hip_replacement", 6), "clam/left", CARE,
     done("hip_replacement", 12), "clam/left"),
    ("P-61", done("hip_replacement", 5, approach="lateral"), "knee-to-chest/left", BAD,
     done("hip_replacement", 5, approach="anterior"), "knee-to-chest/left"),
    ("P-61", done("hip_replacement", 5, approach="anterior"), "hops", BAD,
     done("hip_replacement", 5), "bridge"),
    ("P-61", done("hip_replacement", 5, **POST), "one-leg-stand/left", ADAPT,
     done("hip_replacement", 5, **POST), "one-leg-stand/right"),
    ("P-61", done("hip_replacement", 90), "hops", CARE, done("hip_replacement", 90), "deep-squat"),
    ("P-62", {"surgeries": [{"code": "lumbar_decompression", "weeks_ago": 5}]}, "curl", BAD,
     {"surgeries": [{"code": "lumbar_decompression", "weeks_ago": 6}]}, "curl"),
    ("P-62", {"surgeries": [{"code": "lumbar_discectomy", "weeks_ago": 11}]}, "box-lift", BAD,
     {"surgeries": [{"code": "lumbar_discectomy", "weeks_ago": 5}]}, "bridge"),
    ("P-63", {"surgeries": [{"code": "lumbar_discectomy", "weeks_ago": 5}]},
     "leg-nerve-slide/left", CARE,
     {"surgeries": [{"code": "lumbar_discectomy", "weeks_ago": 6}]}, "leg-nerve-slide/left"),
    ("P-63", {"surgeries": [{"code": "lumbar_discectomy", "weeks_ago": 11}]},
     "leg-nerve-pull/left", BAD,
     {"surgeries": [{"code": "lumbar_discectomy", "weeks_ago": 12}]}, "leg-nerve-pull/left"),
    ("P-64", {"surgeries": [{"code": "lumbar_fusion", "weeks_ago": 11}]},
     "straight-leg-raise/left", BAD,
     {"surgeries": [{"code": "lumbar_fusion", "weeks_ago": 12}]}, "straight-leg-raise/left"),
    ("P-64", {"surgeries": [{"code": "lumbar_fusion", "weeks_ago": 20}]}, "box-lift", BAD,
     {"surgeries": [{"code": "lumbar_fusion", "weeks_ago": 20, "cleared": True}]}, "box-lift"),
    ("P-65", done(CUFF, 5, **SMALL), "arm-raise/left", BAD,
     done(CUFF, 6, **SMALL), "arm-raise/left"),
    ("P-65", done(CUFF, 8), "arm-raise/left", BAD, done(CUFF, 9), "arm-raise/left"),
    ("P-65", done(CUFF, 11, **SMALL), "across-the-chest/left", BAD,
     done(CUFF, 12, **SMALL), "across-the-chest/left"),
    ("P-65", done(CUFF, 15), "band-turn-out/left", BAD,
     done(CUFF, 15, **SMALL), "band-turn-out/left"),
    ("P-65", done(CUFF, 15, **SMALL, subscapularis=True), "elbow-weight/left", BAD,
     done(CUFF, 16, **SMALL, subscapularis=True), "elbow-weight/left"),
    ("P-65", done(CUFF, 19, **SMALL), "overhead-press/left", BAD,
     done(CUFF, 20), "overhead-press/left"),
    ("P-65", done(CUFF, 5), "stick-turn-out/left", BAD,
     done(CUFF, 5, **SMALL), "stick-turn-out/left"),
    ("P-65", done(CUFF, 5, **SMALL), "turn-out-stretch/left", BAD,
     done(CUFF, 5, **SMALL), "turn-out-stretch/right"),
    ("P-65", done(CUFF, 2), "pendulum/left", GOOD, done(CUFF, 12, **SMALL), "pendulum/left"),
    ("P-65", done(CUFF, 2), "elbow-bend/left", GOOD, done(CUFF, 2), "elbow-bend/right"),
    ("P-66", done("acl_reconstruction", 11), "knee-straightening-weight/left", BAD,
     done("acl_reconstruction", 12), "knee-straightening-weight/left"),
    ("P-66", done("acl_reconstruction", 3), "deep-squat", BAD,
     done("acl_reconstruction", 3), "mini-squat"),
    ("P-66", done("acl_reconstruction", 4), "deep-squat", ADAPT,
     done("acl_reconstruction", 12), "deep-squat"),
    ("P-66", done("acl_reconstruction", 15), "hops", BAD, done("acl_reconstruction", 36), "hops"),
    ("P-66", done("acl_reconstruction", 16), "hops", CARE, done("acl_reconstruction", 16), "walk"),
    ("P-67", done("meniscus_repair", 7), "deep-squat", BAD,
     done("meniscus_repair", 7), "heel-slide/left"),
    ("P-67", done("meniscus_repair", 11), "mini-squat", CARE,
     done("meniscus_repair", 12), "mini-squat"),
    ("P-68", done("achilles_repair", 11), "heel-drop/left", BAD,
     done("achilles_repair", 12), "heel-drop/left"),
    ("P-68", done("achilles_repair", 15), "heel-raise-one-leg/left", BAD,
     done("achilles_repair", 16), "heel-raise-one-leg/left"),
    ("P-68", done("achilles_repair", 23), "hops", BAD, done("achilles_repair", 24), "hops"),
    ("P-69", done("shoulder_stabilisation", 11), "turn-out-stretch/left", BAD,
     done("shoulder_stabilisation", 12), "turn-out-stretch/left"),
    ("P-69", done("shoulder_replacement", 11), "arm-behind/left", BAD,
     done("shoulder_stabilisation", 11), "arm-behind/left"),
    ("P-70", done("hip_fracture_fixation", 11), "hops", BAD,
     done("hip_fracture_fixation", 12), "hops"),
    ("P-70", done("hip_fracture_fixation", 11), "knee-to-chest/left", BAD,
     done("hip_fracture_fixation", 11), "knee-to-chest/right"),
    ("P-70", done("hip_fracture_fixation", 3), "tandem-stand", GOOD,
     done("hip_fracture_fixation", 3), "one-leg-stand/right"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "case", "exercise", "verdict", "other_case", "other_exercise"),
    STORIES,
    ids=[f"{n}-{s[0]}-{s[2]}" for n, s in enumerate(STORIES)],
)
def test_a_rule_speaks_where_it_should_and_not_beside(
    rule: str, case: Json, exercise: str, verdict: str, other_case: Json, other_exercise: str
) -> None:
    assert said(rule, case, exercise) == verdict
    assert said(rule, other_case, other_exercise) == ""


def test_every_rule_of_these_files_has_its_story() -> None:
    files = ("limbs", "neck_arms", "operations", "whole_person")
    written = {
        rule["id"]
        for name in files
        for rule in tomllib.loads((CATALOGUE / "rules" / f"{name}.toml").read_text())["rule"]
        if rule.get("level", "exercise") == "exercise"
    }
    assert written <= {story[0] for story in STORIES}
