"""The ``respond`` contract: one history as JSON in, what it means as JSON out.

Pure. Same input, same bytes. The command ``manage.py respond`` is a thin shell around it.

Beside the keys of the contract three may be given at the top:

``started``     the first day of the program, like ``"2026-11-01"``; without it the day of the
                first log. With it, poor adherence shows even where nothing was ever logged.
``reinstated``  ``[{"item": "a", "at": "…"}]``: a clinician let the item go on after a stop.
``cleared``     ``[{"red_flag": "rf_foot_drop", "at": "…"}]``: a clinician cleared that red flag;
                ``neurological_change`` and ``both_legs`` are cleared in the same way.

Two keys of the baseline and one of an item may be given too:

``walking``     in ``case.baseline``: where it is on walking, in the form of ``location``. Both legs
                there, or at rest, is a known pattern and no news.
``kinds``       in ``case.baseline``: what it felt like at the start, like ``["weakness"]`` or
                ``[{"kind": "numbness", "side": "left"}]`` (``left``, ``right``, ``bilateral``).
                What stands there is known; weakness and numbness that a list leaves out were not
                there. Without the key nothing is known of either.
``versions``    of an item: ``[{"since": "2026-11-01", "sessions_per_week": 7}, …]``, how often it
                was asked for from each day on, the earliest first; before the first day it was not
                asked for. ``sessions_per_week`` beside it is today's. Without the key today's
                number counts for every day.

Every time carries an offset and lies no later than ``now``: a log from the future is an error
rather than a silent gap. An item that old logs name but nobody asks for any more is listed with
``sessions_per_week`` 0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from clinic.parsing.errors import HISTORY, FactsError
from clinic.parsing.reader import Reader, read_json, write_json
from patients.response import (
    ClinicianMark,
    History,
    Item,
    LogEntry,
    Phase,
    ResponseSettings,
    respond,
)
from patients.response.facts import CLEARABLE_ALERTS
from patients.vocabulary import RED_FLAGS, STOPPING_CODES, Chain, chain_of
from programs.exercises.definition import Definition
from programs.rules.book import RuleDefinition
from programs.rules.case_json import CASE_KEYS, parse_case
from programs.rules.facts import CaseFacts
from programs.sessions.guide import guide, item_of, response_to_dict
from programs.sessions.start_json import (
    KNOWN_KINDS,
    ranked_logs,
    read_day,
    read_place,
    read_start,
    read_versions,
)

_TOP: Final = ("case", "items", "logs", "now", "time_zone", "settings")
EXTRA: Final = ("started", "reinstated", "cleared")
ITEM: Final = ("item", "exercise", "side", "sessions_per_week", "versions")
LOG: Final = (
    "session",
    "at",
    "phase",
    "item",
    "done",
    "pain",
    "location",
    "kinds",
    "red_flags",
)
PHASES: Final = MappingProxyType({p.value: p for p in Phase})
_BOUNDS: Final = MappingProxyType(
    {
        "pain_green_max": (0, 8),
        "pain_amber_max": (1, 9),
        "after_effect_minutes": (1, 60),
        "review_weeks_min": (1, 26),
        "review_weeks_max": (1, 26),
    }
)
"""The bounds that a practice's own settings have."""
MOST_SESSIONS: Final = 84
"""Twelve times a day, the most a dose can ask for."""
ZONE: Final = "a name of the IANA time zone database, like Europe/London"
ZONE_NAME: Final = re.compile(r"[A-Z][A-Za-z0-9_+-]*(/[A-Z][A-Za-z0-9_+-]*){0,2}")


def respond_json(
    data: bytes, rules: Iterable[RuleDefinition], definitions: Mapping[str, Definition]
) -> str:
    """The answer as a JSON text with a final newline.

    Raises :class:`FactsError` with one line that names the key and the allowed values.
    """
    history = parse_history(read_json(data, "the history", FactsError), definitions)
    return write_json(
        response_to_dict(respond(history, guide(rules, history.settings, history.chain)))
    )


