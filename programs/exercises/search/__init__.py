"""Finding an exercise by what somebody types. Pure.

``normal`` brings words into one form, ``meanings`` knows which phrases say the same, ``spelling``
which words are slips, ``fit`` how well an entry answers, ``negation`` what a query leaves out,
``postings`` which words the catalogue has and ``exact`` which whole phrases, ``slips`` which of the
words somebody may have meant, ``reading`` how a query can be read, ``scoring`` how well all entries
fit one reading, ``hits`` is the answer, and ``index`` finds and ranks.
"""

from programs.exercises.search.entries import search_entries, search_entry
from programs.exercises.search.fit import STOP_WORDS, Match, SearchEntry
from programs.exercises.search.hits import Hit, Hits
from programs.exercises.search.index import LONGEST_QUERY, MOST_QUERY_WORDS, SearchIndex
from programs.exercises.search.normal import words

__all__ = [
    "LONGEST_QUERY",
    "MOST_QUERY_WORDS",
    "STOP_WORDS",
    "Hit",
    "Hits",
    "Match",
    "SearchEntry",
    "SearchIndex",
    "search_entries",
    "search_entry",
    "words",
]
