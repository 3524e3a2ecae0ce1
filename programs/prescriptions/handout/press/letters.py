"""Words drawn from letters that were placed once, however many handouts say them.

To draw a line WeasyPrint has Pango place its letters anew, and asks it for every letter again.
What comes of it depends on the words and their style. Only which number of a letter stands for
which sign, and how broad it is, each document settles for itself: in the order of its words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, NamedTuple

from weasyprint.draw import text as drawing
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.fonts import get_pango_font_key
from weasyprint.text.line_break import Layout

from programs.prescriptions.handout.press.instead import instead_of
from programs.prescriptions.handout.press.lines import NamedStyle, named

_drawn_afresh = drawing.draw_first_line
_set_up = Layout.reactivate
_MOST_LINES: Final = 4096
"""Lines of a process, less than 1 kB each: letters that are the same are kept once."""
_MOST_FONTS: Final = 400
"""Fonts in one size each; a handout in one script has some twelve."""
_SINCE: Final = 14802
"""Pango tells the true size of a font since 1.48.2."""


class PlacedLetter(NamedTuple):
    """One letter: its number, the same as written, the signs it stands for, breadth and offset."""

    glyph: int
    written: str
    signs: str
    wide: float
    offset: float


class KeptFont:
    """A font of Pango, with one layout that needs it: so it lives, and its address is its own."""

    def __init__(self, font: Any, layout: Any) -> None:
        self.font, self.layout = font, layout
        self.key, self.description, self.size = get_pango_font_key(font)
        self.widths: dict[int, int] = {}
        self.letters: dict[PlacedLetter, PlacedLetter] = {}

    def of(self, stream: Any) -> Font:
        """The document's font for it."""
        fonts: dict[Any, Font] = stream._fonts
        if self.key not in fonts:
            fonts[self.key] = Font(self.font, self.description, self.size)
        return fonts[self.key]

    def width(self, glyph: int, stream: Any) -> int:
        """The breadth of a letter in thousandths of its size."""
        if glyph not in self.widths:
            logical = stream.logical_rect
            pango.pango_font_get_glyph_extents(self.font, glyph, stream.ink_rect, logical)
            self.widths[glyph] = round(logical.width * 1000 * FROM_UNITS / self.size)
        return self.widths[glyph]


_Run = tuple[KeptFont, tuple[PlacedLetter, ...]]
_fonts: Final[dict[int, KeptFont]] = {}


class _BeyondUsError(Exception):
    """Letters that are raised, missing or nothing but room."""


@instead_of(Layout, "reactivate")
def reactivate(self: Any, style: Any) -> None:
    """Say with which style the words are drawn; they are set up where somebody needs it."""
    self.style, self.layout, self.language = style, None, None


@instead_of(drawing, "draw_first_line")
def draw_first_line(
    stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any
) -> list[Any]:
    """As the original, from letters that were placed before."""
    layout, style = textbox.pango_layout, textbox.style
    runs = None
    if text_overflow != "ellipsis" and block_ellipsis == "none" and textbox.text.strip():
        runs = _runs(named(style), layout.text, layout.justification_spacing)
    fonts = [font.of(stream) for font, _ in runs or ()]
    if not runs or any(f.bitmap or f.svg or f.png or f.colr for f in fonts):
        _set_up(layout, style)
        emojis: list[Any] = _drawn_afresh(stream, textbox, text_overflow, block_ellipsis, matrix)
        return emojis
    if len(_fonts) > _MOST_FONTS:
        _runs.cache_clear()
        _fonts.clear()
    stream.set_text_matrix(*matrix.values)
    written, before = "", None
    for (kept, letters), font in zip(runs, fonts, strict=True):
        if kept is not before:
            before = kept
            if written:
                stream.show_text(written)
            written = ""
            stream.set_font_size(font.hash, kept.size)
        written += _written(kept, letters, font, stream)
    stream.show_text(written)
    return []


def _written(kept: KeptFont, letters: tuple[PlacedLetter, ...], font: Any, stream: Any) -> str:
    """Letters of one font as a page holds them: numbers, and how far off the next one stands."""
    widths, to_unicode = font.widths, font.to_unicode
    out = "<"
    for glyph, written, signs, wide, offset in letters:
        if glyph not in to_unicode:
            to_unicode[glyph] = signs
        if glyph not in widths:
            widths[glyph] = kept.width(glyph, stream)
        if offset:
            out += f">{-offset}<"
        out += written
        kerning = widths[glyph] + offset - wide
        if kerning:
            out += f">{int(kerning)}<"
    return out[:-1] if out[-1] == "<" else out + ">"


@lru_cache(maxsize=_MOST_LINES)
def _runs(name: NamedStyle, text: str, justification_spacing: float) -> tuple[_Run, ...] | None:
    """The letters of a line, font by font; ``None`` where there is more to it."""
    style = name.style
    if pango.pango_version() < _SINCE or style["font_size"] < 1e-6:
        return None
    layout = Layout(style, justification_spacing)
    layout.set_text(text, justify=True)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    words, found, run = layout.text.encode(), [], line.runs[0]
    try:
        while run != ffi.NULL:
            found.append(_run(run.data, words, layout))
            run = run.next
    except _BeyondUsError:
        return None
    return tuple(found)


def _run(item: Any, words: bytes, layout: Any) -> _Run:
    font = item.item.analysis.font
    address = int(ffi.cast("uintptr_t", font))
    kept = _fonts.get(address) or _fonts.setdefault(address, KeptFont(font, layout))
    letters = _letters(item, words, kept.size)
    return kept, tuple(kept.letters.setdefault(letter, letter) for letter in letters)


def _letters(item: Any, words: bytes, size: float) -> Any:
    """Each letter with the signs it stands for: from its own place to that of the next."""
    count, clusters = item.glyphs.num_glyphs, item.glyphs.log_clusters
    start, whole = item.item.offset, item.item.length
    backwards = item.item.analysis.level % 2
    for i, info in enumerate(item.glyphs.glyphs[0:count]):
        glyph, place = info.glyph, info.geometry
        if (
            glyph == pango.PANGO_GLYPH_EMPTY
            or glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG
            or place.y_offset
        ):
            raise _BeyondUsError
        if backwards:
            end = whole if i == 0 else clusters[i - 1]
        else:
            end = whole if i == count - 1 else clusters[i + 1]
        signs = words[start + clusters[i] : start + end]
        yield PlacedLetter(
            glyph,
            f"{glyph:04x}",
            # The original reads them only when it needs them: half a sign is nobody's then.
            signs.decode(errors="ignore"),
            place.width * 1000 * FROM_UNITS / size,
            place.x_offset / size,
        )
