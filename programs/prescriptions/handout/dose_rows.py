"""How much room the boxes of a dose take. Pure."""

from __future__ import annotations

from programs.prescriptions.dose_boxes import DoseBox
from programs.prescriptions.handout.lettering import Type
from programs.prescriptions.handout.measure import breadth_mm


def boxes_mm(boxes: tuple[DoseBox, ...], type_: Type) -> float:
    """How long the boxes of a dose are in one row."""
    return sum(_box_mm(box, type_) for box in boxes)


def box_rows(boxes: tuple[DoseBox, ...], room: float, type_: Type, begin: float = 0.0) -> int:
    """How many rows the boxes of a dose take, the first from ``begin`` on; none for no boxes."""
    rows, left = min(len(boxes), 1), room - begin
    for box in boxes:
        wide = _box_mm(box, type_)
        if wide > left and left < room:
            rows, left = rows + 1, room
        left -= wide
    return rows


def widest_mm(boxes: tuple[DoseBox, ...], type_: Type) -> float:
    """How much room the longest box needs, which is never split."""
    return max((_box_mm(box, type_) for box in boxes), default=0.0)


def _box_mm(box: DoseBox, type_: Type) -> float:
    around = " ".join(part for part in (box.before, box.after) if part)
    words = breadth_mm(around, type_.label) + breadth_mm(box.number, type_.number, bold=True)
    return words + 5.8 + breadth_mm(" ", type_.label) * (1 + bool(box.before))
