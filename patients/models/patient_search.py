"""Which rows a search for a patient finds, and which may be the same person.

What names, dates and numbers mean is said by ``patients.identity``; here is only how rows with
them are found.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from datetime import date
from functools import reduce
from typing import Any, TypeVar

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from patients.identity import names, phones
from patients.identity.likeness import near, ranked
from patients.identity.regions import month_first
from patients.identity.wanted import PatientWanted, WantedPart, read_wanted
from patients.models.finding_by import Keys

_Rows = TypeVar("_Rows", bound=QuerySet[Any])
MOST_COMPARED = 5000
"""Rows whose names are compared letter by letter, where nothing fits as it was typed."""
_NOWHERE = 9
TWINS_TOLD = 5
"""How many patients that may be the same person are named at most."""


def wanted_in(text: str, *, region: str) -> PatientWanted:
    """What somebody of a practice in this country means by ``text``."""
    return read_wanted(text, region=region, month_first=month_first(region))


def search(rows: _Rows, wanted: PatientWanted, found_by: Keys) -> _Rows:
    """The rows that hold every part of ``wanted``, each with its ``fit``: 0 is best.

    Where no name does, those whose name comes close, so that a slip of the key still finds.
    ``rows`` are patients of the practice that ``found_by`` knows; who searches twice for the same
    gives the same ``found_by``, and nothing is looked up again.
    """
    if wanted.is_blank:
        return rows.annotate(fit=_alike_all())
    if not wanted.parts:
        return rows.none().annotate(fit=_alike_all())
    figures = [part for part in wanted.parts if not part.is_name]
    rows = rows.filter(*(_has(rows, part, found_by) for part in figures))
    named = [part.word for part in wanted.parts if part.is_name]
    strange = found_by.is_strange(named)
    exact = rows.filter(*map(found_by.named, named))
    if not wanted.words or (not strange and exact.exists()):
        return exact.annotate(fit=_fit(figures))
    near_rows = rows.filter(found_by.nearly(wanted.words))[:MOST_COMPARED]
    close = ranked(wanted.words, near_rows.values_list("pk", "search_name"))
    places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(close)]
    found = rows.filter(pk__in=close)
    return found.annotate(fit=Case(*places, default=Value(len(close)), output_field=IntegerField()))


def twins(
    rows: QuerySet[Any],
    *,
    practice: Any,
    full_name: str,
    date_of_birth: date,
    phone: str,
    region: str,
) -> list[Any]:
    """Rows that may be this person, likeliest first.

    Those of the same name, however written; and those of a name that is near, born on the same
    day or reached by the same number.
    """
    folded = names.fold(full_name)[: names.SEARCHED]
    mine = phones.numbers(phone, region)
    candidates = rows.select_related("merged_into").filter(
        Q(name_key=names.key(folded))
        | Q(date_of_birth=date_of_birth)
        | Keys(practice).reached(mine)
    )
    found = []
    for row in candidates:
        same = names.same(folded, row.search_name)
        born = row.date_of_birth == date_of_birth
        reached = phones.share(mine, row.search_phone.split())
        if same or ((born or reached) and near(folded, row.search_name)):
            row.alike = _alike(same, born, reached)
            found.append((-(2 * same + 2 * born + reached), str(row.pk), row))
    there = {row.pk for _fit, _pk, row in found}
    ordered = [row for _fit, _pk, row in sorted(found, key=lambda known: known[:2])]
    return [row for row in ordered if row.merged_into_id not in there]


def _alike(same: bool, born: bool, reached: bool) -> str:
    """In which ways a row is like the person asked about."""
    ways = ["same name" if same else "a name like it"]
    ways += ["same date of birth"] if born else []
    ways += ["same phone number"] if reached else []
    return ", ".join(ways)


def _has(rows: QuerySet[Any], part: WantedPart, found_by: Keys) -> Q:
    """What a row says that holds figures as a date, a number or a word of the name."""
    said = [Q(date_of_birth__range=(span.first, span.last)) for span in part.births]
    if part.word:
        said.append(found_by.named(part.word))
    if part.numbers:
        said.append(Q(pk__in=_reached(rows, part.numbers, found_by)))
    return reduce(operator.or_, said)


def _reached(rows: QuerySet[Any], numbers: Sequence[str], found_by: Keys) -> list[Any]:
    """Keys of the rows with one of these numbers, or with one that ends so."""
    known = rows.filter(found_by.reached(numbers)).values_list("pk", "search_phone")
    return [pk for pk, held in known if phones.share(numbers, held.split())]


def _alike_all() -> Cast:
    """One as good as another; a bare number would name a column to order by."""
    return Cast(Value(0), IntegerField())


def _fit(figures: Sequence[WantedPart]) -> Case | Cast:
    """Where a date has two readings, the likelier one first; a number or a name as good."""
    later = [
        When(date_of_birth__range=(span.first, span.last), then=Value(span.rank))
        for part in figures
        for span in sorted(part.births, key=lambda span: span.rank)
    ]
    if not later:
        return _alike_all()
    return Case(*later, default=Value(_NOWHERE), output_field=IntegerField())
