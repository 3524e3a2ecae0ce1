"""Drawings that are kept as files beside the catalogue: what is in one, and where it is.

A drawing is found by what is posed in it (``digest_of``), whosever entry it belongs to. It is drawn
anew by ``manage.py draw_figures`` when the poses, the person or the engine changed (``stamp_of``).
Everything is kept as seen for the right side; the left is its mirror image.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from programs.figures.marks import SideLetter
from programs.figures.people import FIGURE_PEOPLE
from programs.figures.pose import FigureFrame
from programs.figures.proportions import OWN_LENGTHS

DRAWINGS_FOLDER: Final = Path(__file__).parents[1] / "catalogue" / "drawings"
INDEX: Final = "index.json"
ENGINE: Final = 6
"""Raise it when the same pose is drawn in another way, or fitted to somebody in another, and run
``manage.py draw_figures``. Drawings of chosen people are made anew by ``run_due`` then."""
DrawnBox = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """Shapes as SVG, and the letters that stand on them."""

    shapes: str
    letters: tuple[SideLetter, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptMovement:
    """The poses of a movement, the seconds that each stays, and whether it goes back."""

    box: DrawnBox
    common: str
    poses: tuple[KeptPicture, ...]
    rests: tuple[float, ...]
    back: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """All drawings of an entry; the box is in drawing units."""

    box: DrawnBox
    pictures: tuple[KeptPicture, ...]
    movement: KeptMovement | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What the index says of an entry."""

    digest: str
    stamp: str
    person: str


def _told(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def digest_of(frames: Sequence[FigureFrame]) -> str:
    """The SHA-256 of everything that is posed; captions are words and no part of it.

    What a frame could not say when the first were drawn is left out where it says nothing.
    """
    rows = [asdict(frame) for frame in frames]
    for row in rows:
        del row["caption"]
        if row["inset"] is None:
            del row["inset"]
        _without(row, _LATER)
    return sha256(_told(rows).encode()).hexdigest()[:24]


_LATER: Final = {"ends": (), "palm": "", "toes": 0.0, "arch": 0.0}
"""Keys that came later and what they are when nobody names them: no part of older poses."""


def _without(told: Any, unsaid: Mapping[str, Any]) -> None:
    """Leave out of nested tables the keys that say nothing."""
    if isinstance(told, dict):
        for key, nothing in unsaid.items():
            if key in told and told[key] == nothing:
                del told[key]
    for inner in told.values() if isinstance(told, dict) else told:
        if isinstance(inner, dict | list | tuple):
            _without(inner, unsaid)


def stamp_of(digest: str, person: str, engine: int = ENGINE) -> str:
    """The SHA-256 of everything that a drawing depends on: poses by their digest, the engine, and
    whoever is drawn, with the lengths of their own that are tried first."""
    lengths = {k: v for k, v in asdict(OWN_LENGTHS[person]).items() if k != "gives"}
    told = [digest, person, asdict(FIGURE_PEOPLE[person]), engine, lengths]
    return sha256(_told(told).encode()).hexdigest()[:24]


def pack(kept: Kept) -> bytes:
    """A drawing as it lies in its file: the same bytes for the same drawing."""
    return gzip.compress(_told(asdict(kept)).encode(), 9, mtime=0)


def unpack(content: bytes) -> Kept:
    """A drawing from its file."""
    told = json.loads(gzip.decompress(content))
    moving = told["movement"]
    return Kept(
        box=_box(told["box"]),
        pictures=tuple(map(_picture, told["pictures"])),
        movement=KeptMovement(
            box=_box(moving["box"]),
            common=moving["common"],
            poses=tuple(map(_picture, moving["poses"])),
            rests=tuple(moving["rests"]),
            back=moving["back"],
        )
        if moving
        else None,
    )


def _box(told: list[int]) -> DrawnBox:
    left, top, wide, high = told
    return (left, top, wide, high)


def _picture(told: dict[str, Any]) -> KeptPicture:
    letters = (
        SideLetter(row["side"], (row["place"][0], row["place"][1])) for row in told["letters"]
    )
    return KeptPicture(told["shapes"], tuple(letters))


@lru_cache(maxsize=1)
def index() -> Mapping[str, Row]:
    """Every entry that has drawings, by its slug."""
    return read_index(DRAWINGS_FOLDER)


def read_index(folder: Path) -> dict[str, Row]:
    """The index of a folder; empty where there is none yet."""
    file = folder / INDEX
    if not file.exists():
        return {}
    told = json.loads(file.read_text(encoding="utf-8"))
    return {slug: Row(**row) for slug, row in told.items()}


def write_index(folder: Path, rows: Mapping[str, Row]) -> None:
    """One line an entry, in order, so that a change of one is one line of a difference."""
    lines = (f"  {json.dumps(slug)}: {_told(asdict(rows[slug]))}" for slug in sorted(rows))
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (folder / INDEX).write_text(text, encoding="utf-8")


@lru_cache(maxsize=1)
def _by_digest() -> Mapping[str, str]:
    return {row.digest: slug for slug, row in index().items()}


def row_of(frames: Sequence[FigureFrame]) -> tuple[str, Row] | None:
    """The entry of the project's own that has these poses, and what the index says of it."""
    slug = _by_digest().get(digest_of(frames))
    return (slug, index()[slug]) if slug else None


def was_drawn(frames: Sequence[FigureFrame]) -> bool:
    """Whether the project's own drawings have these poses."""
    return bool(frames) and digest_of(frames) in _by_digest()


def kept_for(frames: Sequence[FigureFrame]) -> Kept | None:
    """The drawings of these poses; None where they were not drawn."""
    slug = _by_digest().get(digest_of(frames))
    return _read(slug) if slug else None


@lru_cache(maxsize=64)
def _read(slug: str) -> Kept:
    return unpack((DRAWINGS_FOLDER / f"{slug}.json.gz").read_bytes())
