"""Room for calls: what a request calls stands in one piece of memory.

CPython 3.11 keeps the frames of functions in pieces of 16 kB, takes a piece from the system
when a call does not fit into the last one, and gives it back when that call ends. Where a loop
happens to call across such an end, every single call costs two system calls and an empty page: a
sixth of the time of a page of ours, more or less by how deep it calls. A frame that is larger than
a piece gets one of its own, twice as large, and all that is called from it fits into the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")

SLOTS: Final = 70_000
"""Size of the frame, 8 bytes each: its piece is a megabyte, and leaves room for some 60,000."""


def with_room(call: Callable[_P, _R]) -> Callable[_P, _R]:
    """The same callable; what it calls in turn seldom asks the system for memory to call in."""

    def in_one_piece(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        return call(*args, **kwargs)

    in_one_piece.__code__ = in_one_piece.__code__.replace(co_stacksize=SLOTS)
    return wraps(call)(in_one_piece)
