"""Exercises of the shipped catalogue by what they do, as the decided rules name them."""

from tests.programs.rules.cases import (
    both,
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
PRESSED = both(
    "quadratus-lumborum-ball-release",
    "transverse-process-self-mobilisation",
    "latissimus-dorsi-roller-release",
)
HEAD_LOW = {"standing-back-flexion", "childs-pose", "prayer-stretch", "prone-ball-decompression"}
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
