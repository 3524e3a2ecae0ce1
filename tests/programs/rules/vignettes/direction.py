"""Which way the spine may move: stenosis, direction, posture, discs, irritability."""

from tests.programs.rules.vignettes.cast import (
    ARCHES,
    EXTENSION,
    FLEXION,
    LYING_BENDS,
    SIDE_STRETCHES,
    Vignette,
    canal,
    conditions,
    each_side,
    narrowed,
    on,
)

DIRECTION = [
    Vignette(
        "Nothing is known yet: ordinary exercise is fine, deep psoas massage never is.",
        {},
        {
            "ok": f"curl-up dead-bug walking {ARCHES} double-knee-to-chest cold-pack",
            "contraindicated": each_side("psoas-release", "combined-movement-test"),
        },
    ),
    Vignette(
        "Narrowed on the right: open the right, never close it, bend forward, do not arch.",
        narrowed("right"),
        {
            "preferred": f"{on('right', *SIDE_STRETCHES)} {LYING_BENDS} seated-back-flexion "
            "standing-back-flexion",
            "contraindicated": f"{on('left', *SIDE_STRETCHES)} standing-back-extension",
            "adapt": "standing-side-bend",
            "caution": "anterior-pelvic-tilt",
            "ok": "knees-side-to-side lower-trunk-rotation-hold dead-bug walking "
            "assisted-leg-traction bench-traction",
        },
    ),
    Vignette(
        "Narrowed on the left: the mirror image.",
        narrowed("left"),
        {
            "preferred": on("left", *SIDE_STRETCHES),
            "contraindicated": on("right", *SIDE_STRETCHES),
        },
    ),
    Vignette(
        "Narrowed on both sides: half way both ways, small rocking is fine.",
        narrowed("bilateral"),
        {
            "adapt": f"{each_side(*SIDE_STRETCHES)} standing-side-bend lower-trunk-rotation-hold",
            "ok": "knees-side-to-side",
            "preferred": "double-knee-to-chest",
        },
    ),
    Vignette(
        "Narrowed left and right, recorded one by one: the same as both sides.",
        narrowed("left", "lumbar_foraminal_stenosis right"),
        {"adapt": f"{each_side(*SIDE_STRETCHES)} standing-side-bend lower-trunk-rotation-hold"},
    ),
    Vignette(
        "Narrowed, and nobody wrote down the side: neither side is offered freely.",
        narrowed("unspecified"),
        {
            "adapt": f"{each_side(*SIDE_STRETCHES)} standing-side-bend",
            "contraindicated": "standing-back-extension",
        },
    ),
    Vignette(
        "Narrowed on the right, eased by extension: arching opens up, side-bends stay as they are.",
        narrowed("right", **EXTENSION),
        {
            "preferred": f"{ARCHES} oblique-standing-stretch/right",
            "contraindicated": "oblique-standing-stretch/left",
            "adapt": "standing-side-bend",
            "ok": "double-knee-to-chest bench-traction",
        },
    ),
    Vignette(
        "Narrowed on the right, eased by flexion: every arch is out.",
        narrowed("right", **FLEXION),
        {"contraindicated": ARCHES, "preferred": "double-knee-to-chest"},
    ),
    Vignette(
        "Narrowed on the right, tested, no direction helps: as untested.",
        narrowed("right", directional_preference="none"),
        {"contraindicated": "standing-back-extension", "caution": "anterior-pelvic-tilt"},
    ),
    Vignette(
        "Central canal stenosis, untested: flexion first, a held arch only with care.",
        canal(),
        {
            "preferred": "double-knee-to-chest",
            "caution": "standing-back-extension",
            "ok": f"{each_side('oblique-standing-stretch')} standing-side-bend bench-traction",
        },
    ),
    Vignette(
        "Central canal stenosis in an extension responder.",
        canal(**EXTENSION),
        {"preferred": ARCHES, "ok": "double-knee-to-chest bench-traction"},
    ),
    Vignette(
        "Right leg pain from the root, flexion responder, no stenosis: still no arching.",
        conditions("lumbar_radiculopathy right", **FLEXION),
        {"contraindicated": ARCHES},
    ),
    Vignette(
        "Deep lumbar curve and canal stenosis, extension responder: care remains.",
        canal("hyperlordosis central", **EXTENSION),
        {"caution": ARCHES},
    ),
    Vignette(
        "A slipped vertebra, extension responder: the lift does not reach this precaution.",
        conditions("spondylolisthesis central", **EXTENSION),
        {"caution": ARCHES, "ok": "dead-bug core-breathing"},
    ),
    Vignette(
        "Narrowed on the left with a sideways curve: which way to bend is the clinician's choice.",
        narrowed("left", "lumbar_scoliosis unspecified"),
        {
            "caution": on("left", *SIDE_STRETCHES),
            "contraindicated": on("right", *SIDE_STRETCHES),
            "adapt": "standing-side-bend",
        },
    ),
    Vignette(
        "A sideways curve alone says nothing against side-bends.",
        conditions("lumbar_scoliosis left"),
        {"ok": f"{each_side('oblique-standing-stretch')} standing-side-bend"},
    ),
    Vignette(
        "Fresh disc herniation, untested: bending with care, neutral work freely.",
        conditions("disc_herniation_acute right"),
        {
            "caution": f"{LYING_BENDS} seated-back-flexion standing-back-flexion curl-up "
            "double-knee-to-chest-head-lift",
            "ok": "dead-bug core-breathing posterior-pelvic-tilt hook-lying-march walking",
        },
    ),
    Vignette(
        "Fresh disc herniation eased by flexion: the caution is lifted.",
        conditions("disc_herniation_acute right", **FLEXION),
        {"ok": f"{LYING_BENDS} seated-back-flexion curl-up", "contraindicated": ARCHES},
    ),
    Vignette(
        "Fresh disc herniation in a narrow canal: care beats the wish to flex.",
        canal("disc_herniation_acute right"),
        {"caution": "double-knee-to-chest", "ok": "bench-traction"},
    ),
    Vignette(
        "Easily stirred up and narrowed on the right: settle first, no end range.",
        narrowed("right", irritability="high"),
        {
            "caution": "oblique-standing-stretch/right double-knee-to-chest",
            "contraindicated": "oblique-standing-stretch/left",
            "ok": "dead-bug core-breathing knees-side-to-side",
        },
    ),
]
