"""From rows to the picture's values, in a constant number of queries for any number of logs.

The database puts logs together by the practice's own days; a corrected log counts with the value
that stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count as SqlCount
from django.db.models import F, Func, IntegerField, Max, Q, Value
from django.db.models.functions import TruncDate

from patients.inbox import words as alert_words
from patients.models import Alert, Case, ResponseMark
from patients.response.facts import Phase
from patients.response.situations import SITUATIONS
from patients.vocabulary import CHAIN_RANKS, Chain
from programs.followup.progress.adherence import Asked, Count, Pause, Period, Prescribed
from programs.followup.progress.series import ChartDay, Event, Mark
from programs.followup.progress.weeks import start_of
from programs.sessions.models import ExerciseLog
from programs.sessions.prescribed import PrescribedItem, PrescribedVersion, items_of, versions_of

AT_REST: Final = (Phase.BEFORE.value, Phase.SETTLED.value, Phase.NEXT_DAY.value)
AFTER: Final = (Phase.AFTER.value, Phase.SETTLED.value)
STOPS: Final = frozenset({"peripheralising", "neurological_change", "extension_not_tolerated"})
"""Alerts and reviews that name an exercise which was stopped."""
_STOPS_ALL: Final = SITUATIONS["new_weakness"].seen
"""New weakness stops the program, and none of its exercises for itself."""


def days_of(case: Case, since: dt.date | None = None, *, in_order: bool = True) -> list[ChartDay]:
    """What was reported on each day, the earliest first; ``since`` leaves out earlier days.

    ``in_order`` False leaves out every single value, which a chart does not need.
    """
    chain = case.symptom_chain
    logs = case.symptom_logs.standing()
    if since is not None:
        logs = logs.filter(at__gte=start_of(since, case.practice.zone))
    rows = (
        logs.annotate(day=TruncDate("at", tzinfo=case.practice.zone))
        .order_by()
        .values("day")
        .annotate(
            before=_pain(Phase.BEFORE.value),
            during=_pain(Phase.DURING.value),
            after=_pain(*AFTER),
            next_day=_pain(Phase.NEXT_DAY.value),
            **{
                f"{side}_rest": _rank(side, Q(phase__in=AT_REST), chain)
                for side in ("left", "right")
            },
            **{f"{side}_any": _rank(side, Q(), chain) for side in ("left", "right")},
            **(_every_value() if in_order else {}),
            logs=SqlCount("pk"),
            corrected=SqlCount("corrects"),
        )
        .order_by("day")
    )
    return [_day(row, chain) for row in rows]


def _pain(*phases: str) -> Max:
    return Max("pain", filter=Q(phase__in=phases))


def _rank(side: str, when: Q, chain: Chain) -> Max:
    """The most distal place of a side along a row; null where nobody asked about it."""
    codes = list(CHAIN_RANKS[chain])
    place = Func(Value(codes), F(side), function="array_position", output_field=IntegerField())
    return Max(place, filter=when or None)


def _every_value() -> dict[str, ArrayAgg]:
    return {
        "pains": _all("pain", Q(pain__isnull=False)),
        "lefts": _all("left", ~Q(left="")),
        "rights": _all("right", ~Q(right="")),
    }


def _all(field: str, known: Q) -> ArrayAgg:
    """Every value told at rest or after exercise, in order of time."""
    told = ~Q(phase=Phase.DURING.value) & known
    return ArrayAgg(field, filter=told, order_by=["at", "pk"], default=Value([]))


def _day(row: Mapping[str, Any], chain: Chain) -> ChartDay:
    names = ("day", "before", "during", "after", "next_day", "logs", "corrected")
    ranks = CHAIN_RANKS[chain]
    left, right = (_place(row[f"{side}_rest"], row[f"{side}_any"]) for side in ("left", "right"))
    return ChartDay(
        **{name: row[name] for name in names},
        left=left,
        right=right,
        pains=tuple(row.get("pains", ())),
        lefts=tuple(ranks[code] for code in row.get("lefts", ()) if code in ranks),
        rights=tuple(ranks[code] for code in row.get("rights", ()) if code in ranks),
        arms=chain is Chain.ARM,
    )


def _place(at_rest: int | None, any_: int | None) -> int | None:
    """The rank from places in the list, which SQL counts from 1."""
    found = any_ if at_rest is None else at_rest
    return None if found is None else found - 1


def counts_of(case: Case, since: dt.date) -> dict[tuple[dt.date, str], Count]:
    """Sessions in which each exercise was done, by the day the session began."""
    done = SqlCount("session", distinct=True, filter=Q(state=ExerciseLog.DONE))
    any_ = SqlCount("session", distinct=True, filter=~Q(state=ExerciseLog.SKIPPED))
    rows = _exercises(case, since).values("day", "item").annotate(full=done, some=any_)
    counted = rows.order_by().values_list("day", "item", "full", "some")
    return {(day, item): Count(full, some - full) for day, item, full, some in counted}


def sessions_of(case: Case, since: dt.date) -> dict[dt.date, int]:
    """Sessions in which anything was done, by the day they began. Opened is not done."""
    rows = _exercises(case, since).exclude(state=ExerciseLog.SKIPPED).values("day")
    counted = rows.annotate(runs=SqlCount("session", distinct=True)).order_by()
    return dict(counted.values_list("day", "runs"))


def _exercises(case: Case, since: dt.date) -> Any:
    zone = case.practice.zone
    return (
        ExerciseLog.objects.standing()
        .filter(session__case=case, session__started_at__gte=start_of(since, zone))
        .annotate(day=TruncDate("session__started_at", tzinfo=zone))
    )


@dataclass(frozen=True, slots=True)
class Course:
    """What happened to a case: its versions, what was stopped, and the marks of a chart.

    ``paused``: exercises that are stopped now, by what the rules last answered.
    """

    versions: tuple[PrescribedVersion, ...]
    items: Mapping[str, PrescribedItem]
    marks: tuple[Mark, ...]
    prescribed: Prescribed
    paused: tuple[str, ...]
    answer: Any

    @property
    def names(self) -> dict[str, str]:
        """Exercises by id, the newest version's first, with their sides."""
        return {item.id: item.name for item in self.items.values()}


