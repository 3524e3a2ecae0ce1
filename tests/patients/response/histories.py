"""Histories to judge, written short: sessions as lines of what was logged when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from patients.response import (
    Advice,
    ClinicianMark,
    History,
    Item,
    Kind,
    LogEntry,
    Phase,
    Place,
    Response,
    respond,
)
from patients.response.situations import SITUATIONS

UTC = dt.UTC
LONDON = ZoneInfo("Europe/London")
DAY0 = dt.datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
MINUTES = {"before": 0, "during": 5, "after": 10, "settled": 15, "next_day": 24 * 60}
GUIDE = {code: Advice((code,), f"{code}.") for code in SITUATIONS}
"""Every situation speaks with its own code, so that a test can see which one spoke."""
EXTENSION = Item("ext", 14, extends=True, rise="during_only")
FLEXION = Item("flex", 14, flexes=True)
STRETCH = Item("calf", 14, sided=True)
ITEMS = (EXTENSION, FLEXION, STRETCH)
WHERE = ("none", "back_middle", "back_side", "buttock", "thigh", "lower_leg", "foot")


def left(rank: int, right: int = 0) -> Place:
    return Place(rank, right)


def moment(day: float, minutes: float = 0) -> dt.datetime:
    return DAY0 + dt.timedelta(days=day, minutes=minutes)


def log(
    session: str, day: float, phase: str, minutes: float | None = None, **values: Any
) -> LogEntry:
    """One log; the usual minute of its phase unless told. ``kinds``: words in one text."""
    if isinstance(values.get("kinds"), str):
        values["kinds"] = frozenset(Kind(k) for k in values["kinds"].split())
    if isinstance(values.get("red_flags"), str):
        values["red_flags"] = frozenset(values["red_flags"].split())
    at = moment(day, MINUTES[phase] if minutes is None else minutes)
    return LogEntry(session=session, at=at, phase=Phase(phase), **values)


def session(
    name: str,
    day: float,
    *,
    item: str = "calf",
    pains: dict[str, int] | None = None,
    ranks: dict[str, int | Place] | None = None,
) -> list[LogEntry]:
    """A session that was done, with pain and rank (left unless a place) by phase."""
    pains, ranks = pains or {}, ranks or {}
    phases = [p for p in MINUTES if p in {"before", "after", *pains, *ranks}]
    out = []
    for phase in phases:
        rank = ranks.get(phase)
        place = left(rank) if isinstance(rank, int) else rank
        named = phase in ("during", "after")
        out.append(
            log(
                name,
                day,
                phase,
                item=item if named else None,
                done=True if phase == "after" else None,
                pain=pains.get(phase),
                place=place,
            )
        )
    return out


def history(logs: Iterable[LogEntry] = (), *, day: float | None = None, **values: Any) -> History:
    """A history seen at noon of ``day`` (the last log's day and a minute unless told)."""
    logs = tuple(logs)
    now = max((e.at for e in logs), default=DAY0) + dt.timedelta(minutes=1)
    if day is not None:
        now = moment(day, 4 * 60)
    plain = History(now=now, zone=LONDON, logs=logs, items=ITEMS, baseline_pain=5)
    return replace(plain, **values)


def answer(logs: Iterable[LogEntry] = (), *, day: float | None = None, **values: Any) -> Response:
    return respond(history(logs, day=day, **values), GUIDE)


def told(r: Response) -> tuple[str, str]:
    """The outcome, and the situation that spoke to the patient."""
    return str(r.outcome), r.reason.split(".")[0]


def codes(r: Response) -> tuple[list[str], list[str]]:
    """Alerts with urgency, and proposals with the item."""
    return (
        [f"{a.code} {a.urgency}" for a in r.alerts],
        [f"{p.code} {p.item}" for p in r.proposals],
    )


def weeks(
    days: int, per_week: int, pain: int, *, first: int = 0, rank: int | None = None
) -> list[LogEntry]:
    """Sessions spread evenly over some days, each with the same numbers."""
    count = round(days * per_week / 7)
    out = []
    for n in range(count):
        day = first + int(n * days / count)
        minutes = n % 3 * 60 / 1440
        ranks: dict[str, int | Place] = {} if rank is None else {"before": rank, "settled": rank}
        out += session(
            f"s{n:04}", day + minutes, pains={"before": pain, "after": pain}, ranks=ranks
        )
    return out


def mark(code: str, day: float) -> ClinicianMark:
    return ClinicianMark(code, moment(day))
