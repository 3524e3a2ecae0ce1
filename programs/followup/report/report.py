"""The progress report: what happened to a case, on one or two pages for whoever referred it.

Printed as the handout is: tagged PDF/UA, nothing fetched, the same bytes for the
same record on the same day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import strip_tags

from clinic.formats import day_words
from clinic.models import PracticeLogo, User
from clinic.parsing.printable import printable
from patients.cases.page import cleared
from patients.inbox import words as alert_words
from patients.measures.course import MeasureCourse, measures_of
from patients.models import Alert, Case
from patients.response.facts import Trend
from patients.vocabulary import CHAIN_RANKS, Chain
from programs.exercises.library import library_for
from programs.followup.goals.goals import Goals, goals_of
from programs.followup.progress import charts, rows
from programs.followup.progress.adherence import AdherenceRow, Cell, table
from programs.followup.progress.alternative import alt_of
from programs.followup.progress.overview import Overview, overview
from programs.followup.progress.rows import Course
from programs.followup.progress.sentence import place_words
from programs.followup.progress.series import Chart, ChartDay, Event, caption_of, chart_of
from programs.followup.progress.weeks import Week
from programs.prescriptions.boxes import Box, boxes_in
from programs.prescriptions.handout.coverage import drawable
from programs.prescriptions.handout.printing import print_page
from programs.sessions.prescribed import PrescribedVersion

MOST_EVENTS: Final = 8
"""Alerts that are listed; of more, the latest."""
GOAL_SOURCE: Final = "Patient-Specific Functional Scale, Stratford and others 1995; our own wording"
TREND_SOURCES: Final = {
    Trend.CENTRALISING.value: ("C28",),
    Trend.PERIPHERALISING.value: ("C28", "C29"),
    Trend.IMPROVING.value: ("C32",),
    Trend.WORSENING.value: ("C32",),
    Trend.NO_CLEAR_CHANGE.value: ("C32",),
}
"""What the word for where the case is going rests on."""


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """What goes into a report, to whom, and the clinician's own words."""

    to: str = ""
    note: str = ""
    parts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Move:
    """Where symptoms were on one side, and where they are now."""

    side: str
    first: str
    latest: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that needed a clinician: when, what, and what was done."""

    day: dt.date
    what: str
    done: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that is printed."""

    case: Case
    choice: ReportOrder
    by: User
    today: dt.date
    view: Overview
    goals: Goals
    measures: MeasureCourse
    chart: Chart
    days: tuple[ChartDay, ...]
    total: Cell | None
    exercises: tuple[AdherenceRow, ...]
    moves: tuple[Move, ...]
    pain: tuple[int | None, int | None]
    events: tuple[Happening, ...]
    more_events: int
    proposals: tuple[str, ...]
    sources: tuple[str, ...]
    versions: tuple[PrescribedVersion, ...] = field(default=())

    @property
    def doses(self) -> list[tuple[str, str]]:
        """Exercises of the newest version with their dose."""
        items = self.versions[0].items if self.versions else ()
        return [(item.name, item.dosage.words) for item in items]


def report_of(case: Case, choice: ReportOrder, by: User, today: dt.date) -> Report:
    """Read everything that the report says; load the case with ``with_facts()`` first."""
    view = overview(case, today)
    days = tuple(rows.days_of(case))
    exercises, total = _adherence(case, view.course, today)
    events = sorted(_events(case), key=lambda e: (e.day, e.what))
    return Report(
        case=case,
        choice=choice,
        by=by,
        today=today,
        view=view,
        goals=goals_of(case),
        measures=measures_of(case),
        chart=chart_of(days, view.course.marks, today),
        days=days,
        total=total,
        exercises=exercises,
        moves=tuple(_moves(case, days)),
        pain=_pain(case, days),
        events=tuple(events[-MOST_EVENTS:]),
        more_events=max(len(events) - MOST_EVENTS, 0),
        proposals=tuple(_proposals(case)),
        sources=tuple(_sources(case, view)),
        versions=view.course.versions,
    )


def _adherence(
    case: Case, course: Course, today: dt.date
) -> tuple[tuple[AdherenceRow, ...], Cell | None]:
    """Each exercise over the whole course, and the sessions altogether."""
    first = min((m.day for m in course.marks if m.event is Event.VERSION), default=None)
    if first is None:
        return (), None
    weeks = [Week.of(first)]
    while weeks[-1].sunday < today:
        weeks.append(Week(weeks[-1].sunday + dt.timedelta(days=1)))
    since = weeks[0].monday
    counts = rows.counts_of(case, since)
    exercises = table(course.prescribed, counts, weeks, today, course.names)
    days = [day for week in weeks for day in week.days if day <= today]
    done = sum(rows.sessions_of(case, since).values())
    return exercises, Cell(done, 0, course.prescribed.sessions(days))


def _moves(case: Case, days: tuple[ChartDay, ...]) -> Iterator[Move]:
    chain = case.symptom_chain
    ranks, words = CHAIN_RANKS[chain], place_words(chain is Chain.ARM)
    for side, baseline in (("Left", case.baseline_left), ("Right", case.baseline_right)):
        told = [rank for d in days for rank in (d.lefts if side == "Left" else d.rights)]
        first = ranks.get(baseline, next(iter(told), None))
        yield Move(side, _place(first, words), _place(told[-1] if told else None, words))


