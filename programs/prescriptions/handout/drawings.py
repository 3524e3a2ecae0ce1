"""Our own drawings on paper: each becomes one object of the PDF, written once.

WeasyPrint can draw any SVG, step by step, which was a seventh of the time to print a handout. The
project's drawings need little of it: paths with a colour, a line and a width, in groups. Letters
on them are WeasyPrint's to set, on top of the rest. What needs more (gradients, transparency,
pictures inside) is not read here, and goes to WeasyPrint as a whole.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree

import pydyf
from weasyprint.svg import SVG
from weasyprint.urls import URLFetcher

from programs.prescriptions.handout.outlines import UnknownOutlineError, operators, plain
from programs.prescriptions.handout.styles import fonts

_SVG: Final = "{http://www.w3.org/2000/svg}"
_WORDS: Final = {f"{_SVG}title", f"{_SVG}desc"}
_TEXT: Final = f"{_SVG}text"
_LETTERING: Final = frozenset(
    {"x", "y", "class", "fill", "stroke", "font-family", "font-size", "font-weight", "text-anchor"}
)
_INITIAL: Final = {
    "color": "#000",
    "fill": "#000",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-linejoin": "miter",
    "stroke-linecap": "butt",
    "stroke-dasharray": "none",
}
"""The looks that are read, all inherited, with what holds where nothing is said."""
_SILENT: Final = frozenset({"d", "class", "role", "viewBox", "preserveAspectRatio"})
"""Attributes that say nothing about looks, or are read on their own."""
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}
_CAPS: Final = {"butt": 0, "round": 1, "square": 2}
_COLOUR: Final = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.I)

Looks = Mapping[str, str]


class BeyondUsError(ValueError):
    """A drawing that says more than this module reads."""


@dataclass(frozen=True, slots=True)
class PrintedDrawing:
    """A picture for WeasyPrint, which asks for its size, has it drawn, and embeds it once."""

    id: str
    box: tuple[float, float, float, float]
    """Left, top, breadth, height, in the drawing's own units."""
    stretched: bool
    """Whether it fills its place, whatever becomes of its shape."""
    content: bytes
    """Its operators, packed."""
    letters: SVG | None = None
    """The same drawing with nothing but its letters, where it has any."""

    def get_intrinsic_size(
        self, resolution: float, font_size: float
    ) -> tuple[None, None, float | None]:
        """No size of its own, only a ratio."""
        return None, None, None if self.stretched else self.box[2] / self.box[3]

    def draw(self, stream: Any, width: float, height: float, style: object) -> None:
        """Place it in a rectangle, whole and in the middle."""
        left, top, wide, high = self.box
        x, y = width / wide, height / high
        if not self.stretched:
            x = y = min(x, y)
        with stream.stacked():
            stream.set_alpha(1, stroke=True, fill=True)
            stream.transform(
                a=x, d=y, e=(width - wide * x) / 2 - left * x, f=(height - high * y) / 2 - top * y
            )
            stream.draw_x_object(stream.add_image(self, False, 1))
        if self.letters:
            self.letters.draw(stream, width, height, None, None)

    def get_x_object(self, interpolate: bool, ratio: float) -> pydyf.Stream:
        """The object itself, which every place refers to."""
        left, top, wide, high = self.box
        about = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array([left, top, left + wide, top + high]),
            "Resources": pydyf.Dictionary(),
            "Filter": "/FlateDecode",
        }
        return pydyf.Stream([self.content], pydyf.Dictionary(about))


def pack(content: bytes) -> bytes:
    """Compress content for ``/FlateDecode``: the hardest level takes three times as long as this
    one and saves two parts in a hundred."""
    return zlib.compress(content, 6)


@lru_cache(maxsize=256)
def read_drawing(svg: bytes) -> PrintedDrawing | None:
    """The drawing, or ``None`` where it is none of ours.

    The last ones are kept, some 5 kB each: patients share the drawings of the catalogue.
    """
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - drawn by us; expat bounds entities
        return _drawing(root, hashlib.sha256(svg).hexdigest()[:32])
    except (ElementTree.ParseError, BeyondUsError, UnknownOutlineError, ValueError):
        return None


