"""Exercises that the rules speak of and the catalogue does not have yet, by what they are."""

from __future__ import annotations

from typing import Final

from tests.programs.rules.making import made

_STAND: Final = {"legs": "full full"}
_ONE_LEG: Final = {"legs": "full none"}
_STRETCH: Final = {"phase": "stretch", "effort": "passive_stretch"}
_NECK: Final = {"phase": "restore_motion", "effort": "active_motion"}

LEGS: Final = {
    "heel-raise-one-leg": made(
        "single_leg_standing",
        "ankle_treated plantarflexion inner repeated",
        balance="one_hand",
        regions="calf",
        **_ONE_LEG,
    ),
    "heel-drop": made(
        "step_standing", "ankle_treated dorsiflexion end repeated", regions="calf", **_ONE_LEG
    ),
    "ankle-pumps": made(
        "supine",
        "ankle_both plantarflexion mid repeated",
        sided=False,
        phase="settle",
        effort="active_motion",
        regions="ankle_foot",
    ),
    "bridge": made(
        "hooklying", "hip_both extension inner repeated", sided=False, legs="partial partial"
    ),
    "clam": made(
        "side_lying",
        "hip_treated abduction inner repeated",
        "hip_treated external_rotation inner repeated",
    ),
    "leg-out-strong": made("side_lying", "hip_treated abduction mid repeated"),
    "leg-across": made("side_lying", "hip_treated adduction mid hold", **_STRETCH),
    "hip-turn-out": made("sitting", "hip_treated external_rotation end hold", **_STRETCH),
    "hip-turn-in": made("sitting", "hip_treated internal_rotation end hold", **_STRETCH),
    "knee-to-chest": made("supine", "hip_treated flexion end hold 120", **_STRETCH),
    "wide-leg-stretch": made("sitting", "hip_both abduction end hold", sided=False, **_STRETCH),
    "mini-squat": made(
        "standing", "knee_both flexion mid repeated 45", sided=False, balance="one_hand", **_STAND
    ),
    "deep-squat": made(
        "standing",
        "knee_both flexion mid repeated 110",
        "hip_both flexion mid repeated 100",
        sided=False,
        balance="no_hands",
        **_STAND,
    ),
    "step-up": made(
        "step_standing", "knee_treated flexion mid repeated 65", balance="one_hand", **_ONE_LEG
    ),
    "wall-sit": made(
        "wall_leaning",
        "knee_both flexion mid isometric 60",
        sided=False,
        effort="isometric",
        breathing="breath_hold_possible",
        **_STAND,
    ),
    "slow-squat": made(
        "standing",
        "knee_both flexion mid repeated 50",
        sided=False,
        effort="heavy_slow",
        external_load="weight",
        breathing="breath_hold_possible",
        **_STAND,
    ),
    "knee-straightening-weight": made(
        "sitting", "knee_treated extension end repeated", external_load="weight"
    ),
    "heel-slide": made(
        "supine", "knee_treated flexion mid repeated 80", phase="restore_motion", regions="knee"
    ),
    "straight-leg-raise": made(
        "supine",
        "hip_treated flexion mid repeated 45",
        "knee_treated extension inner isometric",
        regions="thigh",
    ),
    "toe-stretch": made("sitting", "toes_treated extension end hold", **_STRETCH),
    "one-leg-stand": made(
        "single_leg_standing", phase="balance", effort="balance", balance="no_hands", **_ONE_LEG
    ),
    "tandem-stand": made(
        "tandem_standing",
        sided=False,
        phase="balance",
        effort="balance",
        balance="two_hands",
        **_STAND,
    ),
    "tandem-stand-one-hand": made(
        "tandem_standing",
        sided=False,
        phase="balance",
        effort="balance",
        balance="one_hand",
        **_STAND,
    ),
    "lunge-free": made(
        "lunge", "knee_treated flexion mid repeated 60", balance="no_hands", **_STAND
    ),
    "hops": made(
        "standing",
        sided=False,
        effort="power",
        flags="high_impact balance_demand",
        balance="no_hands",
        legs="impact impact",
    ),
    "walk": made(
        "standing",
        "hip_both flexion mid gait 30",
        sided=False,
        phase="aerobic",
        effort="endurance",
        **_STAND,
    ),
}
TRUNK: Final = {
    "side-glide": made(
        "standing",
        "lumbar shift_away end repeated",
        phase="restore_motion",
        effort="assisted_motion",
        **_STAND,
    ),
    "side-glide-back": made(
        "standing",
        "lumbar shift_toward mid repeated",
        phase="restore_motion",
        effort="assisted_motion",
        **_STAND,
    ),
    "box-lift": made(
        "standing",
        "hip_both flexion mid repeated 80",
        sided=False,
        effort="heavy_slow",
        external_load="weight",
        spine_load="high",
        breathing="breath_hold_possible",
        **_STAND,
    ),
    "front-lying": made(
        "prone", "lumbar extension inner hold", sided=False, phase="settle", effort="active_motion"
    ),
    "press-up-front": made(
        "prone", "lumbar extension end repeated", sided=False, phase="restore_motion"
    ),
    "arch-and-turn": made(
        "standing",
        "lumbar extension mid repeated",
        "thoracic rotation_both mid repeated",
        sided=False,
        phase="restore_motion",
        **_STAND,
    ),
    "curl": made(
        "hooklying",
        "thoracic flexion inner isometric",
        sided=False,
        effort="isometric",
        neck_load="active",
        flags="head_lift abdominal_wall_load",
    ),
    "plank": made(
        "plank",
        "lumbar neutral inner isometric",
        "wrist_both extension end posture",
        sided=False,
        effort="isometric",
        arm_load="full",
        spine_load="moderate",
        flags="abdominal_wall_load",
        breathing="breath_hold_possible",
        legs="partial partial",
    ),
    "band-bend": made("sitting", "lumbar flexion mid repeated", sided=False, external_load="band"),
    "back-lift": made("prone", "thoracic extension inner repeated", sided=False),
    "heat-pack": made(
        "any", sided=False, kind="advice", phase="settle", effort="thermal", modality="heat"
    ),
    "floor-to-stand": made(
        "half_kneeling",
        sided=False,
        flags="floor_transfer complex_sequence",
        legs="full full",
    ),
    "belly-breathing": made("supine", sided=False, phase="relax", effort="relaxed_breathing"),
    "pelvic-floor": made("supine", "pelvic_floor contract inner hold", sided=False),
}
NECK: Final = {
    "neck-tip-toward": made("sitting", "neck side_bend_toward end hold", **_NECK),
    "neck-tip-toward-small": made("sitting", "neck side_bend_toward mid hold", **_NECK),
    "neck-tip-away": made("sitting", "neck side_bend_away mid hold", **_NECK),
    "neck-turn": made("sitting", "neck rotation_both mid repeated", sided=False, **_NECK),
    "neck-turn-far": made("sitting", "neck rotation_both end repeated", sided=False, **_NECK),
    "neck-back": made("sitting", "neck extension end repeated", sided=False, **_NECK),
    "neck-nod": made("supine", "neck flexion inner repeated", sided=False, **_NECK),
    "chin-tuck": made("sitting", "neck retraction end hold", sided=False, **_NECK),
    "head-roll": made("sitting", sided=False, flags="head_position_change teach_first", **_NECK),
    "leg-nerve-slide": made(
        "sitting",
        "knee_treated extension mid repeated",
        nerve_tension="slider",
        phase="restore_motion",
        effort="active_motion",
    ),
    "leg-nerve-pull": made(
        "sitting", "knee_treated extension end repeated", nerve_tension="tensioner", **_STRETCH
    ),
}
ARMS: Final = {
    "band-turn-out": made(
        "standing",
        "shoulder_treated external_rotation mid repeated",
        external_load="band",
        **_STAND,
    ),
    "turn-out-hold": made(
        "standing", "shoulder_treated external_rotation inner isometric", effort="isometric"
    ),
    "turn-out-stretch": made(
        "supine", "shoulder_treated external_rotation end hold 80", **_STRETCH
    ),
    "stick-turn-out": made(
        "supine",
        "shoulder_treated external_rotation mid repeated 40",
        phase="restore_motion",
        effort="assisted_motion",
    ),
    "table-slide": made(
        "sitting",
        "shoulder_treated flexion mid repeated 90",
        phase="restore_motion",
        effort="assisted_motion",
        regions="shoulder",
    ),
    "arm-raise": made(
        "standing", "shoulder_treated flexion mid repeated 90", effort="active_motion", **_STAND
    ),
    "overhead-press": made(
        "standing",
        "shoulder_treated flexion end repeated 170",
        flags="arms_overhead",
        external_load="weight",
        **_STAND,
    ),
    "across-the-chest": made(
        "sitting", "shoulder_treated horizontal_adduction end hold", **_STRETCH
    ),
    "arm-behind": made("standing", "shoulder_treated extension end hold", **_STRETCH),
    "side-plank": made(
        "side_plank",
        "lumbar neutral inner isometric",
        effort="isometric",
        arm_load="partial",
        arm_load_on="treated",
    ),
    "pendulum": made(
        "standing",
        "shoulder_treated flexion inner oscillation",
        phase="restore_motion",
        effort="assisted_motion",
    ),
    "elbow-bend": made("sitting", "elbow_treated flexion mid repeated", effort="active_motion"),
    "elbow-weight": made("sitting", "elbow_treated flexion mid repeated", external_load="weight"),
    "wrist-lower": made(
        "sitting",
        "wrist_treated extension mid repeated",
        effort="eccentric",
        external_load="weight",
    ),
    "wrist-stretch": made("sitting", "wrist_treated extension end hold", **_STRETCH),
}
IMAGINED: Final = {**LEGS, **TRUNK, **NECK, **ARMS}
