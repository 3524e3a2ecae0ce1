"""The body picture: a calm figure from behind and from the front, and a shape for each region.

Pure. One half is drawn, in units of a picture 180 wide and 484 high, and mirrored. From behind the
person's left is on the picture's left; from the front it is on the right, as across a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from patients.body import Region, View, regions_of
from patients.vocabulary import Chain

_WIDTH: Final = 180
MIRROR: Final = f"matrix(-1 0 0 1 {_WIDTH} 0)"

TRUNK_AND_LEG: Final = MappingProxyType(
    {
        View.BACK: (
            "M90 62H98C98 76 100 81 109 85C122 89 133 93 136 107C137 122 128 140 125 160"
            "C123 176 123 190 127 206C132 222 134 236 133 252C132 282 128 314 123 341"
            "C123 352 128 364 127 383C126 404 117 424 115 441C115 452 119 461 117 470"
            "C113 476 104 476 101 470C99 461 102 452 102 441C101 424 98 404 97 384"
            "C96 368 98 354 98 342C97 310 94 282 91 258L90 256"
        ),
        View.FRONT: (
            "M90 62H98C98 76 100 81 109 85C122 89 133 93 136 107C137 122 128 140 125 160"
            "C123 176 123 190 127 206C132 222 134 236 133 252C132 282 128 314 123 341"
            "C123 352 127 364 126 383C125 404 117 424 115 440C117 452 126 464 124 473"
            "C119 479 105 479 101 473C98 464 101 452 102 440C101 424 99 404 98 384"
            "C97 368 98 354 98 342C97 310 94 282 91 258L90 256"
        ),
    }
)
"""The outline of one half, from the neck down the outside of the leg and back up the inside."""

_NECK: Final = "M98 62C98 76 100 81 109 85C114 87 119 88.5 124 90"
ARM: Final = (
    "M124 90C140 91 147 101 149 119C151 141 156 161 159 183C162 205 165 224 166 240"
    "C169 252 169 267 165 273C160 277 155 270 154 260C152 252 152 246 151 240"
    "C148 222 144 206 141 188C138 170 134 156 130 141"
)
SLEEVE: Final = (
    "M118 88C138 88 147 101 149 119C150 130 151 140 153 150C147 153 140 154 133 152L126 132Z"
)
CUFF: Final = "M153 150C147 153 140 154 133 152"
FLANK: Final = "M130 142C128 149 126 154 125 160"

CREASES: Final = MappingProxyType(
    {
        View.BACK: (
            "M90 96V206",
            "M106 112C114 118 118 127 117 138",
            "M101 345C107 349 114 349 119 345",
            "M104 452C107 454 110 454 113 452",
        ),
        View.FRONT: (
            "M92 92C100 97 112 98 121 95",
            "M90 192V196",
            "M102 338C104 346 115 346 118 338",
            "M107 476V470M112 477V471M117 476V471",
        ),
    }
)
"""Lines within one half that tell back from front."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A region of one half: what is coloured, what can be tapped, and where its tick stands."""

    mark: str
    hit: str
    tick: tuple[int, int]


def _band(top: int, bottom: int, tick: tuple[int, int], *, inner: int, outer: int) -> Shape:
    """A stretch of the body; it can be tapped a little beside the body too."""
    mark = f"M{inner} {top}H145V{bottom}H{inner}Z"
    return Shape(mark, f"M{inner} {top}H{outer}V{bottom}H{inner}Z", tick)


