"""Finding an exercise by what somebody types. Pure.

``normal`` brings words into one form, ``meanings`` knows which phrases say the same, ``spelling``
which words are slips, ``fit`` the texts of an entry as phrases, ``negation`` what a query leaves
out. ``bits`` are sets of entries; ``postings`` knows which words the catalogue has, ``texts`` which
of them stand together, ``exact`` the whole phrases, ``closeness`` how near a name is, ``slips``
which word somebody may have meant. ``reading`` is how a query can be read, ``instead`` what is
asked where nothing answers, ``scoring`` how well all entries fit one reading, ``hits`` the answer,
and ``index`` finds and ranks.
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
