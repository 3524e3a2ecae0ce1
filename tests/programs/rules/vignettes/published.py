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
    yes_on,
)

TRACTION = "bench-traction assisted-leg-traction prone-ball-decompression"
PRESSED = each_side("quadratus-lumborum-ball-release", "transverse-process-self-mobilisation")
ROLLER = each_side("latissimus-dorsi-roller-release")

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
