"""Which patients have a word in their name, one like it, or a number that ends so.

Only rows of ``patients.models.finding`` are asked here, by equality, so that the cost follows what
is found and not how many patients a practice has. What is found is looked at again by whoever asks.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable
from functools import reduce
from typing import Any, Final

from cachetools import cachedmethod
from django.contrib.postgres.aggregates import StringAgg
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from patients.identity import names, phones
from patients.identity.likeness import lengths_like, like, meant
from patients.models.finding import NameWord, PatientKey

MOST_HOLDING: Final = 200
"""A part of a name that stands in more words than these is in every other name: no index helps."""
_NAME, _NUMBER = "n:", "p:"
_HOLDING: Final = """
(SELECT %s::int, word FROM patients_nameword
 WHERE practice_id = %s AND (strpos(word, %s) > 0 OR word = ANY (%s::text[])) LIMIT %s)
"""
"""Words in which one stands, and those that are its beginning."""


class Keys:
    """What the patients of one practice are found by; each thing is looked up once."""

    def __init__(self, practice: Any) -> None:
        """``practice``: whose patients."""
        self.practice = practice
        self._named: dict[Any, Q] = {}
        self._near: dict[Any, Q] = {}
        self._holding: dict[str, list[str]] = {}

    def look_up(self, words: Iterable[str]) -> None:
        """Look up all these folded words together, with one query, for ``named``."""
        wanted = [word for word in dict.fromkeys(words) if word not in self._holding]
        if not wanted:
            return
        asked: list[Any] = []
        for n, word in enumerate(wanted):
            # Written over several words, the first of them is whole.
            starts = [word[:end] for end in range(1, len(word))]
            most = MOST_HOLDING + len(starts) + 1
            asked += [n, self.practice.pk, word, starts, most]
            self._holding[word] = []
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([_HOLDING] * len(wanted)), asked)
            for n, known in cursor.fetchall():
                self._holding[wanted[n]].append(known)

    def is_strange(self, words: Iterable[str]) -> bool:
        """Whether one of these folded words can stand in no name, which is known without a look."""
        wanted = list(words)
        self.look_up(wanted)
        return any(not self._holding[word] for word in wanted)

    @cachedmethod(lambda self: self._named)
    def named(self, word: str) -> Q:
        """Patients with this folded word in their name: inside a word, or over several."""
        self.look_up([word])
        pattern, holding = Q(search_name__regex=names.pattern(word)), self._holding[word]
        if sum(word in known for known in holding) > MOST_HOLDING:
            return pattern
        return self._with(holding) & pattern

    @cachedmethod(lambda self: self._near)
    def nearly(self, words: str) -> Q:
        """Patients whose name may be like these folded words, with a few that are not."""
        ways = meant(words)
        pieces = {piece for way in ways for part in way for piece in part}
        shortest, longest = lengths_like(pieces)
        known = (
            NameWord.objects.filter(practice=self.practice)
            .annotate(length=Length("word"))
            .filter(length__gte=shortest, length__lte=longest)
        )
        text = known.aggregate(all=StringAgg("word", " "))["all"] or ""
        alike = like(pieces, text.split())
        wanted = [
            reduce(
                operator.and_,
                (self._with(set().union(*(alike[piece] for piece in part))) for part in way),
            )
            for way in ways
        ]
        return reduce(operator.or_, wanted)

    def reached(self, numbers: Iterable[str]) -> Q:
        """Patients worth a look: a number of theirs has the last figures of one of these."""
        found = self._rows(_NUMBER, {number[-phones.ENDING_DIGITS :] for number in numbers})
        # A list by itself, which an index takes beside other ways to be found.
        return Q(pk__in=list(found.values_list("patient", flat=True)))

    def _with(self, words: Iterable[str]) -> Q:
        return Q(pk__in=self._rows(_NAME, words).values("patient"))

    def _rows(self, kind: str, found: Iterable[str]) -> QuerySet[PatientKey]:
        keys = [kind + one for one in sorted(set(found))]
        return PatientKey.objects.filter(practice=self.practice, key__in=keys)
