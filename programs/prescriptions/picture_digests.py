"""Pictures of a stored prescription in another place, named there by what they are.

Pure. A drawing, a drawn movement or a logo is the same text in hundreds of versions. What is
stored names it by its SHA-256 (``sha256:9f86…``), which no such text begins with. Photographs
have rows of their own for each version (``photograph_digests``): they may show the patient, and
have to go when the patient's record does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

_MARK: Final = "sha256:"
_SHORTEST: Final = 256
"""Characters from which on a name in another table takes less room than the picture itself."""
_PICTURES: Final = frozenset({"motion", "figures", "logo_png"})
_Change = Callable[[str], str]


def taken_apart(payload: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The stored form with names in the place of pictures, and the pictures by their digests."""
    found: dict[str, str] = {}

    def name(picture: str) -> str:
        if len(picture) < _SHORTEST:
            return picture
        digest = hashlib.sha256(picture.encode()).hexdigest()
        found[digest] = picture
        return _MARK + digest

    return _changed(payload, name), found


def put_together(payload: Mapping[str, Any], pictures: Mapping[str, str]) -> dict[str, Any]:
    """The stored form as it was issued; raises ``KeyError`` where a picture is not there."""
    return _changed(payload, lambda text: pictures[_digest(text)] if _digest(text) else text)


def digests_in(payload: Mapping[str, Any]) -> set[str]:
    """The pictures that are named in a stored form."""
    found: set[str] = set()

    def note(text: str) -> str:
        found.add(_digest(text))
        return text

    _changed(payload, note)
    return found - {""}


def without_pictures(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The stored form with its words alone."""
    out = dict(payload)
    if "items" in out:
        out["items"] = _each(out["items"], _bare)
    if "practice" in out:
        out["practice"] = _bare(out["practice"])
    return out


def _digest(text: str) -> str:
    """What a name names; empty where the picture itself stands."""
    return text.removeprefix(_MARK) if text.startswith(_MARK) else ""


def _changed(payload: Mapping[str, Any], change: _Change) -> dict[str, Any]:
    """A copy with every picture changed; what has no such shape is left to whoever reads it."""
    out = dict(payload)
    if "items" in out:
        out["items"] = _each(out["items"], lambda item: _item(item, change))
    if "practice" in out:
        out["practice"] = _field(out["practice"], "logo_png", change)
    return out


def _item(item: Any, change: _Change) -> Any:
    if not isinstance(item, dict):
        return item
    out: dict[str, Any] = _field(item, "motion", change)
    if "figures" in out:
        out["figures"] = _each(out["figures"], lambda figure: _field(figure, "svg", change))
    return out


def _field(data: Any, name: str, change: _Change) -> Any:
    text = data.get(name) if isinstance(data, dict) else None
    return {**data, name: change(text)} if isinstance(text, str) and text else data


def _bare(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    return {key: value for key, value in data.items() if key not in _PICTURES}


def _each(values: Any, change: Callable[[Any], Any]) -> Any:
    return [change(value) for value in values] if isinstance(values, list) else values
