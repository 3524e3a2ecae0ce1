"""What a query leaves out: *hip without a band*, *no floor core*. Pure."""

from __future__ import annotations

from typing import Final

from programs.exercises.search.fit import STOP_WORDS
from programs.exercises.search.meanings import Phrase

_THE_REST: Final = "without"
_THE_NEXT: Final = frozenset({"no", "not"})
NEGATIONS: Final = frozenset({_THE_REST}) | _THE_NEXT


def split(typed: Phrase) -> tuple[Phrase, Phrase]:
    """What is asked for, and the words that must not be; the second is empty without a negation.

    *Without* speaks of all that follows, or of one word where it comes first; *no* of one word.
    """
    for at, word in enumerate(typed[:-1]):
        if word in NEGATIONS:
            before = typed[:at]
            after = tuple(w for w in typed[at + 1 :] if w not in STOP_WORDS)
            if word == _THE_REST and before:
                return before, after
            return (*before, *after[1:]), after[:1]
    return typed, ()