_SHAPES: Final = MappingProxyType(
    {
        # Each at least 44 px for a finger, on a phone of 390 px.
        "back_middle": Shape("M66 156H114V214H66Z", "M66 152H114V214H66Z", (90, 185)),
        "back": _band(156, 214, (123, 185), inner=114, outer=172),
        "buttock": Shape(
            "M90 214H145V262C132 274 104 276 90 264Z", "M90 214H146V268H90Z", (112, 241)
        ),
        "thigh_back": Shape(
            "M90 264C104 276 132 274 145 262V344H90Z", "M90 268H172V344H90Z", (111, 306)
        ),
        "calf": _band(344, 428, (112, 384), inner=90, outer=172),
        "heel": _band(428, 484, (109, 462), inner=90, outer=172),
        "hip_front": Shape(
            "M90 256C106 246 118 236 127 206H145V264H90Z", "M90 204H146V264H90Z", (119, 246)
        ),
        "thigh_front": _band(264, 344, (111, 304), inner=90, outer=172),
        "shin": _band(344, 434, (112, 386), inner=90, outer=172),
        "foot": _band(434, 484, (111, 460), inner=90, outer=172),
        # Neck and arms, in a picture that is drawn larger.
        "neck_middle": Shape("M74 58H106V92H74Z", "M74 44H106V88H74Z", (90, 74)),
        "neck_side": Shape(
            "M106 58V92H124C138 92 144 96 147 104V58Z", "M106 44H146V88H106Z", (112, 84)
        ),
        "shoulder_blade": Shape("M90 92H124V152H90Z", "M90 88H128V160H90Z", (109, 122)),
        "upper_arm": Shape("M124 84H160V166H130L124 130Z", "M128 88H180V164H128Z", (142, 132)),
        "forearm": Shape("M134 166H172V236H142Z", "M128 164H180V232H128Z", (154, 198)),
        "hand": Shape("M140 236H180V280H140Z", "M128 232H180V284H128Z", (160, 252)),
        "neck_front": Shape(
            "M90 58V92H124C138 92 144 96 147 104V58Z", "M90 64H126V94H90Z", (107, 82)
        ),
        "shoulder_front": Shape(
            "M104 94L126 84H152V120L126 132L104 122Z", "M104 94H180V126H104Z", (134, 108)
        ),
        "upper_arm_front": Shape("M126 128L152 118V170H130Z", "M128 126H180V166H128Z", (143, 146)),
    }
)
_SHAPE_OF: Final = MappingProxyType(
    {
        "upper_arm_back": "upper_arm",
        "forearm_back": "forearm",
        "forearm_front": "forearm",
        "hand_back": "hand",
        "palm": "hand",
    }
)
"""Places that are drawn with a shape of another name."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A region where it stands in the picture; ``transform`` mirrors its half where need be."""

    region: Region
    shape: Shape
    mirrored: bool

    @property
    def transform(self) -> str:
        """The SVG transform of its half."""
        return MIRROR if self.mirrored else ""

    @property
    def tick(self) -> tuple[int, int]:
        """The middle of its tick, in the picture."""
        x, y = self.shape.tick
        return (_WIDTH - x if self.mirrored else x, y)


@dataclass(frozen=True, slots=True)
class BodyPicture:
    """One view with its spots; ``left`` and ``right`` say which side stands where."""

    view: View
    title: str
    left: str
    right: str
    shirt: str
    spots: tuple[Spot, ...]
    arm: str = ARM
    sleeve: str = SLEEVE
    mirror: str = MIRROR
    chain: Chain = Chain.LEG

    @property
    def box(self) -> str:
        """The part of the drawing that is shown: all of it, or down to the hands."""
        return "0 0 180 288" if self.arms else "0 0 180 484"

    @property
    def arms(self) -> bool:
        """Whether it shows the places of neck and arms."""
        return self.chain is Chain.ARM

    @property
    def outline(self) -> str:
        """The outline of one half."""
        return TRUNK_AND_LEG[self.view]

    @property
    def lines(self) -> tuple[str, ...]:
        """What is drawn over it: neck, arm and cuff, and the half from the arm downward."""
        leg = self.outline.partition("125 160")[2]
        return (_NECK, ARM, CUFF, FLANK + leg)

    @property
    def halves(self) -> tuple[str, str]:
        """The transforms that put the two halves in their places."""
        return ("", MIRROR)

    @property
    def creases(self) -> tuple[str, ...]:
        """The lines within one half."""
        return CREASES[self.view]


def _spot(region: Region) -> Spot:
    side = region.sides[0] if len(region.sides) == 1 else ""
    name = region.code.removesuffix(f"_{side}") if side else region.code
    on_left = side == ("left" if region.view is View.BACK else "right")
    return Spot(region, _SHAPES[_SHAPE_OF.get(name, name)], on_left)


def _picture(
    chain: Chain, view: View, title: str, sides: tuple[str, str], neckline: str
) -> BodyPicture:
    spots = tuple(_spot(r) for r in regions_of(chain) if r.view is view)
    shirt = f"M40 60H72V82{neckline}V60H150V214H40Z"
    return BodyPicture(view, title, *sides, shirt, spots, chain=chain)


_PICTURES: Final = MappingProxyType(
    {
        chain: (
            _picture(chain, View.BACK, "From behind", ("Left", "Right"), "C78 88 102 88 108 82"),
            _picture(
                chain, View.FRONT, "From the front", ("Right", "Left"), "C76 100 104 100 108 82"
            ),
        )
        for chain in Chain
    }
)


def pictures_of(chain: Chain) -> tuple[BodyPicture, ...]:
    """The body from behind and from the front, with the places of back and leg or neck and arm."""
    return _PICTURES[chain]
