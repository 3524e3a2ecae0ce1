"""Words broken into lines once, however many handouts say them.

Every handout says what a hundred others said: the steps of an exercise, the warning signs, the days
of the week. How a text breaks depends on it, on its style and on the room, and on nothing else.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf
from typing import Any, Final

from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

from programs.prescriptions.handout.press.instead import instead_of

_broken_afresh = line_break.split_first_line
_strut_afresh = line_break.strut
_can_break_afresh = line_break.can_break_text
_set_up_afresh = Layout.setup
_MOST_LINES: Final = 8192
"""Lines of a process, less than 1 kB each; some 6 kB where every note is as long as it may be."""
_SURE: Final = 0.9
"""A letter is not broader than this part of its size, near enough: else we have tried in vain."""
_FEATURES: Final = (
    *("kerning", "variant_ligatures", "variant_position", "variant_caps", "variant_numeric"),
    *("variant_alternates", "variant_east_asian", "feature_settings"),
)
_TAKEN_APART: Final = re.compile("[\n\t\xad]")
"""Signs that begin a line, or that change where one may end."""


class NamedStyle:
    """The name of one style, for keys. It holds the style, which so lives as long."""

    __slots__ = ("style",)

    def __init__(self, style: Any) -> None:
        self.style = style


def named(style: Any) -> NamedStyle:
    """The one name of a style. A copy of the style has another."""
    try:
        name: NamedStyle = style.__dict__["named"]
    except KeyError:
        name = style.__dict__["named"] = NamedStyle(style)
    return name


def twin(layout: Any) -> Any:
    """A layout of the same words, for a box of its own."""
    other = Layout.__new__(Layout)
    other.__dict__.update(layout.__dict__)
    return other


@instead_of(line_break, "split_first_line")
def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> tuple[Any, ...]:
    """As the original, out of what was broken before."""
    if style["hyphens"] == "auto":
        return _broken_afresh(
            text, style, context, max_width, justification_spacing, is_line_start, minimum
        )
    name = named(style)
    if max_width is not None and _may_fit(text, style, max_width):
        found = _broken(name, text, None, justification_spacing, True, False)
        if found[2] is None and found[3] <= max_width:
            layout = twin(found[0])
            layout.max_width = max_width
            return (layout, *found[1:])
    layout, *rest = _broken(name, text, max_width, justification_spacing, is_line_start, minimum)
    return (twin(layout), *rest)


def _may_fit(text: str, style: Any, room: float) -> bool:
    """Whether the whole text may fit on the line, by a look at its length."""
    if room == inf or style["white_space"] not in ("normal", "pre-wrap", "pre-line"):
        return False
    return len(text) * style["font_size"] * _SURE < 2 * room and not _TAKEN_APART.search(text)


@lru_cache(maxsize=_MOST_LINES)
def _broken(
    name: NamedStyle,
    text: str,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool,
    minimum: bool,
) -> Any:
    return _broken_afresh(
        text, name.style, None, max_width, justification_spacing, is_line_start, minimum
    )


@instead_of(line_break, "strut")
def strut(style: Any) -> tuple[float, float]:
    """Height and baseline of a line, once for each style."""
    try:
        found: tuple[float, float] = style.__dict__["strut"]
    except KeyError:
        found = style.__dict__["strut"] = _strut_afresh(style)
    return found


@instead_of(line_break, "can_break_text")
@lru_cache(maxsize=4096)
def can_break_text(text: str, lang: str | None) -> bool:
    """Whether a line may end between these letters."""
    return bool(_can_break_afresh(text, lang))


@instead_of(Layout, "setup")
def setup(self: Any, style: Any) -> None:
    """Make a layout ready for words, with what words of this style share."""
    try:
        shared = style.__dict__["shared"]
    except KeyError:
        shared = style.__dict__["shared"] = _shared(style)
    if shared is None:
        _set_up_afresh(self, style)
        return
    context, self.language, description = shared
    self.style, self.first_line_direction = style, 0
    self.ascent = self.underline_position = self.strikethrough_position = None
    self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, description)


def _shared(style: Any) -> tuple[Any, Any, Any] | None:
    """Context, language and font of a style; ``None`` where there is more to it."""
    features = font_features(*(style[f"font_{name}"] for name in _FEATURES))
    if features or style["text_decoration_line"] != "none":
        return None
    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    language = pango.pango_language_get_default()
    spoken = style["font_language_override"]
    spoken = style["lang"] if spoken == "normal" else LST_TO_ISO.get(spoken.lower(), spoken)
    if spoken:
        # The second is what the first points to, and must live as long.
        pointer, _alive = unicode_to_char_p(spoken)
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(context, language)
    return context, language, get_font_description(style)
