"""Numbers and words of a PDF as bytes, the commonest kinds first."""

from __future__ import annotations

from typing import Any

import pydyf

from programs.prescriptions.handout.press.instead import instead_of

_written_afresh = pydyf._to_bytes


@instead_of(pydyf, "_to_bytes")
def to_bytes(item: Any) -> bytes:
    """A thing as it stands in the file."""
    kind = type(item)
    if kind is str:
        return item.encode("ascii")
    if kind is bytes:
        return item
    if kind is int:
        return b"%d" % item
    if kind is float:
        whole = int(item)
        if whole == item:
            return b"%d" % whole
        return f"{item:f}".rstrip("0").encode("ascii")
    return _written_afresh(item)


def dictionary(self: Any) -> bytes:
    """A dictionary as it stands in the file."""
    parts = [b"/" + to_bytes(key) + b" " + to_bytes(value) for key, value in self.items()]
    return b"<<" + b"".join(parts) + b">>"


def array(self: Any) -> bytes:
    """A list as it stands in the file."""
    return b"[" + b" ".join([to_bytes(child) for child in self]) + b"]"


instead_of(pydyf.Dictionary, "data")(property(dictionary))
instead_of(pydyf.Array, "data")(property(array))
