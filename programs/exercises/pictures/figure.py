"""One picture of an exercise, as it is frozen. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_VIEW_BOX: Final = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture of an exercise: a drawing or a photo, a short caption and a text alternative.

    A drawing is SVG. A photo is the Base64 of a JPEG or PNG in ``image``, with its media type and
    its size in pixels; its ``svg`` is empty.
    """

    svg: str
    caption: str = ""
    alt: str = ""
    image: str = ""
    image_type: str = ""
    width: int = 0
    height: int = 0

    @property
    def room(self) -> tuple[int, int]:
        """Breadth and height, in proportion, that a page keeps free until the picture is there."""
        if self.width and self.height:
            return self.width, self.height
        box = _VIEW_BOX.search(self.svg)
        return (round(float(box[1])), round(float(box[2]))) if box else (4, 3)
