"""What published guidance says of the whole person and of what one can reach, with its source."""

from tests.programs.rules.vignettes.cast import (
    LUNGES,
    Vignette,
    each_side,
    operated,
    yes,
    yes_on,
)
from tests.programs.rules.vignettes.published import JOINTS, PRESSED, ROLLER, SPINE, TRACTION

ON_THE_FLOOR = "double-knee-to-chest curl-up dead-bug knees-side-to-side"
BED = {"resources": ["bed"]}

BODY = [
    Vignette(
        "Pregnant, week 12: curl-ups and standing stretches as before.",
        {"pregnancy_weeks": 12},
        {"ok": f"curl-up {each_side('oblique-standing-stretch')}"},
        "C12",
    ),
    Vignette(
        "Pregnant, week 13: curl-ups with care, balance as before.",
        {"pregnancy_weeks": 13},
        {"caution": "curl-up", "ok": f"standing-side-bend {each_side('psoas-lunge-stretch')}"},
        "C12",
    ),
    Vignette(
        "Pregnant, week 20: whatever asks for balance needs support.",
        {"pregnancy_weeks": 20},
        {
            "adapt": f"standing-side-bend incline-walking bench-traction {each_side(*LUNGES)} "
            f"curl-up {each_side('quadratus-lumborum-hang-stretch')}",
            "contraindicated": "prone-ball-decompression",
            "ok": "walking seated-back-flexion posterior-pelvic-tilt-sitting",
        },
        "C12",
    ),
    Vignette(
        "Eleven weeks after a birth: low load, no breath-holding.",
        {"postnatal_weeks": 11},
        {"adapt": "curl-up", "caution": "posterior-pelvic-tilt", "ok": "dead-bug walking"},
        "N34",
    ),
    Vignette(
        "Twelve weeks after a birth.",
        {"postnatal_weeks": 12},
        {"ok": "curl-up posterior-pelvic-tilt dead-bug"},
        "N34",
    ),
    Vignette(
        "Seven weeks after a caesarean: the belly wall rests.",
        {**operated("abdominal_surgery", 7), "postnatal_weeks": 7},
        {
            "contraindicated": "curl-up dead-bug double-knee-to-chest-head-lift "
            f"{each_side('oblique-fingertip-release')}",
            "caution": "posterior-pelvic-tilt",
            "ok": "walking knees-side-to-side hook-lying-march",
        },
        "N34",
    ),
    Vignette(
        "Eight weeks after belly surgery: curl-ups with care, still no pressure.",
        operated("abdominal_surgery", 8),
        {
            "caution": "curl-up",
            "ok": "dead-bug",
            "contraindicated": each_side("oblique-fingertip-release"),
        },
        "N34",
    ),
    Vignette(
        "Angina: easy walking, nothing with held breath, nothing head-down.",
        yes("heart_disease"),
        {
            "caution": "incline-walking curl-up dead-bug childs-pose standing-back-flexion "
            "posterior-pelvic-tilt bench-traction",
            "ok": "walking stationary-cycling double-knee-to-chest seated-back-flexion",
        },
        "N37",
    ),
    Vignette(
        "Short of breath from the lungs: the same.",
        yes("lung_disease"),
        {"caution": "incline-walking curl-up prayer-stretch", "ok": "walking"},
        "N37",
    ),
    Vignette(
        "Steroid tablets for years: firm pressure with care.",
        yes("long_term_steroids"),
        {"caution": f"{PRESSED} {ROLLER}", "ok": each_side("oblique-fingertip-release")},
        "C1",
    ),
    Vignette(
        "Weak bones: a slow supine twist short of its end is fine, a loaded bend is not.",
        yes("osteoporosis", "long_term_steroids"),
        {
            "contraindicated": "curl-up seated-back-flexion standing-back-flexion "
            f"{each_side('quadratus-lumborum-hang-stretch')}",
            "caution": "lower-trunk-rotation-hold double-knee-to-chest bed-knee-hug",
            "ok": "knees-side-to-side posterior-pelvic-tilt hook-lying-march walking",
        },
        "C7",
    ),
    Vignette(
        "A fall last year: support where balance is asked, care on the way to the floor.",
        yes("falls_risk"),
        {
            "adapt": f"bench-traction incline-walking {each_side('latissimus-dorsi-wall-stretch')} "
            f"standing-back-extension {each_side('half-kneeling-hip-flexor-stretch')}",
            "caution": f"{ON_THE_FLOOR} childs-pose",
            "ok": "bed-knee-hug seated-back-flexion walking posterior-pelvic-tilt-sitting",
        },
        "NG249",
    ),
    Vignette(
        "Back pain at 15: no pulling, no thumbs on the spine, nothing watched alone.",
        {"age": 15},
        {
            "contraindicated": f"{TRACTION} {each_side('transverse-process-self-mobilisation')}",
            "adapt": "standing-back-extension",
            "ok": "dead-bug walking double-knee-to-chest",
        },
        "NG59: C26",
    ),
    Vignette(
        "The same at 16: the guideline speaks of this age.",
        {"age": 16},
        {"ok": f"{TRACTION} standing-back-extension"},
        "NG59: C26",
    ),
]

