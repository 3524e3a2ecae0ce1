"""The order of a run by several workers: what takes long is begun first.

Each worker is given an equal part of the tests in their order, and whoever is done takes over half
of what another has left. What is long and begun last keeps one busy while the others wait.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")


def long_first(
    items: Sequence[T], is_long: Callable[[T], bool], file_of: Callable[[T], object], workers: int
) -> list[T]:
    """The same items: long ones at the start of each worker's part, a file's together.

    The files with long ones are dealt out in turn; but for that the order stays.
    """
    files = [list(some) for _, some in groupby(filter(is_long, items), key=file_of)]
    rest = [item for item in items if not is_long(item)]
    dealt = [[item for file in files[n::workers] for item in file] for n in range(workers)]
    ordered: list[T] = []
    for n, long in enumerate(dealt):
        # Where this part ends, as the items are shared out; the last one takes what is left.
        end = len(items) if n == workers - 1 else len(items) * (n + 1) // workers
        short = max(0, end - len(ordered) - len(long))
        ordered += long + rest[:short]
        del rest[:short]
    return ordered + rest
