"""A date of birth in any usual spelling, with every day that it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

EARLIEST_YEAR = 1890
_LATEST_YEAR = 2099
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS) + "|sept"
_YEAR = r"(?P<y>\d{4}|'?\d{2})"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
IN_WORDS = re.compile(
    rf"(?<!\w)(?:{_DAY}[\s./-]*(?:of\s+)?(?P<m>{_MONTH})[\s.,/-]*{_YEAR}"
    rf"|(?P<m2>{_MONTH})[\s.]*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[\s.,]+(?P<y2>\d{{4}}|'?\d{{2}})"
    r")(?!\w)",
    re.IGNORECASE,
)
"""2 March 1948, 2nd of Mar. 48, March 2, 1948. Without a day, April and June are names."""
_BY_YEAR = re.compile(r"(?P<y>\d{4})[\s./-]+(?P<a>\d{1,2})[\s./-]+(?P<b>\d{1,2})")
_TWO_AND_YEAR = re.compile(r"(?P<a>\d{1,2})[\s./-]+(?P<b>\d{1,2})[\s./-]+(?P<y>\d{4}|\d{2})")
_MONTH_AND_YEAR = re.compile(r"(?P<m>\d{1,2})\s*[./-]\s*(?P<y>\d{4})")
_SIX = re.compile(r"(?P<a>\d\d)(?P<b>\d\d)(?P<y>\d\d)")
_EIGHT = re.compile(r"(?P<a>\d\d)(?P<b>\d\d)(?P<y>\d{4})")
_EIGHT_BY_YEAR = re.compile(r"(?P<y>\d{4})(?P<a>\d\d)(?P<b>\d\d)")


@dataclass(frozen=True, slots=True)
class BirthSpan:
    """Days from ``first`` to ``last``. The smaller ``rank``, the likelier it is what was meant."""

    first: date
    last: date
    rank: int = 0


def in_words(found: re.Match[str]) -> tuple[BirthSpan, ...]:
    """The days that a match of ``IN_WORDS`` may mean."""
    parts = found.groupdict()
    name = (parts["m"] or parts["m2"]).lower()
    month = [known[:3] for known in _MONTHS].index(name[:3]) + 1
    day, year = parts["d"] or parts["d2"], parts["y"] or parts["y2"]
    return tuple(_days(year, month, int(day), 0))


def in_figures(text: str, *, month_first: bool) -> tuple[BirthSpan, ...]:
    """What figures may mean as a date: 1948-03-02, 2.3.1948, 02/03/48, 020348, 3/1948, 1948.

    Where day and month cannot be told apart both readings are given; ``month_first`` says which
    of them comes first.
    """
    return tuple(dict.fromkeys(_spans(text.strip(), month_first)))


def _spans(text: str, month_first: bool) -> Iterator[BirthSpan]:
    for shape in (_BY_YEAR, _EIGHT_BY_YEAR):
        if found := shape.fullmatch(text):
            yield from _days(found["y"], int(found["a"]), int(found["b"]), 0)
    for shape in (_TWO_AND_YEAR, _SIX, _EIGHT):
        if found := shape.fullmatch(text):
            one, two = int(found["a"]), int(found["b"])
            yield from _days(found["y"], two, one, int(month_first and one != two))
            yield from _days(found["y"], one, two, int(not month_first)) if one != two else ()
    if found := _MONTH_AND_YEAR.fullmatch(text):
        yield from filter(None, (_month(y, int(found["m"])) for y in _years(found["y"])))
    if re.fullmatch(r"\d{4}", text) and EARLIEST_YEAR <= int(text) <= _LATEST_YEAR:
        yield BirthSpan(date(int(text), 1, 1), date(int(text), 12, 31))


def _days(year: str, month: int, day: int, rank: int) -> Iterator[BirthSpan]:
    yield from filter(None, (_day(y, month, day, rank) for y in _years(year)))


def _day(year: int, month: int, day: int, rank: int = 0) -> BirthSpan | None:
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    return BirthSpan(born, born, rank)


def _month(year: int, month: int) -> BirthSpan | None:
    first = _day(year, month, 1)
    if first is None:
        return None
    after = date(year + month // 12, month % 12 + 1, 1)
    return BirthSpan(first.first, after - timedelta(days=1))


def _years(text: str) -> list[int]:
    """The years that may be meant; of two figures, each century's that somebody may be born in."""
    figures = int(text.lstrip("'"))
    if len(text.lstrip("'")) == len("1948"):
        return [figures] if EARLIEST_YEAR <= figures <= _LATEST_YEAR else []
    centuries = (1900 + figures, 2000 + figures, 1800 + figures)
    return [year for year in centuries if EARLIEST_YEAR <= year <= _LATEST_YEAR]
