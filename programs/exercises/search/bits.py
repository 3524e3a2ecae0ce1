"""Sets of entries as the bits of one whole number, the first entry the lowest bit. Pure.

A wide query fits thousands of entries; as bits they are compared and joined all at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import compress
from typing import Final, TypeVar

Bits = int
"""A set of entries by their places."""
FEW: Final = 48
"""Up to so many are handled one by one, which is quicker for a few."""
_ONE: Final = ord("1")
_ON: Final = bytes.maketrans(b"01", b"\x00\x01")
T = TypeVar("T")


def bits_of(places: Collection[int]) -> Bits:
    """The set of these places; one may be named twice."""
    if len(places) <= FEW:
        found = 0
        for at in places:
            found |= 1 << at
        return found
    last = max(places)
    digits = bytearray(b"0") * (last + 1)
    for at in places:
        digits[last - at] = _ONE
    return int(digits, 2)


def picked(things: Sequence[T], bits: Bits) -> list[T]:
    """Those of all entries' things that belong to the set, in the order of their places."""
    if bits.bit_count() <= FEW:
        return [things[at] for at in _one_by_one(bits)]
    return list(compress(things, f"{bits:b}"[::-1].encode().translate(_ON)))


def _one_by_one(bits: Bits) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
