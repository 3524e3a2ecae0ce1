"""Parts of WeasyPrint and pydyf whose place ours take, for as long as the process lives.

Both leave no door for what costs most: small functions that every box and every letter goes
through. Ours come to the same result, byte for byte, and ask the original wherever a page holds
more than a handout does. A test prints with and without them and compares; another holds each
original to the digest of what was read (docs/adr/0007).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Final, NamedTuple

LIBRARIES: Final = ("weasyprint", "pydyf")


class _Part(NamedTuple):
    owner: Any
    name: str
    original: Any
    ours: Any
    mends: bool


_parts: Final[list[_Part]] = []


def instead_of(owner: Any, name: str, *, mends: bool = False) -> Callable[[Any], Any]:
    """Put what is decorated in the place of the function or property ``name`` of a module or class.

    Whoever has imported the original by name gets ours as well. ``mends``: it is not quicker but
    right, and stays whatever happens.
    """

    def place(ours: Any) -> Any:
        _parts.append(_Part(owner, name, vars(owner)[name], ours, mends))
        return ours

    return place


def replaced() -> dict[str, Any]:
    """Each original by its place."""
    return {f"{part.owner.__name__}.{part.name}": part.original for part in _parts}


def put_in() -> None:
    """Let ours do the work."""
    for part in _parts:
        _swap(part.owner, part.name, part.original, part.ours)


def take_out() -> None:
    """Let the originals do it again, but for those that were mended."""
    for part in _parts:
        if not part.mends:
            _swap(part.owner, part.name, part.ours, part.original)


def _swap(owner: Any, name: str, old: Any, new: Any) -> None:
    setattr(owner, name, new)
    if isinstance(owner, type):
        return
    for place, module in list(sys.modules.items()):
        if place.partition(".")[0] in LIBRARIES:
            for key, value in list(vars(module).items()):
                if value is old:
                    setattr(module, key, new)
