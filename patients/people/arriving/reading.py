"""A table of patients, tried without writing: who would be registered, and what is wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from clinic.models import Practice
from clinic.parsing.tables import ReadTable, TableLine
from patients.identity import names
from patients.models import Sex
from patients.models.case_reading import practice_today
from patients.people.arriving.columns import FIRST_NAME, LAST_NAME, fields_of
from patients.people.forms import PatientForm
from patients.record.actions import PATIENT_FIELDS

_SEXES: Final = {
    "f": Sex.FEMALE, "female": Sex.FEMALE, "woman": Sex.FEMALE, "w": Sex.FEMALE,
    "m": Sex.MALE, "male": Sex.MALE, "man": Sex.MALE,
    "": "", "unknown": "", "not recorded": "", "u": "",
}  # fmt: skip
_BY_YEAR: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_BY_DAY: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: 0?0:00(?::00)?)?")
_NO_DATE: Final = "“{value}” is not a date. Write it like {like}."


@dataclass(frozen=True, slots=True)
class LineProblem:
    """One thing that is wrong: where, and why."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A line that can be registered."""

    line: int
    values: dict[str, Any]


@dataclass(slots=True)
class Newcomers:
    """What a table comes to. ``known``: lines about somebody who is registered already."""

    new: list[Newcomer] = field(default_factory=list)
    known: list[Newcomer] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)
    unread: tuple[str, ...] = ()
    """Columns that nothing is taken from."""


def read_arrivals(table: ReadTable, practice: Practice, *, month_first: bool) -> Newcomers:
    """Every line checked as the form for one patient checks it; in one query."""
    columns = fields_of(table.columns)
    used = set(columns.values())
    out = Newcomers(unread=tuple(name for name in table.columns if name and name not in used))
    good = []
    for line in table.lines:
        values, problems = _read(line, columns, practice_today(practice), month_first)
        out.problems += problems
        if not problems:
            good.append(Newcomer(line.number, values))
    there, seen = _registered(practice, good), dict[tuple[str, dt.date], int]()
    for arrival in good:
        who = _who(arrival)
        if who in seen:
            reason = f"The same name and date of birth stand in line {seen[who]}."
            out.problems.append(
                LineProblem(
                    arrival.line, columns.get("full_name", columns.get(LAST_NAME, "")), reason
                )
            )
        elif who in there:
            out.known.append(arrival)
        else:
            out.new.append(arrival)
        seen.setdefault(who, arrival.line)
    out.problems.sort(key=lambda problem: problem.line)
    return out


def _read(
    line: TableLine, columns: dict[str, str], today: dt.date, month_first: bool
) -> tuple[dict[str, Any], list[LineProblem]]:
    sent = {name: line.cells.get(column, "") for name, column in columns.items()}
    if "full_name" not in columns:
        sent["full_name"] = f"{sent.pop(FIRST_NAME, '')} {sent.pop(LAST_NAME, '')}"
    problems = {}
    born = sent["date_of_birth"]
    if born:
        sent["date_of_birth"] = _iso(born, month_first) or ""
        if not sent["date_of_birth"]:
            like = "11/20/1960" if month_first else "20/11/1960"
            problems["date_of_birth"] = _NO_DATE.format(value=born[:30], like=like)
    sex = _SEXES.get(sent.get("sex", "").casefold())
    if sex is None:
        problems["sex"] = f"“{sent['sex'][:30]}” is not known. Write female, male or nothing."
    sent["sex"] = sex or ""
    form = PatientForm(sent, today=today)
    for name, errors in form.errors.items():
        problems.setdefault(name, " ".join(map(str, errors)))
    found = [
        LineProblem(line.number, columns.get(name, columns.get(LAST_NAME, name)), reason)
        for name, reason in problems.items()
    ]
    return ({name: form.cleaned_data[name] for name in PATIENT_FIELDS} if not found else {}), found


def _iso(text: str, month_first: bool) -> str | None:
    """The day as ISO; none where it is no day written in one of the usual ways."""
    if by_year := _BY_YEAR.fullmatch(text):
        year, month, day = by_year.groups()
    elif by_day := _BY_DAY.fullmatch(text):
        first, second, year = by_day.groups()
        month, day = (first, second) if month_first else (second, first)
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def still_new(practice: Practice, arrivals: Iterable[Newcomer]) -> list[Newcomer]:
    """Those of them who are not on record by now."""
    arrivals = list(arrivals)
    there = _registered(practice, arrivals)
    return [arrival for arrival in arrivals if _who(arrival) not in there]


def _registered(practice: Practice, arrivals: Iterable[Newcomer]) -> set[tuple[str, dt.date]]:
    """Who of those born on one of these days is on record, in whatever state."""
    days = {arrival.values["date_of_birth"] for arrival in arrivals}
    rows = practice.patients.filter(date_of_birth__in=days)
    return set(_keys(rows.values_list("name_key", "date_of_birth")))


def _keys(rows: Iterable[tuple[str, dt.date]]) -> Iterator[tuple[str, dt.date]]:
    return ((key, born) for key, born in rows)


def _who(arrival: Newcomer) -> tuple[str, dt.date]:
    folded = names.fold(arrival.values["full_name"])[: names.SEARCHED]
    return names.key(folded), arrival.values["date_of_birth"]
