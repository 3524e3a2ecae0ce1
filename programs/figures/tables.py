"""Reads the ``[[figure]]`` tables of a catalogue file strictly.

Every table is a frame. A frame takes over from the one before it all that it does not name, so that
the finish says only what changed. See ``docs/figures.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from clinic.parsing.errors import DefinitionError
from clinic.parsing.reader import Reader
from programs.figures.body import BODY_SIDES, LIMITS, PAIRED
from programs.figures.pose import (
    ARROW_POINTS,
    BASES,
    ENDS,
    LEG_SURFACES,
    MARKED_REGIONS,
    ON_BODY,
    PICTURE_SIGNS,
    PROPS,
    SURFACES,
    VIEWS,
    Arrow,
    FigureFrame,
    Inset,
    Pose,
    Prop,
    Touch,
    named_ends,
)

MOST_FRAMES: Final = 4
FORMER: Final = ("in_front", "behind")
"""Once said what is drawn over what; entries that a practice copied then still say it."""
PALMS: Final = frozenset({"", "up", "down", "out", "in", "back", "forward"})
BENDS: Final = frozenset({"", "up", "down", "out", "in", "back", "forward", "low", "head"})


def parse_frames(rows: list[Any]) -> tuple[FigureFrame, ...]:
    """Read all ``[[figure]]`` tables of a file; raise :class:`DefinitionError` naming the key."""
    if len(rows) > MOST_FRAMES:
        raise DefinitionError("figure", f"must have at most {MOST_FRAMES} frames")
    frames: list[FigureFrame] = []
    for i, row in enumerate(rows):
        frames.append(_frame(row, f"figure[{i + 1}]", frames[-1] if frames else None))
    return tuple(frames)


def _frame(row: Any, where: str, last: FigureFrame | None) -> FigureFrame:
    r = Reader(row, where)
    for key in FORMER:
        r.take(key, list, [])
    frame = FigureFrame(
        caption=r.text("caption", longest=60),
        view=_view(r, last),
        pose=_pose(r, last.pose if last else None),
        helper=_helper(r, last.helper if last else None),
        props=_rows(r, "props", _prop, last.props if last else ()),
        arrows=_rows(r, "arrows", _arrow, ()),
        felt=r.texts("felt", [], _felt_names()),
        signs=r.texts("signs", [], PICTURE_SIGNS),
        inset=_inset(r),
        sides_named=r.take("sides_named", bool, last.sides_named if last else False),
        shod=r.take("shoes", bool, last.shod if last else False),
        cycle=r.take("cycle", bool, False),
    )
    r.finish()
    return frame


def _felt_names() -> frozenset[str]:
    return MARKED_REGIONS | {f"{region}_{side}" for region in MARKED_REGIONS for side in BODY_SIDES}


def _view(r: Reader, last: FigureFrame | None) -> tuple[float, float]:
    if last and "view" not in r.table:
        return last.view
    if isinstance(r.table.get("view"), list):
        around, up = numbers(r, "view", 2)
        return (around, up)
    return VIEWS[r.choice("view", VIEWS, "side")]


def _helper(r: Reader, last: Pose | None) -> Pose | None:
    table = r.take("helper", dict, None)
    if table is None:
        return last
    inner = Reader(table, r.key("helper"))
    pose = _pose(inner, last)
    inner.finish()
    return pose


def _inset(r: Reader) -> Inset | None:
    table = r.take("inset", dict, None)
    if table is None:
        return None
    inner = Reader(table, r.key("inset"))
    at = numbers(inner, "at", 2)
    view = None
    if "view" in table:
        around, up = numbers(inner, "view", 2)
        view = (around, up)
    found = Inset(
        part=inner.choice("part", ARROW_POINTS),
        at=(at[0], at[1]),
        size=number(inner, "size", 13.0),
        zoom=number(inner, "zoom", 2.2),
        view=view,
    )
    inner.finish()
    return found


def _pose(r: Reader, last: Pose | None) -> Pose:
    first = last or Pose(base="standing")
    base = r.choice("base", BASES, first.base)
    place = numbers(r, "at", 2) if "at" in r.table else first.at
    return Pose(
        base=base,
        lean=number(r, "lean", first.lean),
        side_lean=number(r, "side_lean", first.side_lean),
        turn=number(r, "turn", first.turn),
        at=(place[0], place[1]),
        height=number(r, "height", first.height) if "height" in r.table else first.height,
        head=r.choice("head", {"", "rest", "level"}, first.head),
        angles=_angles(r, first.angles),
        touches=_touches(r, first.touches),
    )


def _angles(r: Reader, last: Mapping[str, float]) -> dict[str, float]:
    """Joint angles by full name; a paired joint without a side means both."""
    table = Reader(r.take("angles", dict, {}), r.key("angles"))
    found = dict(last)
    for name in sorted(table.table, key=lambda n: n.endswith(BODY_SIDES)):
        joint = name.rsplit("_", 1)[0] if name.endswith(BODY_SIDES) else name
        if joint not in LIMITS or (joint != name and joint not in PAIRED):
            raise DefinitionError(table.key(name), "is not a joint angle")
        value = number(table, name, 0.0)
        least, most = LIMITS[joint]
        if not least <= value <= most:
            raise DefinitionError(table.key(name), f"{value:g}° is outside {least:g}° to {most:g}°")
        names = (
            [f"{joint}_{s}" for s in BODY_SIDES] if joint == name and joint in PAIRED else [name]
        )
        found.update(dict.fromkeys(names, value))
    return found


def _touches(r: Reader, last: Mapping[str, Touch]) -> dict[str, Touch]:
    table = Reader(r.take("touch", dict, {}), r.key("touch"))
    found = dict(last)
    for name in sorted(table.table, key=lambda n: n.endswith(BODY_SIDES)):
        part, _, side = name.partition("_")
        part = part.rstrip("s") if part == "hands" else "foot" if part == "feet" else part
        if part not in ("hand", "foot") or (side and side not in BODY_SIDES):
            raise DefinitionError(table.key(name), "must be hands, feet, or one hand or foot")
        touch = _touch(table, name, part)
        for one in [side] if side else BODY_SIDES:
            if touch is None:
                found.pop(f"{part}_{one}", None)
            else:
                found[f"{part}_{one}"] = touch
    return found


def _touch(r: Reader, name: str, part: str) -> Touch | None:
    value = r.take(name, object)
    inner = Reader({"on": value} if isinstance(value, str) else value, r.key(name))
    allowed = LEG_SURFACES if part == "foot" else SURFACES | _body_names()
    on = inner.choice("on", allowed | {"free"})
    touch = Touch(
        on=on,
        at=tuple(numbers(inner, "at", None)) if "at" in inner.table else (),
        share=number(inner, "share", 0.5),
        bend=inner.choice("bend", BENDS, ""),
        point=number(inner, "point", 0.0) if "point" in inner.table else None,
        heel=number(inner, "heel", 0.0),
        toes=number(inner, "toes", 0.0),
        arch=number(inner, "arch", 0.0),
        swing=number(inner, "swing", 0.0),
        round=number(inner, "round", 0.0),
        grip=inner.take("grip", bool, False),
        thumb=inner.choice("thumb", ON_BODY | {""}, ""),
        palm=inner.choice("palm", PALMS, ""),
    )
    inner.finish()
    if on in SURFACES - {"held"} and part == "hand" and not touch.at:
        raise DefinitionError(r.key(name), "needs 'at': where on the surface")
    return None if on == "free" else touch


def _body_names() -> frozenset[str]:
    return ON_BODY | {f"other_{name}" for name in ON_BODY}


def _prop(r: Reader) -> Prop:
    at = tuple(numbers(r, "at", None)) if "at" in r.table else ()
    kind, ends = r.choice("kind", PROPS), r.texts("ends", [], ENDS)
    if len(ends) not in named_ends(kind):
        counts = " or ".join(map(str, named_ends(kind)))
        raise DefinitionError(r.key("ends"), f"must name {counts} points for a {kind}")
    return Prop(kind=kind, at=at, size=number(r, "size", 0.0), ends=ends)


def _arrow(r: Reader) -> Arrow:
    part = r.choice("part", ARROW_POINTS)
    start, end = numbers(r, "from", 2, 3), numbers(r, "to", 2, 3)
    if len(start) != len(end):
        raise DefinitionError(r.key("to"), "must list as many numbers as 'from'")
    return Arrow(
        part=part,
        start=start,
        end=end,
        bend=number(r, "bend", 0.0),
        both=r.take("both", bool, False),
        press=r.take("press", bool, False),
    )


def _rows(r: Reader, key: str, parse: Any, last: tuple[Any, ...]) -> tuple[Any, ...]:
    """A list of inline tables, each finished after reading."""
    if key not in r.table:
        return last
    found = []
    for i, row in enumerate(r.take(key, list)):
        inner = Reader(row, f"{r.key(key)}[{i + 1}]")
        found.append(parse(inner))
        inner.finish()
    return tuple(found)


def number(r: Reader, name: str, default: float | None) -> Any:
    """A whole or decimal number."""
    if name not in r.table:
        return default
    value = r.take(name, object)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DefinitionError(r.key(name), "must be a number")
    return float(value)


def numbers(r: Reader, name: str, count: int | None, most: int = 0) -> tuple[float, ...]:
    """A list of numbers, of this length or up to ``most``; without a length, of one to three."""
    values = r.take(name, list)
    if any(isinstance(v, bool) or not isinstance(v, int | float) for v in values):
        raise DefinitionError(r.key(name), "must list numbers")
    least, most = (count, most or count) if count else (1, 3)
    if not least <= len(values) <= most:
        told = f"{least}" if least == most else f"{least} to {most}"
        raise DefinitionError(r.key(name), f"must list {told} numbers")
    return tuple(float(v) for v in values)
