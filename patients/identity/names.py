"""A name as it is compared: one form for all the ways in which people write it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

SEARCHED = 450
"""Characters of a folded name that are kept and compared; folding can lengthen a name."""

_APOSTROPHES = "'`´‘’‚‛′‵ʹʻʼʽʾʿˈˊˋ՚׳ꞌ＇｀᾽᾿῾·‧•ᐧ"
"""Written inside a name, or left out: O’Brien, OʼBrien, Obrien; and the dot of Gal·la."""
_SPELLED_OUT = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe",
        "þ": "th", "ı": "i", "ȷ": "j", "ĸ": "k", "ŋ": "n", "ə": "e",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, as they are written without the sign."""
_TITLES = frozenset(["mr", "mrs", "ms", "mx", "miss", "dr", "prof", "professor"])
_LEFT_OUT = frozenset({"Cc", "Cf", "Cs"})
"""Signs nobody sees: direction marks, soft hyphens, joiners, half characters."""
_BETWEEN = frozenset({"Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Zl", "Zp", "Zs"})
_MOST_WORDS = 8


def fold(text: str) -> str:
    """The words of a name: lower case, without accents, apostrophes and titles, one space between.

    Hyphens and other punctuation part words. A title goes where something stands beside it.
    """
    words = "".join(map(_folded, _plain(text))).split()
    return " ".join([word for word in words if word not in _TITLES] or words)


def key(folded: str) -> str:
    """The letters of a folded name in the order of the alphabet.

    The same however its words are ordered, joined or parted, so that equal keys find every name
    that ``same`` may accept. Others may have the key as well.
    """
    return "".join(sorted(folded.replace(" ", "")))


def same(one: str, other: str) -> bool:
    """Whether two folded names are one, in any order of words: anne marie lee, lee annemarie."""
    if key(one) != key(other):
        return False
    mine, theirs = sorted(one.split()), sorted(other.split())
    if mine == theirs:
        return True
    if max(len(mine), len(theirs)) > _MOST_WORDS:
        return False
    return _spells(tuple(mine), tuple(theirs), "")


def pattern(word: str) -> str:
    """A regular expression that finds a folded word in a folded name.

    Inside a word, or from the start of one on over the next: ``obrien`` is found in ``o brien``.
    Letters and digits only, so that Python and PostgreSQL read it alike.
    """
    inside = "".join(map(_escaped, word))
    across = " ?".join(map(_escaped, word))
    return f"{inside}|(^| ){across}"


def _plain(text: str) -> str:
    """Letters without their marks. Twice, because taking letters apart can bring capitals."""
    kept = "".join(char for char in text if char not in _APOSTROPHES)
    for _ in range(2):
        apart = unicodedata.normalize("NFKD", kept.casefold()).translate(_SPELLED_OUT)
        kept = "".join(c for c in apart if not unicodedata.combining(c) and c not in _APOSTROPHES)
    return kept


def _folded(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in _BETWEEN or char.isspace() or char == "−":
        return " "
    return "" if kind in _LEFT_OUT else char


def _escaped(char: str) -> str:
    return char if char.isalnum() else f"\\{char}" if char.isascii() else f"[{char}]"


@lru_cache(maxsize=1024)
def _spells(mine: tuple[str, ...], theirs: tuple[str, ...], ahead: str) -> bool:
    """Whether ``mine`` can be put in a row that says ``ahead`` and then ``theirs``."""
    if not ahead:
        if not mine and not theirs:
            return True
        return any(_spells(mine, _without(theirs, word), word) for word in set(theirs))
    for word in set(mine):
        rest = _without(mine, word)
        if ahead.startswith(word) and _spells(rest, theirs, ahead[len(word) :]):
            return True
        # My word is the longer one: now theirs have to say what it says beyond.
        if word.startswith(ahead) and _spells(theirs, rest, word[len(ahead) :]):
            return True
    return False


def _without(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    at = words.index(word)
    return words[:at] + words[at + 1 :]
