"""Boxes whose style says little: what it comes to is worked out once for each style."""

from __future__ import annotations

from typing import Any, Final

from weasyprint import anchors
from weasyprint.draw import border
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import Box, PageBox, ReplacedBox
from weasyprint.layout import background, percent, preferred

from programs.prescriptions.handout.press.instead import instead_of

_resolved_afresh = percent.resolve_percentages
_backed_afresh = background.layout_box_backgrounds
_bordered_afresh = border.draw_border
_gathered_afresh = anchors.gather_anchors
_flows_afresh = Box.is_in_normal_flow
_adjusted_afresh = preferred.adjust

_ACROSS: Final = (
    "margin_left", "margin_right", "padding_left", "padding_right",
    "width", "min_width", "max_width",
)  # fmt: skip
_DOWN: Final = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_HIGH: Final = {"height": None, "min_height": 0.0, "max_height": float("inf")}
"""Parts of a height, with what they are parts of where it is not known yet; none: as it comes."""
_SIDES: Final = ("top", "right", "bottom", "left")
_CORNERS: Final = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
_BARE: Final = {**dict.fromkeys(_CORNERS, (0, 0)), "background": None}
_SLIM: Final = {
    **{f"{what}_{side}": 0 for what in ("margin", "padding") for side in ("left", "right")},
    **{f"border_{side}_width": 0 for side in ("left", "right")},
    "min_width": 0,
    "max_width": float("inf"),
}
_Sizes = tuple[dict[str, Any], tuple[tuple[str, float, str], ...], str]


@instead_of(percent, "resolve_percentages")
def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the sizes that a box is laid out with."""
    sizes = _sizes(box.style) if isinstance(box, Box) else None
    if sizes is None:
        _resolved_afresh(box, containing_block)
        return
    if isinstance(containing_block, Box):
        wide, high = containing_block.width, containing_block.height
    else:
        wide, high = containing_block
    fixed, parts, sizing = sizes
    used = box.__dict__
    used.update(fixed)
    for name, share, of in parts:
        if of == "high":
            if high == "auto":
                least = _HIGH[name]
                used[name] = "auto" if least is None else least * share / 100
            else:
                used[name] = high * share / 100
        else:
            whole = high if of == "down" and isinstance(box, PageBox) else wide
            used[name] = whole * share / 100
    if sizing != "content-box":
        percent.adjust_box_sizing(box, "width")
        percent.adjust_box_sizing(box, "height")


def _sizes(style: Any) -> _Sizes | None:
    """What a style says of sizes: the fixed ones, the shares, and what they include."""
    try:
        found: _Sizes | None = style.__dict__["sizes"]
    except KeyError:
        found = style.__dict__["sizes"] = _worked_out(style)
    return found


def _worked_out(style: Any) -> _Sizes | None:
    if style["border_collapse"] == "collapse":
        return None
    fixed: dict[str, Any] = {f"border_{s}_width": style[f"border_{s}_width"] for s in _SIDES}
    parts = []
    kinds = {"across": _ACROSS, "down": _DOWN, "high": tuple(_HIGH)}
    for of, name in ((of, name) for of, names in kinds.items() for name in names):
        value = style[name]
        if value is None or value == "auto":
            fixed[name] = 0 if name in ("min_width", "min_height") else value
        elif getattr(value, "unit", None) is None:
            return None
        elif value.unit == "%":
            parts.append((name, value.value, of))
        else:
            fixed[name] = value.value
    return fixed, tuple(parts), style["box_sizing"]


@instead_of(preferred, "adjust")
def adjust(box: Any, outer: bool, width: float, left: bool = True, right: bool = True) -> float:
    """The breadth of a box with all around it; around most pieces of a line there is nothing."""
    if not _slim(box.style) or isinstance(box, ReplacedBox):
        found: float = _adjusted_afresh(box, outer, width, left, right)
        return found
    return max(0, width) / 1.0 if outer else max(0, width)


def _slim(style: Any) -> bool:
    """Whether a box of this style is as broad as what stands in it."""
    try:
        found: bool = style.__dict__["slim"]
    except KeyError:
        sizes = _sizes(style)
        found = style.__dict__["slim"] = sizes is not None and _SLIM.items() <= sizes[0].items()
    return found


@instead_of(background, "layout_box_backgrounds")
def layout_box_backgrounds(
    page: Any, box: Any, get_image_from_uri: Any, layout_children: bool = True, style: Any = None
) -> None:
    """Find colours and pictures behind boxes; most have none, nor round corners."""
    if style is not None or box is page or not isinstance(box, Box) or not _bare(box.style):
        _backed_afresh(page, box, get_image_from_uri, layout_children, style)
        return
    box.__dict__.update(_BARE)
    if layout_children:
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image_from_uri)


def _bare(style: Any) -> bool:
    """Whether nothing stands behind a box of this style."""
    try:
        found: bool = style.__dict__["bare"]
    except KeyError:
        found = style.__dict__["bare"] = (
            all((0, "px") in style[corner] for corner in _CORNERS)
            and style["border_image_source"][0] == "none"
            and style["mask_border_source"][0] == "none"
            and style["visibility"] != "hidden"
            and not style["box_shadow"]
            and all(kind == "none" for kind, _ in style["background_image"])
            and get_color(style, "background_color").alpha == 0
        )
    return found


@instead_of(border, "draw_border")
def draw_border(stream: Any, box: Any) -> None:
    """Draw the lines around a box; most have none."""
    if (
        box.border_top_width == 0
        and box.border_right_width == 0
        and box.border_bottom_width == 0
        and box.border_left_width == 0
        and _unruled(box.style)
    ):
        return
    _bordered_afresh(stream, box)


def _unruled(style: Any) -> bool:
    """Whether a style has neither columns nor a picture for a border."""
    try:
        found: bool = style.__dict__["unruled"]
    except KeyError:
        found = style.__dict__["unruled"] = (
            style["column_width"] == "auto"
            and style["column_count"] == "auto"
            and style["border_image_source"][0] == "none"
        )
    return found


@instead_of(anchors, "gather_anchors")
def gather_anchors(
    box: Any,
    found: Any,
    links: Any,
    bookmarks: Any,
    forms: Any,
    parent_matrix: Any = None,
    parent_form: Any = None,
    parent_link: Any = None,
) -> None:
    """Find what a reader may jump to; most boxes are no such thing."""
    if box.link or parent_link or parent_matrix or not _silent(box.style) or box.is_form():
        _gathered_afresh(
            box, found, links, bookmarks, forms, parent_matrix, parent_form, parent_link
        )
        return
    for child in box.all_children():
        gather_anchors(child, found, links, bookmarks, forms, None, parent_form, None)


def _silent(style: Any) -> bool:
    """Whether a style makes no place of a box, turns nothing, and is no field's."""
    try:
        found: bool = style.__dict__["silent"]
    except KeyError:
        found = style.__dict__["silent"] = (
            not style["transform"]
            and style["bookmark_level"] == "none"
            and not style["anchor"]
            and style["appearance"] != "auto"
        )
    return found


@instead_of(Box, "is_in_normal_flow")
def is_in_normal_flow(self: Any) -> bool:
    """Whether a box stands where it is written."""
    kept = self.style.__dict__
    try:
        found: bool = kept["in_flow"]
    except KeyError:
        found = kept["in_flow"] = _flows_afresh(self)
    return found
