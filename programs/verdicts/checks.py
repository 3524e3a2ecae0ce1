"""The check row of each running program, brought up to date.

The database notes in the transaction of a change which programs it may concern. They are judged
right after the request that changed something (``programs.verdicts.keeping``), or by ``run_due``;
until then a page says how many wait, and since when (``programs.verdicts.behind``). No page
judges. A row that does not wait equals the judgement made anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import DataError, transaction
from django.db.models import Exists, OuterRef, QuerySet

import programs.rules
from clinic import wall
from clinic.models import Practice
from clinic.said_once import SaidOnce
from clinic.wall import passages
from patients.models import Case, ScreenAnswer
from patients.models.case_reading import practice_today
from patients.vocabulary import Answer
from programs.exercises.models import CatalogueLoad
from programs.prescriptions.screen_models import ScreenWaiver
from programs.verdicts.case_facts import case_facts
from programs.verdicts.models import ProgramCheck
from programs.verdicts.recheck import LiveFlag, Rechecked, live_versions, recheck
from programs.verdicts.standing import OverrideFact

logger = logging.getLogger(__name__)
BATCH: Final = 100
"""Programs judged in one transaction: whoever changes one of them waits for a moment at most."""
ROUND: Final = 10_000
"""Keys read at once, so that memory stays the same whatever waits."""
LONGEST_DAYS: Final = 7
"""A program is judged again at the latest after so many days: weeks since an operation count."""
_BROKEN: Final = (DataError, ValueError, LookupError, TypeError)
_JUDGED: Final = (
    "stale", "stale_at", "running", "edition", "settings_at", "due_on", "flagged", "lapsed",
    "unasked", "flags", "since",
)  # fmt: skip


def edition() -> str:
    """Names what programs are judged by: the catalogue, and the code of the rules."""
    (load,) = next(iter(_LAST_LOAD.rows()), ("",))
    return hashlib.sha256(f"{_code()}{load}".encode()).hexdigest()[:16]


_LAST_LOAD: Final = SaidOnce(lambda: CatalogueLoad.objects.values_list("digest")[:1])


@cache
def _code() -> str:
    rooms = (Path(programs.rules.__file__).parent, Path(__file__).parent)
    parts = [f.read_bytes() for room in rooms for f in sorted(room.glob("*.py"))]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def waiting(practice: Practice, most: int) -> list[int]:
    """Keys of check rows that may not be as they would be judged now; no more than ``most``."""
    parts = late(practice.pk, practice_today(practice), edition(), practice.settings_at)
    first, *others = (rows.values_list("pk", flat=True)[:most] for rows in parts)
    return list(first.union(*others)[:most])


def late(
    practice: int, today: dt.date, now: str, settings_at: dt.datetime
) -> tuple[QuerySet[ProgramCheck], ...]:
    """The same as rows, by the reason: what changed, the day, the settings of the practice, and
    the edition from both sides.

    A row may have two of them. Each is a stretch of an index of its own.
    """
    rows = ProgramCheck.objects.filter(practice=practice).order_by()
    running = rows.filter(running=True)
    return (
        rows.filter(stale=True),
        running.filter(due_on__lte=today),
        running.filter(settings_at__lt=settings_at),
        running.filter(edition__lt=now),
        running.filter(edition__gt=now),
    )


def catch_up(practice: Practice, *, most: int) -> int:
    """Judge what waits, no more than ``most``; how many were judged."""
    return judge_each(practice, waiting(practice, most))["judged"]


def judge_each(practice: Practice, keys: Sequence[int]) -> Counter[str]:
    """Judge these rows together; where that fails each alone, so that one holds up no other."""
    try:
        return Counter(judged=judge_again(practice, keys))
    except _BROKEN as error:
        if len(keys) == 1:
            # What the error says may repeat what somebody typed: only its kind is written down.
            logger.error("Check %s could not be judged (%s)", keys[0], type(error).__name__)
            return Counter(failed=1)
        return sum((judge_each(practice, [key]) for key in keys), Counter())


@transaction.atomic
def judge_again(practice: Practice, keys: Iterable[int]) -> int:
    """Judge these rows and keep what comes out; how many.

    A row that somebody else holds is left to them, or to the next time.
    """
    rows = ProgramCheck.objects.filter(pk__in=list(keys), practice=practice).order_by("pk")
    checks = list(rows.select_for_update(skip_locked=True, no_key=True))
    ids = [check.program_id for check in checks]
    latest = list(live_versions(practice).filter(program__in=ids))
    found = {done.issued.program_id: done for done in recheck(practice, latest)}
    unasked = _unasked([issued.pk for issued in latest])
    now = edition()
    for check in checks:
        done = found.get(check.program_id)
        for name, value in _columns(done, unasked).items():
            setattr(check, name, value)
        check.edition = now if done else ""
        # As they were read before anything was judged: what changes meanwhile judges it again.
        check.settings_at = practice.settings_at
    ProgramCheck.objects.bulk_update(checks, _JUDGED, batch_size=BATCH)
    return len(checks)


def _columns(done: Rechecked | None, unasked: frozenset[int]) -> dict[str, Any]:
    """What a row holds of one judgement; of a program that nobody has any more, nothing."""
    flags = done.flags if done else ()
    return {
        "stale": False,
        "stale_at": None,
        "running": done is not None,
        "due_on": due_on(done.case, done.today, done.overrides) if done else None,
        "flagged": bool(flags),
        "lapsed": bool(flags) and all(flag.expired for flag in flags),
        "unasked": done is not None and done.issued.pk in unasked,
        "flags": [kept_flag(flag) for flag in flags],
        "since": max(done.case.facts_changed_at, done.issued.issued_at) if done else None,
    }


def kept_flag(flag: LiveFlag) -> dict[str, Any]:
    """A flag without its case, as the row keeps it."""
    return {
        "item": flag.item,
        "named": flag.named,
        "reason": flag.reason,
        "rules": list(flag.rules),
        "expired": flag.expired,
    }


def due_on(case: Case, today: dt.date, overrides: Iterable[OverrideFact]) -> dt.date:
    """The first day after today on which a fact or an override is another, or a week from now."""
    facts = case_facts(case, on=today)
    ends = {o.expires_on + dt.timedelta(days=1) for o in overrides}
    for days in range(1, LONGEST_DAYS):
        day = today + dt.timedelta(days=days)
        if day in ends or case_facts(case, on=day) != facts:
            return day
    return today + dt.timedelta(days=LONGEST_DAYS)


def open_waivers(prescriptions: Any) -> QuerySet[ScreenWaiver]:
    """What these versions went out without asking, and nobody has answered since."""
    answered = ScreenAnswer.objects.current().filter(
        case=OuterRef("prescription__program__case"),
        code=OuterRef("code"),
        answer__in=[Answer.YES, Answer.NO],
        answered_at__gte=OuterRef("made_at"),
    )
    return ScreenWaiver.objects.filter(prescription__in=prescriptions).exclude(Exists(answered))


def _unasked(prescriptions: list[int]) -> frozenset[int]:
    return frozenset(open_waivers(prescriptions).values_list("prescription_id", flat=True))


def judge_waiting(now: dt.datetime, stop: Callable[[], bool] = lambda: False) -> Counter[str]:
    """Judge every program that waits, one practice after the other, a batch at a time."""
    counts: Counter[str] = Counter()
    for key in passages.practices_with_checks(now, edition()):
        with wall.within(key):
            practice = Practice.objects.get(pk=key)
            while _round(practice, counts, stop):
                pass
    return counts


def _round(practice: Practice, counts: Counter[str], stop: Callable[[], bool]) -> bool:
    """Judge what waits of a practice, up to so many; whether there may be more to do.

    What was left to somebody else, or could not be judged, waits for the next time.
    """
    keys, before = waiting(practice, ROUND), counts["judged"]
    for start in range(0, len(keys), BATCH):
        if stop():
            return False
        counts.update(judge_each(practice, keys[start : start + BATCH]))
    return len(keys) == ROUND and counts["judged"] > before
