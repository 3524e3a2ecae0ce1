"""How a case goes, for its page: one sentence, the numbers of the last weeks, adherence.

The page asks the database the same few questions for ten logs and for ten thousand, and draws
nothing: the chart comes by its own address.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clinic.formats import day_words
from patients.models import Case
from patients.response.facts import Outcome, Trend
from programs.followup.alerts.steps import sign_words
from programs.followup.progress import rows
from programs.followup.progress.adherence import AdherenceRow, table
from programs.followup.progress.alternative import alt_of
from programs.followup.progress.drawing import RANKS
from programs.followup.progress.rows import Course
from programs.followup.progress.sentence import Sessions, week_words
from programs.followup.progress.series import ChartDay, Event, Mark
from programs.followup.progress.weeks import DAYS_SHOWN, Week, last_weeks
from programs.followup.progress.words import OUTCOMES, TRENDS

WEEKS: Final = 8
"""Weeks that the page shows in numbers."""


_EVENT_WORDS: Final = {
    Event.VERSION: "",
    Event.ALERT: "Alert: ",
    Event.STOPPED: "Stopped: ",
    Event.REINSTATED: "Reinstated: ",
}


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day of the table behind the chart: what was reported, and what happened."""

    day: ChartDay | None
    date: dt.date
    marks: tuple[Mark, ...]

    @property
    def words(self) -> str:
        """The day: ``4 Dec 2026``. A template's own dates take longer than all the rest."""
        return day_words(self.date)

    @property
    def pains(self) -> tuple[str, ...]:
        """Before, during, after and the next day; a dash where nothing was said."""
        day = self.day
        told = (day.before, day.during, day.after, day.next_day) if day else (None,) * 4
        return tuple("–" if pain is None else str(pain) for pain in told)

    @property
    def left(self) -> str:
        """The furthest place on the left in words; empty where nobody asked."""
        return _place(self.day.left if self.day else None)

    @property
    def right(self) -> str:
        """The furthest place on the right."""
        return _place(self.day.right if self.day else None)

    @property
    def noted(self) -> list[str]:
        """What happened on the day, each once, with how often."""
        counted = Counter(f"{_EVENT_WORDS[m.event]}{m.label}" for m in self.marks)
        return [words if n == 1 else f"{words} ({n} times)" for words, n in counted.items()]


@dataclass(frozen=True, slots=True)
class WeekHead:
    """A column of the adherence table. ``sessions``: done of asked, whatever the exercise."""

    week: Week
    done: int
    asked: int
    is_this: bool

    @property
    def sessions(self) -> str:
        """``5 of 7``; a dash where nothing was asked or done."""
        if self.asked:
            return f"{self.done} of {self.asked}"
        return str(self.done) if self.done else "–"


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the case page says about how it goes."""

    sentence: str
    lines: tuple[DayLine, ...]
    weeks: tuple[WeekHead, ...]
    adherence: tuple[AdherenceRow, ...]
    course: Course
    paused: tuple[str, ...]
    reported: bool
    alt: str
    trend: str = ""
    outcome: str = ""
    standing: tuple[tuple[str, str], ...] = ()
    """What only a clinician's word ends: the code to clear it by, and what it is."""
    judged_on: dt.date | None = None
    """The day of that judgement where it is not today's."""

    @property
    def sessions(self) -> str:
        """Sessions of all the weeks: ``52 of 56``."""
        done, asked = sum(w.done for w in self.weeks), sum(w.asked for w in self.weeks)
        return f"{done} of {asked}" if asked else str(done)

    @property
    def begun(self) -> bool:
        """Whether a program was ever issued."""
        return bool(self.course.versions)


def overview(case: Case, today: dt.date, *, weeks: int = WEEKS) -> Overview:
    """The picture of the last weeks at ``today``, a day of the practice."""
    all_weeks = last_weeks(today, weeks)
    since = all_weeks[0].monday
    course = rows.course_of(case)
    days = rows.days_of(case, since)
    last = case.symptom_logs.order_by("-at").values_list("at", flat=True).first()
    last_day = last.astimezone(case.practice.zone).date() if last else None
    sessions = rows.sessions_of(case, since)
    counts = rows.counts_of(case, since)
    names = course.names
    kept = course.answer if last is not None else None
    kept = kept if kept is not None and kept.computed_at is not None else None
    heads = [_head(week, course, sessions, today) for week in all_weeks]
    shown = _begun(heads)
    sentence = week_words(_week(course, sessions, today), days, today, last_day)
    judged = kept.computed_at.astimezone(case.practice.zone).date() if kept else None
    dates = [d.day for d in days[:1]] + [m.day for m in course.marks]
    return Overview(
        sentence=sentence,
        lines=_lines(days, [m for m in course.marks if m.day >= since]),
        weeks=shown,
        adherence=table(course.prescribed, counts, [h.week for h in shown], today, names),
        course=course,
        paused=tuple(names[item] for item in course.paused if item in names),
        reported=last is not None,
        alt=alt_of(min(dates, default=today), today, course.marks, sentence),
        trend=TRENDS[Trend(kept.trend)] if kept is not None else "",
        outcome=OUTCOMES[Outcome(kept.outcome)] if kept is not None else "",
        standing=tuple(_standing(kept.answer)) if kept is not None else (),
        judged_on=judged if judged != today else None,
    )


def _standing(answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Signs of the kept answer that wait for a clinician's word, acknowledged or not."""
    codes = (row["facts"].get("red_flag", row["code"]) for row in answer.get("alerts", ()))
    for code in dict.fromkeys(codes):
        if words := sign_words(code):
            yield code, words


def _week(course: Course, sessions: Mapping[dt.date, int], today: dt.date) -> Sessions:
    """The sessions of the last seven days, today included."""
    days = [today - dt.timedelta(days=n) for n in range(DAYS_SHOWN)]
    done = sum(sessions.get(day, 0) for day in days)
    return Sessions(done, course.prescribed.sessions(days), begun=bool(course.versions))


def _head(week: Week, course: Course, sessions: Mapping[dt.date, int], today: dt.date) -> WeekHead:
    days = [day for day in week.days if day <= today]
    done = sum(sessions.get(day, 0) for day in days)
    return WeekHead(week, done, course.prescribed.sessions(days), today in week.days)


def _begun(heads: Sequence[WeekHead]) -> tuple[WeekHead, ...]:
    """The weeks from the first one in which anything was asked or done; this one at least."""
    first = next((n for n, head in enumerate(heads) if head.asked or head.done), len(heads) - 1)
    return tuple(heads[first:])


def _lines(days: Sequence[ChartDay], marks: Sequence[Mark]) -> tuple[DayLine, ...]:
    """The latest day first; a day on which something happened is there without a report too."""
    by_day = {day.day: day for day in days}
    dates = sorted({*by_day, *(m.day for m in marks)}, reverse=True)
    return tuple(
        DayLine(by_day.get(date), date, tuple(m for m in marks if m.day == date)) for date in dates
    )


def _place(rank: int | None) -> str:
    return "" if rank is None else RANKS[rank]
