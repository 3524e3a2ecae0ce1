"""One form for all the ways to write a name: laws over made names, and examples by hand."""

import re
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from patients.identity import names
from patients.identity.likeness import near, ranked
from tests.every_row import every

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORD = st.text(st.sampled_from(LETTERS), min_size=2, max_size=8).filter(
    lambda word: word not in {"mr", "ms", "mx", "dr", "mrs", "miss", "prof"}
)
NAME = st.lists(WORD, min_size=1, max_size=4)
PARTED = ["-", " ", "‐", "–", "  ", "\u00a0", " - ", "\u2009"]
JOINED = ["", "'", "’", "ʼ", "`", "´", "\u200b", "\u00ad", "\u200e", "\u2060"]
ACCENTS = {"a": "àåäã", "c": "ç", "e": "éè", "i": "ıİï", "l": "ł", "o": "øöő", "s": "š", "z": "ż"}


@every(
    ("written", "folded"),
    [
        ("  Łukasz   ÆGIR\tStraße ", "lukasz aegir strasse"),
        ("O’Brien", "obrien"),
        ("D´Arcy-Jones", "darcy jones"),
        ("Gal·la", "galla"),
        ("İSTANBUL ısparta", "istanbul isparta"),
        ("Þórr Guðrún Đặng", "thorr gudrun dang"),
        ("Dr. Ann Lee", "ann lee"),
        ("Lee, Ann (Prof.)", "lee ann"),
        ("Dr", "dr"),
        ("J.R. Smith", "j r smith"),
        ("ﬁona Ⅳ", "fiona iv"),
        ("مُحَمَّد", "محمد"),
        ("नमिता", "नमिता"),
        ("李小龙", "李小龙"),
        ("\u200b", ""),
        ("—", ""),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert names.fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = names.fold(text)
    assert names.fold(once) == once


@given(st.data(), NAME)
def test_a_name_is_the_same_however_it_is_written(data: st.DataObject, words: list[str]) -> None:
    """Order, capitals, accents, signs nobody sees, and words joined or parted."""
    written = ""
    for number, word in enumerate(data.draw(st.permutations(words))):
        between = data.draw(st.sampled_from([*PARTED, *JOINED])) if number else ""
        marked = "".join(
            data.draw(st.sampled_from([c, c.upper(), *ACCENTS.get(c, "")])) for c in word
        )
        written += between + marked
    assert names.same(names.fold(written), names.fold(" ".join(words)))


@given(NAME, NAME)
def test_what_is_the_same_has_the_same_key_both_ways(one: list[str], other: list[str]) -> None:
    mine, theirs = " ".join(one), " ".join(other)
    assert names.same(mine, theirs) == names.same(theirs, mine)
    if names.same(mine, theirs):
        assert names.key(mine) == names.key(theirs)
    joined = {"".join(order) for order in permutations(one)}
    assert names.same(mine, theirs) == bool(joined & {"".join(o) for o in permutations(other)})


@given(st.data(), NAME)
def test_a_name_is_found_by_each_of_its_spellings(data: st.DataObject, words: list[str]) -> None:
    recorded = data.draw(st.sampled_from(PARTED)).join(words)
    joined = "".join(words)
    for typed in (joined, " ".join(words), joined[: len(words[0]) + 1], words[-1]):
        held = names.fold(recorded)
        assert all(re.search(names.pattern(part), held) for part in names.fold(typed).split())


@given(st.text(min_size=1), st.text())
def test_a_pattern_is_never_broken(word: str, name: str) -> None:
    for part in names.fold(word).split():
        assert re.search(names.pattern(part), names.fold(f"{word} {name}"))


@every(
    ("one", "other", "same"),
    [
        ("anne marie lee", "lee annemarie", True),
        ("omar al sayed", "alsayed omar", True),
        ("van der berg", "vanderberg", True),
        ("ann lee", "lee ann", True),
        ("ann lee", "ann leigh", False),
        ("ann lee", "nan lee", False),
        ("lee", "ann lee", False),
        ("a b c d e f g h i", "abcdefghi", False),
        ("a b c d e f g h i", "i h g f e d c b a", True),
    ],
)
def test_same(one: str, other: str, same: bool) -> None:
    assert names.same(one, other) is same


@every(
    ("one", "other", "is_near"),
    [
        ("ann lee", "anne lee", True),
        ("ann lee", "ann marie lee", True),
        ("annemarie smith", "anne marie smyth", True),
        ("j smith", "john smith", True),
        ("lee", "ann lee", True),
        ("mueller karl", "karl muller", True),
        ("ann smith", "john smith", False),
        ("ann lee", "ann smith", False),
        ("", "ann lee", False),
    ],
)
def test_near(one: str, other: str, is_near: bool) -> None:
    assert (near(one, other), near(other, one)) == (is_near, is_near)


def test_the_worst_word_decides() -> None:
    assert ranked("john smyth", [(1, "john smith"), (2, "john baker")]) == [1]