def _place(rank: int | None, words: Sequence[str]) -> str:
    return "Not recorded" if rank is None else f"{words[rank][:1].upper()}{words[rank][1:]}"


def _pain(case: Case, days: tuple[ChartDay, ...]) -> tuple[int | None, int | None]:
    told = [pain for d in days for pain in d.pains]
    first = next(iter(told), None) if case.baseline_pain is None else case.baseline_pain
    return first, told[-1] if told else None


def _events(case: Case) -> Iterator[Happening]:
    """Red flags with what was done, and alerts that the reports raised."""
    zone = case.practice.zone
    for row in case.open_stops():
        day = row.answered_at.astimezone(zone).date()
        yield Happening(day, f"Red flag: {row.label} ({row.who})", "Open: exercise is stopped")
    for row in cleared(case):
        note = printable(row.clearance.note)
        when = row.clearance.cleared_at.astimezone(zone).date()
        by = f"{row.clearance.cleared_by}, {day_words(when)}"
        day = row.answered_at.astimezone(zone).date()
        yield Happening(day, f"Red flag: {row.label} ({row.who})", f"Cleared by {by}: {note}")
    alerts = case.alerts.filter(kind=Alert.ALERT).exclude(code="red_flag")
    for alert in alerts.select_related("acknowledged_by"):
        item = f" ({alert.item_name})" if alert.item_name else ""
        seen = f"Seen by {alert.acknowledged_by}: {printable(alert.note)}"
        yield Happening(
            alert.raised_at.astimezone(zone).date(),
            f"{alert_words.title(alert)}{item}",
            seen if alert.acknowledged_by else "Not yet acknowledged",
        )


def _proposals(case: Case) -> Iterator[str]:
    reviews = case.alerts.filter(kind=Alert.REVIEW, acknowledged_at=None, ended_at=None)
    for row in reviews:
        yield alert_words.title(row) + (f": {row.item_name}" if row.item_name else "")


def _sources(case: Case, view: Overview) -> Iterator[str]:
    """What the claims rest on, and that nobody signed the rules off where that is so."""
    library = library_for(case.practice)
    kept = view.course.answer
    if not view.reported or kept is None:
        return
    for code in TREND_SOURCES.get(kept.trend, ()):
        if code in library.sources:
            yield f"Trend: {library.sources[code]}"
    ids = kept.answer.get("patient", {}).get("rules", ())
    if any(not library.rules[i].reviewed_by for i in ids if i in library.rules):
        yield "The rules that judge the reports have not been signed off by a physiotherapist yet"


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """The report laid out: its page, and the pictures that the page names."""

    page: str
    pictures: dict[str, tuple[bytes, str]]
    size: str

    @property
    def text(self) -> str:
        """What is read on it."""
        return unescape(strip_tags(self.page))


def paper_of(report: Report) -> ReportPaper:
    """Lay the report out."""
    case, practice = report.case, report.case.practice
    logo = PracticeLogo.objects.filter(practice=practice).first()
    told = report.view.sentence
    context: dict[str, Any] = {
        "r": report,
        "case": case,
        "patient": case.patient,
        "practice": practice,
        "logo": logo is not None,
        "caption": caption_of(report.chart),
        "alt": alt_of(report.chart.first, report.chart.last, report.chart.marks, told),
        "title": f"Progress report, {day_words(report.today)}",
        "goal_source": GOAL_SOURCE,
        "earlier": report.versions[1:],
        "born": date_format(case.patient.date_of_birth),
    }
    pictures: dict[str, tuple[bytes, str]] = {}
    if logo is not None:
        pictures["logo:"] = (bytes(logo.content), logo.content_type)
    if "chart" in report.choice.parts and report.days:
        pictures["chart:"] = (charts.svg_of(report.chart, "wide"), "image/svg+xml")
        context["chart"] = True
    if "measures" in report.choice.parts and report.measures.charted:
        drawn = charts.svg_of_measures(report.measures.charted, "wide")
        pictures["measured:"] = (drawn, "image/svg+xml")
        context["measured"] = True
    page = printable(
        render_to_string("programs/followup/report/progress_report_paper.html", context)
    )
    return ReportPaper(page, pictures, practice.paper_size)


def boxes_on(paper: ReportPaper, order: ReportOrder) -> list[Box]:
    """Signs that would print as boxes, each where it was typed, else in the record."""
    typed = [("To", printable(order.to)), ("Your note", printable(order.note))]
    found = boxes_in(typed, drawable())
    told = {box.sign for box in found}
    of_record = boxes_in([("The record", paper.text)], drawable())
    return found + [box for box in of_record if box.sign not in told]


def render(report: Report) -> bytes:
    """The report as PDF."""
    return print_paper(paper_of(report))


def print_paper(paper: ReportPaper) -> bytes:
    """The PDF of what is laid out."""
    return print_page(paper.page, paper.pictures, paper.size)


def download_name(today: dt.date) -> str:
    """A file name that says what it is and nothing about whom."""
    return f"progress-report-{today:%Y-%m-%d}.pdf"
