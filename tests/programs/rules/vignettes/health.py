"""Findings: bones, blood pressure, eyes, balance, arms, knees, skin, belly."""

from tests.programs.rules.vignettes.cast import (
    ARCHES,
    EXTENSION,
    FLEXION,
    LUNGES,
    LYING_BENDS,
    Vignette,
    canal,
    each_side,
    narrowed,
    yes,
)

HEALTH = [
    Vignette(
        "Osteoporosis and narrowed on the right: upright, loaded or twisted bending is out.",
        narrowed("right", **yes("osteoporosis")),
        {
            "contraindicated": "curl-up standing-back-flexion seated-back-flexion "
            "double-knee-to-chest-head-lift quadratus-lumborum-hang-stretch/right",
            "caution": f"{LYING_BENDS} lower-trunk-rotation-hold",
            "preferred": "oblique-standing-stretch/right posterior-pelvic-tilt",
            "ok": "dead-bug core-breathing hook-lying-march knees-side-to-side",
        },
    ),
    Vignette(
        "Osteoporosis in a flexion responder: a preference never lifts a bone precaution.",
        yes("osteoporosis", **FLEXION),
        {"contraindicated": "curl-up standing-back-flexion", "caution": "double-knee-to-chest"},
    ),
    Vignette(
        "A vertebra broken and not healed, extension responder: the spine stays still.",
        yes("vertebral_fracture", **EXTENSION),
        {
            "contraindicated": f"{ARCHES} {LYING_BENDS} curl-up knees-side-to-side bench-traction "
            f"standing-side-bend {each_side('oblique-standing-stretch')}",
            "ok": "dead-bug core-breathing walking",
        },
    ),
    Vignette(
        "Blood pressure out of control: no exercise, advice stays.",
        yes("hypertension_uncontrolled"),
        {
            "contraindicated": "walking dead-bug core-breathing stationary-cycling "
            f"{each_side('oblique-fingertip-release')}",
            "ok": "sit-tall pillow-under-knees keep-moving",
        },
    ),
    Vignette(
        "Blood pressure under control: no breath-holding, no head-down.",
        yes("hypertension_controlled"),
        {
            "caution": "standing-back-flexion childs-pose prayer-stretch prone-ball-decompression "
            "posterior-pelvic-tilt curl-up",
            "ok": "walking double-knee-to-chest",
        },
    ),
    Vignette(
        "Glaucoma: the head stays up.",
        yes("glaucoma"),
        {
            "contraindicated": "standing-back-flexion childs-pose prayer-stretch "
            "prone-ball-decompression",
            "ok": "double-knee-to-chest posterior-pelvic-tilt-hands-and-knees",
        },
    ),
    Vignette(
        "Vertigo: head-down in an unsteady position is changed.",
        yes("vertigo"),
        {"adapt": "standing-back-flexion prone-ball-decompression", "ok": "dead-bug"},
    ),
    Vignette(
        "Falls and canal stenosis, extension responder: support comes first.",
        canal(**yes("falls_risk", **EXTENSION)),
        {
            "adapt": f"standing-back-extension standing-back-flexion {each_side(*LUNGES)} "
            f"{each_side('quadratus-lumborum-hang-stretch')} prone-ball-decompression",
            "caution": "dead-bug seated-back-flexion",
            "ok": "bed-knee-hug posterior-pelvic-tilt-sitting",
        },
    ),
    Vignette(
        "A painful shoulder: nothing hangs from the arms.",
        yes("arm_problem"),
        {
            "contraindicated": "bench-traction",
            "caution": "prone-ball-decompression childs-pose posterior-pelvic-tilt-hands-and-knees "
            f"{each_side('latissimus-dorsi-wall-stretch')}",
            "ok": "double-knee-to-chest assisted-leg-traction",
        },
    ),
    Vignette(
        "A painful knee: kneeling and deep bends are padded or changed.",
        yes("knee_problem"),
        {
            "adapt": "childs-pose prayer-stretch posterior-pelvic-tilt-hands-and-knees "
            + each_side(*LUNGES[1:], "quadriceps-stretch"),
            "ok": f"dead-bug {each_side('wall-calf-stretch')}",
        },
    ),
    Vignette(
        "Broken skin on the low back, on blood thinners.",
        yes("open_wound_low_back", "anticoagulant"),
        {
            "contraindicated": "cold-pack "
            + each_side("quadratus-lumborum-ball-release", "transverse-process-self-mobilisation"),
            "caution": f"assisted-leg-traction {each_side('latissimus-dorsi-roller-release')}",
            "ok": each_side("oblique-fingertip-release"),
        },
    ),
    Vignette(
        "Abdominal hernia: no pressure on the belly, no straining.",
        yes("abdominal_hernia"),
        {
            "contraindicated": each_side("oblique-fingertip-release"),
            "caution": "curl-up posterior-pelvic-tilt",
            "ok": "walking",
        },
    ),
    Vignette(
        "Numb feet: no cold pack.",
        yes("peripheral_neuropathy"),
        {"contraindicated": "cold-pack", "ok": "walking"},
    ),
]
