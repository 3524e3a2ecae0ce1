"""What published guidance says of a patient, with the source it was written down from."""

from tests.programs.rules.vignettes.cast import (
    EXTENSION,
    LUNGES,
    Vignette,
    canal,
    conditions,
    each_side,
    hip,
    on,
    operated,
    yes,
    yes_on,
)

TRACTION = "bench-traction assisted-leg-traction prone-ball-decompression"
PRESSED = each_side("quadratus-lumborum-ball-release", "transverse-process-self-mobilisation")
ROLLER = each_side("latissimus-dorsi-roller-release")
ON_THE_FLOOR = "double-knee-to-chest curl-up dead-bug knees-side-to-side"
BED = {"resources": ["bed"]}

SPINE = [
    Vignette(
        "Leg pain from a narrow canal: a guideline advises against traction, so it never leads.",
        canal(),
        {"ok": TRACTION, "preferred": "double-knee-to-chest seated-back-flexion"},
        "NG59: C26",
    ),
    Vignette(
        "Sciatica that extension eases: bending under load, seated or standing, is for later.",
        conditions("sciatica left", **EXTENSION),
        {
            "preferred": "standing-back-extension anterior-pelvic-tilt",
            "caution": "seated-back-flexion standing-back-flexion curl-up",
            "ok": "double-knee-to-chest posterior-pelvic-tilt walking",
        },
        "Long2004",
    ),
    Vignette(
        "The same sciatica, tested without a direction: bending is free.",
        conditions("sciatica left", directional_preference="none"),
        {"ok": "seated-back-flexion standing-back-flexion curl-up standing-back-extension"},
        "Long2004",
    ),
    Vignette(
        "Fresh disc herniation: bending with a twist is named among what stirs it up.",
        conditions("disc_herniation_acute central"),
        {
            "caution": f"{each_side('quadratus-lumborum-hang-stretch')} curl-up",
            "ok": "knees-side-to-side dead-bug",
        },
        "C11",
    ),
    Vignette(
        "Root pain on the right: the right leg stays flat, the left knee is pulled.",
        conditions("lumbar_radiculopathy right"),
        {
            "ok": "supine-hip-flexor-stretch/right",
            "caution": "supine-hip-flexor-stretch/left",
        },
        "S2",
    ),
    Vignette(
        "Three weeks after a laminectomy: walk and breathe; nothing presses, pulls or rolls.",
        operated("lumbar_decompression", 3),
        {
            "contraindicated": f"{TRACTION} {PRESSED} {ROLLER} curl-up standing-back-extension",
            "caution": "double-knee-to-chest knees-side-to-side lower-trunk-rotation-hold",
            "ok": "walking core-breathing dead-bug",
        },
        "N13",
    ),
    Vignette(
        "Six weeks after a laminectomy: as anybody.",
        operated("lumbar_decompression", 6),
        {"ok": f"{TRACTION} {PRESSED} {ROLLER} double-knee-to-chest"},
        "N13",
    ),
    Vignette(
        "Five weeks after a disc operation: the same limits as after a laminectomy.",
        operated("lumbar_discectomy", 5),
        {"contraindicated": f"{TRACTION} {PRESSED} {ROLLER}", "ok": "walking"},
        "C14",
    ),
    Vignette(
        "Five weeks after a fusion: level walking only.",
        operated("lumbar_fusion", 5),
        {"contraindicated": f"incline-walking {PRESSED} {ROLLER}", "ok": "walking core-breathing"},
        "C13",
    ),
    Vignette(
        "Eight weeks after a fusion: uphill is allowed again, a kneeling hip stretch is not.",
        operated("lumbar_fusion", 8),
        {
            "contraindicated": f"{each_side(*LUNGES[1:])} {ROLLER} bench-traction",
            "ok": f"incline-walking walking {each_side('wall-calf-stretch')}",
        },
        "C13",
    ),
    Vignette(
        "Twelve weeks after a fusion: kneeling stretches, pressure and slopes are back.",
        operated("lumbar_fusion", 12),
        {"ok": f"incline-walking {each_side(*LUNGES)} {PRESSED} {ROLLER}"},
        "C13",
    ),
    Vignette(
        "An operation for the nerve on a day nobody wrote down counts as recent.",
        operated("lumbar_decompression", 0),
        {"contraindicated": "bench-traction", "caution": "double-knee-to-chest"},
        "C14",
    ),
]

