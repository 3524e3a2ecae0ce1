"""Cards of the results, kept as they are written.

A card says what the catalogue and the rules say, and nothing of a patient: it is the same with each
word that is typed, and for the next patient with the same findings. Only addresses differ from
program to program; they are put in last.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Final

from cachetools import LRUCache
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from programs.builder.results import Found
from programs.exercises.definition import Definition
from programs.exercises.pictures.links import Pictures

_KEPT: Final = 512
"""Cards that a process keeps, some 5 kB each."""
_PLACES: Final = {name: f"@{name}@" for name in ("program", "add", "screen", "entries")}
"""What stands for an address until it is known, by its name in ``search_pane.urls_of``."""
_cards: Final[LRUCache[tuple[object, ...], tuple[Definition, str]]] = LRUCache(_KEPT)
_lock: Final = threading.Lock()


def card_html(found: Found, pictures: Pictures | None, urls: Mapping[str, str]) -> SafeString:
    """The card of one entry, with the addresses of one program."""
    # An entry is known by being the same object, which the card keeps alive: comparing its whole
    # content would take as long as writing the card.
    key = (id(found.definition), found.pk, found.choices, found.home_unknown, pictures)
    with _lock:
        kept = _cards.get(key)
    if kept is None:
        kept = found.definition, _written(found, pictures)
        with _lock:
            _cards[key] = kept
    html = kept[1]
    for name, place in _PLACES.items():
        html = html.replace(place, conditional_escape(urls[name]))
    return mark_safe(html)  # noqa: S308 - written by templates, and addresses escaped


def forget() -> None:
    """Forget the cards that are kept, to see what writing them takes."""
    with _lock:
        _cards.clear()


def _written(found: Found, pictures: Pictures | None) -> str:
    shown = {(found.pk, found.best.side): pictures} if pictures else {}
    context = {"found": found, "pictures": shown, "urls": _PLACES}
    if found.closed:
        return render_to_string("programs/builder/_closed.html", context)
    return render_to_string("programs/builder/_result.html", context)
