"""Rules found by what somebody types: a number, words, a part of the body, a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Lock

from cachetools import LRUCache, cached

from patients.vocabulary import CASE_REGIONS, CONDITIONS, SURGERIES
from programs.exercises.case_test_words import case_words
from programs.exercises.exercise_test_words import exercise_words
from programs.exercises.library import Library
from programs.exercises.rulebook.wording import LEVEL_LABELS, evidence_of, sources_of
from programs.exercises.rules_document import VERDICT_WORDS
from programs.exercises.search.normal import words
from programs.rules.book import Clause, RuleDefinition

LONGEST_ASKED = 100
"""Characters of a query that are read."""
_KEPT = 4
_Words = dict[str, tuple[frozenset[str], frozenset[str]]]


def find_rules(library: Library, asked: str) -> list[RuleDefinition]:
    """The rules in which every word of ``asked`` begins a word; those called so come first."""
    wanted = words(asked[:LONGEST_ASKED])
    if not wanted:
        return list(library.written.values())
    known = _words(library)
    found = [code for code in library.written if _all_in(wanted, known[code][1])]
    found.sort(key=lambda code: not _all_in(wanted, known[code][0]))
    return [library.written[code] for code in found]


def _all_in(wanted: Iterable[str], there: frozenset[str]) -> bool:
    return all(any(word.startswith(begun) for word in there) for begun in wanted)


@cached(LRUCache(_KEPT), key=lambda library: library, lock=Lock())
def _words(library: Library) -> _Words:
    """Rule → the words it is called by, and all of its words."""
    out: _Words = {}
    for rule in library.written.values():
        called = frozenset(words(f"{rule.id} {rule.id.replace('-', '')} {rule.title}"))
        out[rule.id] = called, called | frozenset(words(" ".join(_texts(library, rule))))
    return out


def _texts(library: Library, rule: RuleDefinition) -> Iterator[str]:
    yield from (LEVEL_LABELS[rule.level], rule.source, rule.item)
    yield from (sources_of(library, rule), evidence_of(rule))
    for clause in rule.clauses:
        yield from (VERDICT_WORDS[clause.verdict], clause.reason, clause.patient, clause.arm)
        yield from (clause.modification, case_words(clause.case), exercise_words(clause.exercise))
        yield from _regions(clause)
        for other in clause.words:
            yield from (other.reason, other.patient, other.modification)


def _regions(clause: Clause) -> Iterator[str]:
    """Where the conditions and operations that it asks about belong."""
    for code in clause.codes:
        found = CONDITIONS.get(code) or SURGERIES.get(code)
        if found is not None:
            yield CASE_REGIONS[found.region]
