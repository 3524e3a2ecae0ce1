"""Fonts, and computed styles that outlive the page they were computed for.

All handouts have the same style sheets and much the same elements: the styles of one serve the
next, and what was worked out for a style, such as how a text breaks in it, is found again.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from functools import cache
from typing import Any, Final

from cachetools import LRUCache
from weasyprint.text.fonts import FontConfiguration

_MOST_KEPT: Final = 1000
"""Styles of a process, some 5 kB each; a handout has about 250, most of them in every handout."""
_kept: Final[LRUCache[Hashable, Any]] = LRUCache(_MOST_KEPT)
_lock: Final = threading.Lock()


@cache
def fonts() -> FontConfiguration:
    """The fonts of this machine as the handouts use them."""
    return FontConfiguration()


def settled(style: Any) -> Any:
    """The kept style that equals this one, else this one, which is kept.

    Only styles whose parent and whose rules are the very same are the same style. The parent must
    be settled already. A style holds declarations of our style sheets and what an element inherits,
    and nothing of what stands in it.
    """
    with _lock:
        return _kept.setdefault(_identity(style), style)


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