def _drawing(root: ElementTree.Element, name: str) -> PrintedDrawing:
    if root.tag != f"{_SVG}svg":
        raise BeyondUsError(root.tag)
    left, top, wide, high = map(float, root.get("viewBox", "").split())
    if wide <= 0 or high <= 0:
        raise BeyondUsError("a drawing has a size")
    fit = root.get("preserveAspectRatio", "xMidYMid")
    if fit not in ("none", "xMidYMid"):
        raise BeyondUsError(fit)
    content = pack(b"\n".join(_painted(root, _INITIAL)))
    return PrintedDrawing(name, (left, top, wide, high), fit == "none", content, _letters(root))


def _letters(root: ElementTree.Element) -> SVG | None:
    """What is left of a drawing without its paths; nothing in it can ask for a file."""
    if root.find(f".//{_TEXT}") is None:
        return None
    for group in list(root.iter()):
        for path in group.findall(f"{_SVG}path"):
            group.remove(path)
    return SVG(root, None, fonts(), URLFetcher(allowed_protocols=()))


def _painted(element: ElementTree.Element, inherited: Looks) -> Iterator[bytes]:
    """The operators of an element and all in it, in the order of painting."""
    looks = _looks(element, inherited)
    if element.tag == f"{_SVG}path":
        if len(element):
            raise BeyondUsError("a path with something inside")
        yield _path(element.get("d", ""), looks)
        return
    for child in element:
        if child.tag in _WORDS:
            continue
        if child.tag == _TEXT:
            _check_letters(child)
            continue
        if child.tag not in (f"{_SVG}g", f"{_SVG}path"):
            raise BeyondUsError(child.tag)
        yield from _painted(child, looks)


def _check_letters(text: ElementTree.Element) -> None:
    """Plain letters only, whose colour is one and whose looks are in their own attributes."""
    if len(text) or not set(text.attrib) <= _LETTERING:
        raise BeyondUsError("letters")


def _looks(element: ElementTree.Element, inherited: Looks) -> Looks:
    own = {}
    for key, value in element.attrib.items():
        if key in _INITIAL:
            own[key] = value.strip()
        elif key not in _SILENT:
            raise BeyondUsError(key)
    return {**inherited, **own} if own else inherited


def _path(data: str, looks: Looks) -> bytes:
    """One outline with its state; the state before is not looked at, so that order is free."""
    fill, line = _colour("fill", looks), _colour("stroke", looks)
    width = float(looks["stroke-width"])
    if width < 0:
        raise BeyondUsError("a line has a width")
    state = []
    if fill:
        state.append(f"{fill} rg")
    if line and width:
        state.append(f"{line} RG {plain(width)} w {_dashes(looks)} d")
        join, cap = _JOINS.get(looks["stroke-linejoin"]), _CAPS.get(looks["stroke-linecap"])
        if join is None or cap is None:
            raise BeyondUsError("a line's joins and ends")
        state.append(f"{cap} J {join} j 4 M")
    paint = {(True, True): "B", (True, False): "f", (False, True): "S"}
    end = paint.get((bool(fill), bool(line and width)))
    if end is None or not data.strip():
        return b""
    return b"\n".join((" ".join(state).encode(), operators(data), end.encode()))


def _colour(which: str, looks: Looks) -> str:
    """Red, green and blue from 0 to 1 as PDF writes them; empty for no paint."""
    value = looks["color"] if looks[which] == "currentColor" else looks[which]
    if value == "none":
        return ""
    found = _COLOUR.fullmatch(value)
    if not found:
        raise BeyondUsError(f"colour {value}")
    digits = found[1] if len(found[1]) == 6 else "".join(c + c for c in found[1])
    return " ".join(f"{int(digits[i : i + 2], 16) / 255:.4g}" for i in (0, 2, 4))


def _dashes(looks: Looks) -> str:
    value = looks["stroke-dasharray"]
    if value == "none":
        return "[] 0"
    lengths = [float(part) for part in value.replace(",", " ").split()]
    if not lengths or min(lengths) < 0 or not any(lengths):
        raise BeyondUsError("a line's dashes")
    return f"[{' '.join(map(plain, lengths))}] 0"