def course_of(case: Case) -> Course:
    """Everything beside the logs; five queries once the versions are known to the process."""
    zone = case.practice.zone
    versions = versions_of(case)
    items = items_of(versions)
    ended = {str(pk): at for pk, at in case.programs.values_list("pk", "ended_at")}
    alerts = list(case.alerts.order_by("raised_at", "pk"))
    back = list(case.response_marks.filter(kind=ResponseMark.REINSTATED))
    kept = getattr(case, "response", None)
    paused = tuple(kept.answer.get("paused", ())) if kept is not None else ()
    stops = sorted(set(_stops(alerts, zone)))
    names = {item.id: item.name for item in items.values()}
    marks = (
        *(Mark(_local(v.issued_at, zone), Event.VERSION, f"Version {v.version}") for v in versions),
        *(
            Mark(_local(a.raised_at, zone), Event.ALERT, alert_words.title(a))
            for a in alerts
            if a.kind == Alert.ALERT
        ),
        *(Mark(day, Event.STOPPED, names.get(item, "An exercise")) for day, item, _ in stops),
        *(
            Mark(_local(m.at, zone), Event.REINSTATED, names.get(m.code, "An exercise"))
            for m in back
        ),
    )
    reinstated = [(m.code, _local(m.at, zone)) for m in back]
    pauses = (_pause(item, day, over, reinstated, paused) for day, item, over in stops)
    prescribed = Prescribed(list(_periods(versions, ended, zone)), pauses)
    return Course(tuple(versions), items, tuple(sorted(marks)), prescribed, paused, kept)


def _local(at: dt.datetime, zone: dt.tzinfo) -> dt.date:
    return at.astimezone(zone).date()


def _stops(alerts: list[Alert], zone: dt.tzinfo) -> Iterator[tuple[dt.date, str, dt.date]]:
    """The day each exercise was stopped, and the day its alert ended at the latest."""
    for alert in alerts:
        if alert.code not in STOPS or alert.facts.get("seen") == _STOPS_ALL:
            continue
        raised = _local(alert.raised_at, zone)
        at = alert.facts.get("at")
        seen = min(raised, _local(dt.datetime.fromisoformat(at), zone)) if at else raised
        over = _local(alert.ended_at, zone) if alert.ended_at else dt.date.max
        for item in alert.facts.get("items") or filter(None, [alert.item]):
            yield seen, item, over


def _pause(
    item: str,
    day: dt.date,
    over: dt.date,
    reinstated: list[tuple[str, dt.date]],
    paused: tuple[str, ...],
) -> Pause:
    """From a stop until a clinician reinstated it, or the stop no longer held."""
    again = min((d for code, d in reinstated if code == item and d >= day), default=None)
    if again is None and item not in paused:
        again = None if over == dt.date.max else over
    return Pause(item, day, again)


def _periods(
    versions: list[PrescribedVersion], ended: Mapping[str, dt.datetime | None], zone: dt.tzinfo
) -> Iterator[Period]:
    """Each version from its issue until the next one, or until its program ended."""
    following: dt.date | None = None
    for version in sorted(versions, key=lambda v: v.issued_at, reverse=True):
        end = ended.get(version.program)
        dates = [d for d in (following, _local(end, zone) if end else None) if d is not None]
        issued = _local(version.issued_at, zone)
        asked = tuple(Asked(i.id, i.name, i.sessions_per_week) for i in version.items)
        yield Period(issued, min(dates, default=None), asked)
        following = issued