JOINTS = [
    Vignette(
        "Right hip replaced from the side 6 weeks ago: limits of the back and of the front.",
        hip(6, side="right", approach="lateral"),
        {
            "contraindicated": f"{on('right', *LUNGES)} hip-mobilisation-hooklying/right "
            "double-knee-to-chest childs-pose lower-trunk-rotation-hold standing-back-extension "
            f"{each_side('piriformis-stretch')}",
            "caution": "knees-side-to-side",
            "ok": "hip-mobilisation-hooklying/left psoas-lunge-stretch/left dead-bug",
        },
        "C15",
    ),
    Vignette(
        "That hip, replaced from the side 12 weeks ago: the limits have ended.",
        hip(12, side="right", approach="lateral"),
        {"ok": f"{each_side(*LUNGES, 'hip-mobilisation-hooklying')} double-knee-to-chest"},
        "C15",
    ),
    Vignette(
        "Left hip replaced from behind: it may hang, and must not carry the bent-over body.",
        hip(5, side="left", approach="posterior"),
        {
            "contraindicated": "quadratus-lumborum-hang-stretch/right prone-ball-decompression "
            "kneeling-lunge-stretch/right lower-trunk-rotation-hold",
            "ok": "quadratus-lumborum-hang-stretch/left half-kneeling-hip-flexor-stretch/right "
            "kneeling-lunge-stretch/left",
            "adapt": "standing-back-extension",
        },
        "N38",
    ),
    Vignette(
        "Left hip replaced from the front: leaning back stretches it too far, bending does not.",
        hip(11, side="left", approach="anterior"),
        {
            "contraindicated": f"{on('left', *LUNGES)} standing-back-extension",
            "ok": f"{on('right', *LUNGES)} prone-ball-decompression "
            "hip-mobilisation-hooklying/left",
        },
        "C15",
    ),
    Vignette(
        "Left knee replaced 5 weeks ago: no kneeling on it; the right knee may.",
        operated("knee_replacement", 5, side="left"),
        {
            "contraindicated": "half-kneeling-hip-flexor-stretch/left childs-pose prayer-stretch "
            "posterior-pelvic-tilt-hands-and-knees prone-ball-decompression",
            "adapt": "quadriceps-stretch/left",
            "ok": "half-kneeling-hip-flexor-stretch/right quadriceps-stretch/right walking",
        },
        "N41",
    ),
    Vignette(
        "Left knee replaced 6 weeks ago: kneeling on a cushion, if it likes.",
        operated("knee_replacement", 6, side="left"),
        {
            "adapt": "half-kneeling-hip-flexor-stretch/left childs-pose quadriceps-stretch/left",
            "ok": "half-kneeling-hip-flexor-stretch/right",
        },
        "C16",
    ),
    Vignette(
        "A knee replaced 5 weeks ago, nobody wrote down which: both are spared.",
        operated("knee_replacement", 5),
        {"contraindicated": each_side("half-kneeling-hip-flexor-stretch")},
        "N41",
    ),
    Vignette(
        "A sore right knee: the left one kneels freely.",
        yes_on("right", "knee_problem"),
        {
            "adapt": "half-kneeling-hip-flexor-stretch/right quadriceps-stretch/right childs-pose",
            "ok": "half-kneeling-hip-flexor-stretch/left quadriceps-stretch/left",
        },
        "C16",
    ),
    Vignette(
        "A sore right shoulder: no hanging, and care where the right arm bears or lies past the "
        "head.",
        yes_on("right", "arm_problem"),
        {
            "contraindicated": "bench-traction",
            "caution": "latissimus-dorsi-wall-stretch/right latissimus-dorsi-roller-release/right "
            "childs-pose posterior-pelvic-tilt-hands-and-knees",
            "ok": "latissimus-dorsi-wall-stretch/left latissimus-dorsi-roller-release/left "
            "dead-bug",
        },
        "S0",
    ),
    Vignette(
        "A stiff left hip: exercise is the treatment, the end of its range waits.",
        yes_on("left", "hip_problem"),
        {
            "caution": "piriformis-stretch/left psoas-lunge-stretch/left "
            "supine-hip-flexor-stretch/right double-knee-to-chest",
            "ok": "psoas-lunge-stretch/right half-kneeling-hip-flexor-stretch/right "
            "hip-mobilisation-hooklying/left stationary-cycling walking",
        },
        "NG226",
    ),
]

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
