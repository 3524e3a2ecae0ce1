"""Whose each point of a picture is: the head's, the trunk's, or that of an arm or leg of a side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from programs.figures.body import BODY_SIDES
from programs.figures.forms import Form
from programs.figures.raster import Seen

OWNERS: Final = (
    "nobody",
    "head",
    "trunk",
    *(f"{limb}_{side}" for limb in ("arm", "leg") for side in BODY_SIDES),
)
"""Things and helpers are nobody's. A sleeve is of its arm, a trouser leg of its leg."""
_TRUNK: Final = {"shirt": "arm", "trousers": "leg"}
"""Garments of the trunk, and the limbs that they have parts for."""
Owners = NDArray[np.int8]


def garment_parts(form: Form, side: str) -> range:
    """Which parts of a shirt or of trousers are this side's sleeve or leg."""
    each = (len(form.parts) - 1) // len(BODY_SIDES)
    first = 1 + BODY_SIDES.index(side) * each
    return range(first, first + each)


def owners_of(seen: Seen, forms: Sequence[Form]) -> Owners:
    """For each point the place of its owner in ``OWNERS``."""
    most = max((len(form.parts) for form in forms), default=1)
    table = np.zeros((len(forms) + 1, max(most, 8)), np.int8)
    for row, form in zip(table, forms, strict=False):
        if form.thing or form.material.startswith("helper"):
            continue
        if form.name in _TRUNK:
            row[:] = OWNERS.index("trunk")
            for side in BODY_SIDES:
                row[garment_parts(form, side)] = OWNERS.index(f"{_TRUNK[form.name]}_{side}")
        else:
            row[:] = OWNERS.index(form.limb or "head")
    return table[seen.form, np.clip(seen.part, 0, table.shape[1] - 1)]


def owned_by(owners: Owners, names: Collection[str]) -> NDArray[np.bool_]:
    """The points of any of these owners."""
    return np.isin(owners, [OWNERS.index(name) for name in names])
