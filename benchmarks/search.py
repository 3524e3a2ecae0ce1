"""The catalogue search alone: ranking for what is typed, over a large catalogue."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from statistics import median

from benchmarks import synthetic
from benchmarks.measure import Result
from programs.exercises.catalogue_files import built_in
from programs.exercises.search.entries import search_entry
from programs.exercises.search.index import SearchIndex

QUERIES = ("hamstirng", "QL", "lat strech", "low back", "s", "tummy", "zzzzqq")
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "ni",
    "ru",
    "sta",
    "tri",
    "vel",
    "wan",
    "zo",
    "kin",
]
MADE_UP_WORDS = 4000
"""A catalogue of this size has words that this project's own does not have."""
MOST = 50


def measure(runs: int) -> list[Result]:
    """Milliseconds of processor time; of each query the least, since other work only adds."""
    index = _index()
    each = [min(_took(index, query) for _ in range(runs)) for query in QUERIES]
    what = f"search index, {synthetic.EXERCISES:,} exercises"
    return [Result(what, round(median(each), 2), "ms", "< 10")]


def _took(index: SearchIndex[str], query: str) -> float:
    index.forget()
    started = time.process_time()
    index.search(query, MOST)
    return (time.process_time() - started) * 1000


def _index() -> SearchIndex[str]:
    chance = random.Random(synthetic.SEED)
    made_up = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(MADE_UP_WORDS)]
    shipped = [search_entry(definition) for definition in built_in().definitions.values()]
    entries = chance.choices(shipped, k=synthetic.EXERCISES)
    return SearchIndex(
        replace(
            entry,
            name=f"{entry.name} {chance.choice(made_up)}",
            aliases=[*entry.aliases, chance.choice(made_up)],
        )
        for entry in entries
    )
