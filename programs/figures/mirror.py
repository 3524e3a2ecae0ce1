"""The left from the right: drawn shapes and letters in a mirror."""

from __future__ import annotations

import re
from typing import Final

from programs.figures.kept import DrawnBox, KeptPicture
from programs.figures.marks import SideLetter
from programs.figures.skeleton import other

_DATA: Final = re.compile(r'(?<= d=")[^"]*')
_TOKEN: Final = re.compile(r"[A-Za-z]|-?\d+")


def mirrored_box(box: DrawnBox) -> DrawnBox:
    """The place of a picture whose x axis is turned round."""
    left, top, wide, high = box
    return (-(left + wide), top, wide, high)


def mirrored(picture: KeptPicture) -> KeptPicture:
    """A picture of the other side. Letters change places and names, and are not turned."""
    letters = (SideLetter(other(m.side), (-m.place[0], m.place[1])) for m in picture.letters)
    return KeptPicture(mirrored_shapes(picture.shapes), tuple(letters))


def mirrored_shapes(shapes: str) -> str:
    """Paths of whole numbers, all of whose steps are pairs of x and y."""
    return _DATA.sub(lambda found: _mirrored_path(found[0]), shapes)


def _mirrored_path(data: str) -> str:
    out: list[str] = []
    across = True
    apart = False
    for token in _TOKEN.findall(data):
        if token.isalpha():
            out.append(token)
            across, apart = True, False
            continue
        if across and token != "0":  # noqa: S105 - a coordinate
            token = token[1:] if token[0] == "-" else f"-{token}"
        out.append(f" {token}" if apart and token[0] != "-" else token)
        across, apart = not across, True
    return "".join(out)
