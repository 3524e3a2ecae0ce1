"""Elements that stand where others of their kind stood before have the style of those.

WeasyPrint tries the rules of a style sheet on each element of each page, and works out what they
come to. All handouts have the same style sheets, and much the same elements in the same places. So
each place is found out once: what it is, in what it stands, after what, and whether first or last.
A size of its own is worked out beside that. Nothing that stands in an element is kept: pages of two
practices may share a style.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from xml.etree.ElementTree import Element

from cachetools import LRUCache
from weasyprint import css
from weasyprint.css import ComputedStyle, InitialStyle, find_style_attributes
from weasyprint.css.properties import INHERITED
from weasyprint.css.validation import preprocess_declarations

from programs.prescriptions.handout.press.instead import instead_of
from programs.prescriptions.handout.styles import settled

_MOST_PLACES: Final = 10_000
"""Of a style sheet, some 0.5 kB each: forty handouts have 2,500, their styles counted elsewhere."""
_MOST_SIZES: Final = 300
"""Places with a size of their own, each with a style of some 5 kB; a handout has about 60."""
_UNASKED: Final = frozenset({"src", "alt", "style", "data-footer", "content", "charset"})
"""Attributes that no selector of ours asks for, each with other words on every page."""

_Cascaded = dict[str, tuple[Any, Any]]


class PagePlace:
    """Where an element stands: its style, what rules say of it, and the places inside it."""

    __slots__ = ("cascaded", "inside", "style")

    def __init__(self, style: Any, cascaded: _Cascaded) -> None:
        self.style, self.cascaded = style, cascaded
        self.inside: dict[Any, PagePlace] = {}


class _Known:
    """The places of one style sheet."""

    def __init__(self, fonts: Any) -> None:
        self.fonts = fonts
        self.top: dict[Any, PagePlace] = {}
        self.count = 0
        self.sized: LRUCache[tuple[PagePlace, str], PagePlace] = LRUCache(_MOST_SIZES)


class _BeyondUsError(Exception):
    """More than our style sheets say."""


def _known(sheet: Any, fonts: Any) -> _Known:
    """What is known of a style sheet; too much of it is forgotten as a whole."""
    found: _Known | None = sheet.__dict__.get("known")
    if found is None or found.fonts is not fonts or found.count > _MOST_PLACES:
        found = sheet.__dict__["known"] = _Known(fonts)
    return found


@instead_of(css, "StyleFor")
class StyleFor(css.StyleFor):
    """As the original, from places that were found out before."""

    def __init__(
        self,
        html: Any,
        sheets: Any,
        presentational_hints: Any,
        font_config: Any,
        target_collector: Any,
    ) -> None:
        plain = [origin for sheet, *origin in sheets] == [["user", None]]
        if plain and not presentational_hints:
            self._cascaded_styles: dict[Any, Any] = {}
            self._computed_styles: dict[Any, Any] = {}
            self.initial_page_sizes = {"box": None, "area": None}
            self._sheets, self.font_config = sheets, font_config
            try:
                _Walk(html, sheets[0][0], self).go()
            except _BeyondUsError:
                pass
            else:
                return
        super().__init__(html, sheets, presentational_hints, font_config, target_collector)


class _Walk:
    """Through the elements of one page, from the root on."""

    def __init__(self, html: Any, sheet: Any, styles: StyleFor) -> None:
        self.html, self.sheet, self.styles = html, sheet, styles
        self.known = _known(sheet, styles.font_config)
        self.found = styles.get_computed_styles()
        self.wrappers: dict[Any, Any] = {}

    def go(self) -> None:
        """Give each of them its style."""
        self.visit(self.html.etree_element, None, self.known.top, (True, True, None), counted=True)

    def visit(
        self,
        element: Element,
        above: Any,
        places: dict[Any, PagePlace],
        stands: tuple[Any, ...],
        *,
        counted: bool,
    ) -> None:
        """Go on with an element and all in it.

        ``above``: the parent's style. ``stands``: whether first and last, and after what.
        ``counted``: whether what is new here stays; places inside a size go with the size.
        """
        asked = [(key, said) for key, said in element.items() if key not in _UNASKED]
        key = (element.tag, *stands, *asked)
        place = places.get(key)
        if place is None:
            place = places[key] = self.found_out(element, above)
            self.known.count += counted
        size = element.get("style")
        own = self.with_size(place, size, above) if size else place
        self.found[element, None] = own.style
        # What a size says of itself alone, the elements inside do not hear of.
        inside = own if own.inside is not place.inside else place
        counted = counted and inside is place
        before, last = None, len(element) - 1
        for n, child in enumerate(element):
            self.visit(
                child, inside.style, inside.inside, (n == 0, n == last, before), counted=counted
            )
            before = (child.tag, child.get("class"))

    def found_out(self, element: Element, above: Any) -> PagePlace:
        """Try all rules on an element, as the original does."""
        if element.tag == "a" or element.get("id"):
            raise _BeyondUsError("an anchor")
        self.wrappers = self.wrappers or {
            each.etree_element: each for each in self.html.wrapper_element.iter_subtree()
        }
        cascaded: _Cascaded = {}
        bare = Element(element.tag, {k: v for k, v in element.items() if k != "style"})
        for specificity, _, said, _ in find_style_attributes(bare):
            _add(cascaded, preprocess_declarations(None, said), "author", specificity)
        for specificity, _, pseudo, (said, layer) in self.sheet.matcher.match(
            self.wrappers[element]
        ):
            if pseudo or layer is not None:
                raise _BeyondUsError("a part of an element, or a layer")
            _add(cascaded, said, "user", specificity)
        return PagePlace(self.style_of(above, cascaded), cascaded)

    def with_size(self, place: PagePlace, size: str, above: Any) -> PagePlace:
        """The same place with declarations of its own."""
        own = self.known.sized.get((place, size))
        if own is None:
            ((specificity, _, written, _),) = find_style_attributes(Element("p", {"style": size}))
            said = list(preprocess_declarations(None, written))
            cascaded = dict(place.cascaded)
            _add(cascaded, said, "author", specificity)
            own = PagePlace(self.style_of(above, cascaded), cascaded)
            if not any(name in INHERITED for name, *_ in said):
                own.inside = place.inside
            self.known.sized[place, size] = own
        return own

    def style_of(self, above: Any, cascaded: _Cascaded) -> Any:
        fonts = self.known.fonts
        root = InitialStyle(fonts) if above is None else self.found[self.html.etree_element, None]
        sizes = self.styles.initial_page_sizes
        return settled(ComputedStyle(above, cascaded, None, root, None, fonts, sizes))


def _add(cascaded: _Cascaded, said: Iterable[Any], origin: str, specificity: Any) -> None:
    """Declarations that win over those that are there."""
    for name, values, importance in said:
        weight = (css.declaration_precedence(origin, importance), float("inf"), specificity)
        old = cascaded.get(name)
        if old is None or old[1] <= weight:
            cascaded[name] = values, weight
