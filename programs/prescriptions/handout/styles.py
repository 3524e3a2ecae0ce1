"""Fonts, and computed styles that outlive the page they were computed for.

WeasyPrint works out what every rule comes to for every element and property, and throws it away
with the page. All handouts have the same style sheets and much the same elements: the styles of
one serve the next. Only styles whose parent and whose rules are the very same are the same style.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from functools import cache
from typing import Any, Final

from cachetools import LRUCache
from weasyprint import Document
from weasyprint.layout import LayoutContext
from weasyprint.text.fonts import FontConfiguration

_MOST_KEPT: Final = 2000
"""Styles of a process, some 5 kB each; a handout has about 250, most of them in every handout."""
_kept: Final[LRUCache[Hashable, Any]] = LRUCache(_MOST_KEPT)
_lock: Final = threading.Lock()


@cache
def fonts() -> FontConfiguration:
    """The fonts of this machine as the handouts use them."""
    return FontConfiguration()


class Settled(Document):
    """A document whose elements take up the styles of earlier documents."""

    @classmethod
    def _build_layout_context(cls, *arguments: Any) -> LayoutContext:
        context = super()._build_layout_context(*arguments)
        _share(context.style_for.get_computed_styles())
        return context


def _share(styles: dict[Any, Any]) -> None:
    """Put the kept style in the place of each that equals it; keep the others.

    Parents stand before their children, so that a child finds its parent settled. A style holds
    declarations of our style sheets and what an element inherits, and nothing of what stands in
    it: pages of two practices may share one.
    """
    settled: dict[int, Any] = {}
    with _lock:
        for key, style in styles.items():
            if id(style) not in settled:
                if style.parent_style is not None:
                    style.parent_style = settled[id(style.parent_style)]
                settled[id(style)] = _kept.setdefault(_identity(style), style)
            styles[key] = settled[id(style)]


def _identity(style: Any) -> Hashable:
    """What makes a style what it is: its parent and the declarations that won.

    Declarations are compared by what they say where that can be hashed, else by which object of
    a style sheet they are: sheets are parsed once, and live as long as the process.
    """
    won = [(name, _hashable(value), weight) for name, (value, weight) in style.cascaded.items()]
    return id(style.parent_style), frozenset(won)


def _hashable(value: Any) -> Hashable:
    try:
        hash(value)
    except TypeError:
        return id(value)
    return value
