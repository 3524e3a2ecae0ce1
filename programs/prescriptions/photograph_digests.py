"""Photographs of a stored prescription in rows of their own, named there by what they are.

Pure. A photograph is kept once for each version that shows it, as bytes; what is stored names it
by its SHA-256 (``photo:9f86…``), which no Base64 begins with. Its row hangs on the version, so
that it goes when the patient's record does: it may show the patient.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

_MARK: Final = "photo:"
_SHORTEST: Final = 256
"""Characters from which on a name takes less room than the photograph itself."""
_Change = Callable[[str, str], str]


class Photograph(NamedTuple):
    """What a photograph is: its bytes and their media type."""

    content: bytes
    content_type: str


def taken_out(payload: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Photograph]]:
    """The stored form with names in the place of photographs, and these by their digests."""
    found: dict[str, Photograph] = {}

    def name(text: str, content_type: str) -> str:
        content = _content(text) if len(text) >= _SHORTEST else None
        if content is None:
            return text
        digest = hashlib.sha256(content).hexdigest()
        found[digest] = Photograph(content, content_type)
        return _MARK + digest

    return _changed(payload, name), found


def put_in(payload: Mapping[str, Any], photographs: Mapping[str, bytes]) -> dict[str, Any]:
    """The stored form as it was issued; raises ``KeyError`` where a photograph is not there."""

    def back(text: str, _: str) -> str:
        digest = digest_named(text)
        return base64.b64encode(photographs[digest]).decode("ascii") if digest else text

    return _changed(payload, back)


def digests_named(payload: Mapping[str, Any]) -> set[str]:
    """The photographs that are named in a stored form."""
    found: set[str] = set()

    def note(text: str, _: str) -> str:
        found.add(digest_named(text))
        return text

    _changed(payload, note)
    return found - {""}


def digest_named(text: str) -> str:
    """Which photograph a text names; empty where it is none, or the photograph itself."""
    return text.removeprefix(_MARK) if text.startswith(_MARK) else ""


def _content(text: str) -> bytes | None:
    """The bytes of a photograph; None where the very text would not come back from them."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if base64.b64encode(content).decode("ascii") == text else None


def _changed(payload: Mapping[str, Any], change: _Change) -> dict[str, Any]:
    """A copy with every photograph changed; what has no such shape is left to whoever reads it."""
    out = dict(payload)
    if isinstance(out.get("items"), list):
        out["items"] = [_item(item, change) for item in out["items"]]
    return out


def _item(item: Any, change: _Change) -> Any:
    figures = item.get("figures") if isinstance(item, dict) else None
    if not isinstance(figures, list):
        return item
    return {**item, "figures": [_figure(figure, change) for figure in figures]}


def _figure(figure: Any, change: _Change) -> Any:
    text = figure.get("image") if isinstance(figure, dict) else None
    if not isinstance(text, str) or not text:
        return figure
    return {**figure, "image": change(text, str(figure.get("image_type", "")))}
