"""How near what is asked is to the name of an entry, of all entries at once. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from programs.exercises.search.bits import Bits, bits_of
from programs.exercises.search.meanings import Phrase

THE_NAME, A_NAME, BEGINS, LIES_IN, FIRST_WORD = 40, 30, 12, 8, 5
"""What is added (0-40) where the whole query is a name, or starts or lies in the first one."""
ASKED_KEPT: Final = 512
_END: Final = "\n"


class Nearness(NamedTuple):
    """Entries that what is asked is equally near to, and what is added for that."""

    more: int
    entries: Bits


class Names:
    """The names of every entry, the entry's own first; read once."""

    def __init__(self, told: Iterable[tuple[Phrase, ...]]) -> None:
        self._own: list[str] = []
        self._called: dict[str, list[int]] = {}
        self._beginning: dict[str, list[int]] = {}
        for at, names in enumerate(told):
            self._own.append(" ".join(names[0]))
            for name in dict.fromkeys(" ".join(name) for name in names):
                self._called.setdefault(name, []).append(at)
            for word in {name[0] for name in names if name}:
                self._beginning.setdefault(word, []).append(at)
        self._all = _END.join(("", *self._own, ""))
        self.steps = lru_cache(ASKED_KEPT)(self._steps)
        """Near to far, without those that it is not near to; no entry is in two of them.

        ``same``: it is what was typed; what that may mean only begins a name by chance.
        """

    def _steps(self, asked: str, same: bool) -> tuple[Nearness, ...]:
        called = self._called.get(asked, [])
        first = self._beginning.get(asked, []) if same else []
        own, begins, within = self._in_own(asked)
        steps, known = [], 0
        for more, places in (
            (THE_NAME, own),
            (A_NAME, called),
            (BEGINS, begins),
            (LIES_IN, within),
            (FIRST_WORD, first),
        ):
            entries = bits_of(places) & ~known
            if entries:
                steps.append(Nearness(more, entries))
                known |= entries
        return tuple(steps)

    def _in_own(self, asked: str) -> tuple[list[int], list[int], list[int]]:
        """Entries whose own name is what is asked, begins so, and has it within."""
        if asked not in self._all:
            return [], [], []
        within = [at for at, name in enumerate(self._own) if asked in name]
        begins = [at for at in within if self._own[at].startswith(asked)]
        return [at for at in begins if self._own[at] == asked], begins, within