def parse_history(data: Any, definitions: Mapping[str, Definition]) -> History:
    """Read the JSON form; raise :class:`FactsError` naming the key that is wrong."""
    top = Reader(data, voice=HISTORY, known=(*_TOP, *EXTRA))
    top.need(*_TOP[:5])
    zone = _zone(top)
    now = _time(top, "now", None)
    whole = top.inner("case", (*CASE_KEYS, "baseline"))
    case = _case(whole)
    conditions = frozenset(condition.code for condition in case.conditions)
    chain = chain_of(conditions)
    start = read_start(whole, chain)
    items = _items(top, definitions)
    names = dict.fromkeys(i.id for i in items)
    return History(
        now=now,
        zone=zone,
        logs=ranked_logs(
            (_log(row, names, now, chain) for row in top.objects("logs", LOG)), start.place
        ),
        items=items,
        baseline_pain=start.pain,
        baseline_place=start.place,
        baseline_walking=start.walking,
        baseline_kinds=start.kinds,
        preference=case.directional_preference,
        screen_flags=_screen_flags(case),
        screen_signs=frozenset(code for code, yes in case.red_flags.items() if yes),
        conditions=conditions,
        chain=chain,
        reinstated=_marks(top, "reinstated", "item", names, now),
        cleared=_marks(top, "cleared", "red_flag", (*CLEARABLE, *CLEARABLE_ALERTS), now),
        started=_day(top, now.astimezone(zone).date()),
        settings=_settings(top.inner("settings", _BOUNDS)),
    )


CLEARABLE: Final = tuple(dict.fromkeys((*RED_FLAGS, *sorted(STOPPING_CODES))))
"""Codes whose yes stops a case: red flags, and findings that are one."""


def _case(whole: Reader) -> CaseFacts:
    try:
        return parse_case({k: v for k, v in whole.table.items() if k != "baseline"})
    except FactsError as error:
        raise whole.error(error.key, error.reason) from error


def _screen_flags(case: CaseFacts) -> frozenset[str]:
    answers = {**case.findings, **case.red_flags}
    return frozenset(code for code, yes in answers.items() if yes and code in STOPPING_CODES)


def _items(top: Reader, definitions: Mapping[str, Definition]) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    for row in top.objects("items", ITEM):
        name = row.name("item")
        if name in found:
            raise row.error("item", "is given twice; every item needs its own name")
        slug = row.choice("exercise", definitions)
        row.choice("side", ("left", "right"), "")
        asked = row.whole("sessions_per_week", 0, MOST_SESSIONS)
        versions = read_versions(row, MOST_SESSIONS)
        found[name] = replace(item_of(name, definitions[slug], asked), versions=versions)
    return tuple(found.values())


def _log(row: Reader, items: Collection[str], now: datetime, chain: Chain | None) -> LogEntry:
    kinds = row.choices("kinds", KNOWN_KINDS)
    done = row.table.get("done")
    if done is not None and not isinstance(done, bool):
        raise row.wrong("done", "true, false, null")
    return LogEntry(
        session=row.name("session"),
        at=_time(row, "at", now),
        phase=PHASES[row.choice("phase", PHASES)],
        item=row.choice("item", items, "") or None,
        done=done,
        pain=row.number("pain", 0, 10),
        place=read_place(row, "location", chain),
        kinds=None if kinds is None else frozenset(KNOWN_KINDS[k] for k in kinds),
        red_flags=frozenset(row.choices("red_flags", RED_FLAGS) or ()),
    )


def _marks(
    top: Reader, key: str, name: str, allowed: Collection[str], now: datetime
) -> tuple[ClinicianMark, ...]:
    rows = list(top.objects(key, (name, "at")))
    return tuple(ClinicianMark(row.choice(name, allowed), _time(row, "at", now)) for row in rows)


def _time(row: Reader, key: str, now: datetime | None) -> datetime:
    """An aware time in UTC, not after ``now``."""
    at = row.time(key, years=(1900, 9000))
    if now is not None and at > now:
        raise row.error(key, "is after now; allowed: a time up to now")
    return at


def _zone(top: Reader) -> ZoneInfo:
    value = top.table.get("time_zone")
    if not isinstance(value, str) or not ZONE_NAME.fullmatch(value) or value == "Factory":
        raise top.wrong("time_zone", ZONE)
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise top.wrong("time_zone", ZONE) from error


def _day(top: Reader, today: date) -> date | None:
    if not top.has("started"):
        return None
    day = read_day(top, "started")
    if day is None or day > today:
        raise top.wrong("started", "a day up to today, like 2026-11-01")
    return day


def _settings(row: Reader) -> ResponseSettings:
    given = {key: row.number(key, *_BOUNDS[key]) for key in row.table}
    settings = ResponseSettings(**{k: v for k, v in given.items() if v is not None})
    if settings.pain_green_max >= settings.pain_amber_max:
        raise row.wrong("pain_green_max", f"less than pain_amber_max ({settings.pain_amber_max})")
    if settings.review_weeks_min > settings.review_weeks_max:
        most = settings.review_weeks_max
        raise row.wrong("review_weeks_min", f"no more than review_weeks_max ({most})")
    return settings
