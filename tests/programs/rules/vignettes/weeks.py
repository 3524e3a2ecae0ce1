"""Weeks that count: pregnancy and operations, on both sides of every boundary."""

from tests.programs.rules.vignettes.cast import (
    ARCHES,
    LUNGES,
    LYING_BENDS,
    LYING_LONG,
    Vignette,
    each_side,
    hip,
    narrowed,
    on,
    operated,
    yes,
)

WEEKS = [
    *(
        Vignette(
            f"Pregnant, week {weeks}: lying on the back is {verdict}.",
            {"pregnancy_weeks": weeks},
            {
                verdict: LYING_LONG,
                "contraindicated": "prone-ball-decompression "
                + each_side("oblique-fingertip-release"),
            },
        )
        for weeks, verdict in ((12, "ok"), (13, "caution"), (19, "caution"), (20, "adapt"))
    ),
    Vignette(
        "Lumbar fusion 11 weeks ago: the back neither bends nor twists.",
        operated("lumbar_fusion", 11),
        {
            "contraindicated": f"{ARCHES} double-knee-to-chest knees-side-to-side bench-traction "
            "standing-side-bend curl-up",
            "ok": "walking core-breathing",
        },
    ),
    Vignette(
        "Lumbar fusion 12 weeks ago: the restriction has ended.",
        operated("lumbar_fusion", 12),
        {"ok": f"{ARCHES} double-knee-to-chest knees-side-to-side"},
    ),
    Vignette(
        "Disc operation 5 weeks ago: bending and twisting with care, no arching to the end.",
        operated("lumbar_discectomy", 5),
        {
            "caution": "double-knee-to-chest lower-trunk-rotation-hold knees-side-to-side",
            "contraindicated": "standing-back-extension",
            "ok": "anterior-pelvic-tilt dead-bug",
        },
    ),
    Vignette(
        "Disc operation 6 weeks ago: no more care than anybody.",
        operated("lumbar_discectomy", 6),
        {"ok": "double-knee-to-chest lower-trunk-rotation-hold knees-side-to-side"},
    ),
    Vignette(
        "Left hip replaced from behind 11 weeks ago: no bend past a right angle on that leg.",
        hip(11, side="left", approach="posterior"),
        {
            "contraindicated": f"{LYING_BENDS} double-knee-to-chest-head-lift seated-back-flexion "
            f"{each_side('piriformis-stretch')} supine-hip-flexor-stretch/right",
            "ok": "dead-bug hook-lying-march posterior-pelvic-tilt supine-hip-flexor-stretch/left",
        },
    ),
    Vignette(
        "The same hip at 12 weeks.",
        hip(12, side="left", approach="posterior"),
        {"ok": f"{LYING_BENDS} {each_side('piriformis-stretch')}"},
    ),
    Vignette(
        "Left hip replaced from the front 5 weeks ago: that hip does not stretch back.",
        hip(5, side="left", approach="anterior"),
        {
            "contraindicated": on("left", *LUNGES),
            "ok": f"{on('right', *LUNGES)} double-knee-to-chest supine-hip-flexor-stretch/left",
        },
    ),
    Vignette(
        "Right hip replaced from the side 11 weeks ago: as from the front and from behind.",
        hip(11, side="right", approach="lateral"),
        {
            "contraindicated": f"{on('right', *LUNGES)} kneeling-lunge-stretch/left",
            "ok": "psoas-lunge-stretch/left half-kneeling-hip-flexor-stretch/left",
        },
    ),
    Vignette(
        "Left hip replaced, nobody knows how: both sets of limits.",
        hip(5, side="left"),
        {"contraindicated": f"{on('left', *LUNGES)} double-knee-to-chest piriformis-stretch/left"},
    ),
    Vignette(
        "A hip replaced from the front, nobody wrote down which: both legs are spared.",
        hip(5, approach="anterior"),
        {"contraindicated": each_side(*LUNGES), "ok": "double-knee-to-chest"},
    ),
    Vignette(
        "Pacemaker 5 weeks ago: arms stay down and unloaded.",
        operated("pacemaker", 5),
        {
            "contraindicated": "bench-traction "
            + each_side("latissimus-dorsi-roller-release", "latissimus-dorsi-wall-stretch"),
            "ok": "double-knee-to-chest walking",
        },
    ),
    Vignette(
        "Pacemaker 6 weeks ago.",
        operated("pacemaker", 6),
        {"ok": f"bench-traction {each_side('latissimus-dorsi-wall-stretch')}"},
    ),
    Vignette(
        "Narrowed right, left hip from behind 5 weeks ago, sore arm: three limits at once.",
        narrowed("right", **yes("arm_problem"), **hip(5, side="left", approach="posterior")),
        {
            "preferred": "oblique-standing-stretch/right posterior-pelvic-tilt",
            "caution": "latissimus-dorsi-wall-stretch/right",
            "contraindicated": "oblique-standing-stretch/left bench-traction "
            "assisted-leg-traction double-knee-to-chest",
        },
    ),
]