REACH = [
    Vignette(
        "The floor is out of reach, a bed is there: the bed.",
        {**yes("cannot_get_to_floor"), **BED},
        {
            "adapt": ON_THE_FLOOR,
            "contraindicated": "childs-pose prone-ball-decompression "
            f"{each_side('half-kneeling-hip-flexor-stretch')}",
            "ok": "bed-knee-hug seated-back-flexion walking",
        },
    ),
    Vignette(
        "The floor is out of reach, and nobody recorded a bed.",
        yes("cannot_get_to_floor"),
        {"contraindicated": f"{ON_THE_FLOOR} childs-pose", "ok": "bed-knee-hug walking"},
    ),
    Vignette(
        "A wheelchair and a bed: sitting and lying, no standing.",
        {**yes("wheelchair_user"), **BED},
        {
            "contraindicated": f"walking standing-back-extension bench-traction childs-pose "
            f"{each_side('wall-calf-stretch', 'oblique-standing-stretch')}",
            "adapt": ON_THE_FLOOR,
            "ok": "seated-back-flexion posterior-pelvic-tilt-sitting bed-knee-hug",
        },
    ),
    Vignette(
        "The steps do not stay in mind: what needs judgement is done with a helper.",
        yes("cognitive_impairment"),
        {
            "adapt": each_side("transverse-process-self-mobilisation"),
            "contraindicated": "dead-bug childs-pose standing-back-extension",
            "ok": "walking seated-back-flexion",
        },
    ),
    Vignette(
        "The same with a helper at home: the floor is within reach.",
        {**yes("cognitive_impairment"), "resources": ["helper"]},
        {
            "adapt": "dead-bug childs-pose standing-back-extension",
            "ok": "walking seated-back-flexion",
        },
    ),
    Vignette(
        "Vertigo: head low, head tipped back and balance, each for its own reason.",
        yes("vertigo"),
        {
            "adapt": f"childs-pose prayer-stretch standing-back-extension {each_side(*LUNGES)} "
            "standing-side-bend",
            "ok": "seated-back-flexion double-knee-to-chest posterior-pelvic-tilt-sitting walking",
        },
    ),
    Vignette(
        "Sore left shoulder, right knee replaced 5 weeks ago, pregnant week 21: all at once.",
        {
            **yes_on("left", "arm_problem"),
            **operated("knee_replacement", 5, side="right"),
            "pregnancy_weeks": 21,
        },
        {
            "contraindicated": "bench-traction childs-pose half-kneeling-hip-flexor-stretch/right",
            "adapt": "half-kneeling-hip-flexor-stretch/left double-knee-to-chest "
            "latissimus-dorsi-wall-stretch/left",
            "ok": "seated-back-flexion walking",
        },
    ),
]

PUBLISHED = [*SPINE, *JOINTS, *BODY]
