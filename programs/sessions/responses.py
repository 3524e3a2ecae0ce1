"""What follows from a case's logs: judged by the rules, kept, and raised as alerts and reviews.

``refresh`` runs in the transaction that stores a log, so that no log is ever stored without its
alert. An alert is raised once for what it tells of: while it is open its facts are kept up to date,
and after it was acknowledged only a new occurrence raises it again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Final

from django.db import transaction
from django.utils import timezone

from clinic.side_by_side import update
from patients.models import Case, CaseResponse, SymptomLog
from patients.response import Guide, History, Response, ResponseSettings, judge_at, respond
from patients.response.ahead import midnight
from patients.response.fold import horizon
from patients.screening.actions import report_red_flags
from patients.vocabulary import Chain
from programs.exercises.library import Library, library_for
from programs.sessions import folding
from programs.sessions.alerts import bring_in_line
from programs.sessions.edition import edition
from programs.sessions.endings import named_by_alerts
from programs.sessions.guide import guide, response_to_dict
from programs.sessions.history import Read, history_of
from programs.sessions.opening import lock
from programs.sessions.prescribed import PrescribedVersion, versions_of

_KEPT: Final = ("outcome", "trend", "answer", "edition", "settings_at", "judge_at", "watched")
"""What an answer writes where it has changed; the moment it was made is written always."""


def answer_for(case: Case) -> CaseResponse:
    """What the logs mean now: the kept answer.

    Judged anew where time may have changed it, a fact of the case, as when a red flag was
    cleared, or what the rules make of a log.
    """
    kept = CaseResponse.objects.filter(case=case).first()
    if kept is None or _is_due(kept, case, timezone.now()):
        return refresh(case)
    return kept


def _is_due(kept: CaseResponse, case: Case, now: dt.datetime) -> bool:
    at = kept.computed_at
    changed = at is None or at < case.facts_changed_at or kept.edition != edition()
    return changed or kept.judge_at <= now or kept.settings_at < case.practice.settings_at


@transaction.atomic
def refresh_due(case: Case, now: dt.datetime) -> bool:
    """Judge a case that is due, and look further ahead; False where somebody else has it."""
    free = Case.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=case.pk)
    if not free.values_list("pk"):
        return False
    kept = lock(case)
    if not _is_due(kept, case, now):
        return False
    judge(kept, versions_of(case), now, far=True)
    return True


@transaction.atomic
def refresh(case: Case, now: dt.datetime | None = None) -> CaseResponse:
    """Judge the case's whole history, keep the answer, and raise or end what follows from it."""
    return judge(lock(case), versions_of(case), now)


def judge(
    kept: CaseResponse,
    versions: list[PrescribedVersion],
    now: dt.datetime | None,
    *,
    far: bool = False,
    library: Library | None = None,
    adding: Sequence[SymptomLog] = (),
) -> CaseResponse:
    """The same inside a transaction that holds the lock and has read the versions.

    ``far``: find out on which day the answer changes by itself. Else that is the next one, so that
    nobody who sends a log waits for it. ``library``: the practice's, where it has been read.
    ``adding``: logs that are added first.
    """
    case = kept.case
    library = library or library_for(case.practice)
    read = history_of(kept, library, versions, now, adding=adding)
    history, before = read.history, [getattr(kept, name) for name in _KEPT]
    words = guide_for(library, history)
    answer = respond(history, words)
    kept.judge_at = judge_at(history, words, answer) if far else midnight(history)
    kept.watched = True
    kept.outcome = answer.outcome.value
    kept.trend = answer.trend.value
    kept.answer = response_to_dict(answer)
    kept.computed_at, kept.edition = history.now, edition()
    kept.settings_at = case.practice.settings_at
    changed = (n for n, was in zip(_KEPT, before, strict=True) if getattr(kept, n) != was)
    update(kept, ("computed_at", *changed))
    _stop_for_both_legs(case, answer)
    bring_in_line(case, history, answer, versions, standing=read.standing)
    _fold(kept, read)
    return kept


def _fold(kept: CaseResponse, read: Read) -> None:
    """Leave old sessions unread from now on that no answer rests on."""
    named = partial(named_by_alerts, kept.case)
    folded = folding.folded(read.history, read.rows, read.bearing, named)
    if folded is not None:
        kept.folded_before, kept.folded = horizon(read.history), folded
        kept.save(update_fields=["folded_before", "folded"])


def _stop_for_both_legs(case: Case, answer: Response) -> None:
    """Both legs newly weak or numb is a red flag though nobody ticked it: it stops the case."""
    flags = [a.facts for a in answer.alerts if a.code == "red_flag" and "seen" in a.facts]
    if flags:
        report_red_flags(case=case, codes=[str(facts["red_flag"]) for facts in flags])


def guide_for(library: Library, history: History) -> Guide:
    """What the library's rules say to each situation, with the limits and words for this case."""
    return _guides(_Same(library), history.settings, Chain.ARM if history.arms else Chain.LEG)


class _Same:
    """A library as a key: the same content makes the same guide."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.library.version == other.library.version

    def __hash__(self) -> int:
        return hash(self.library.version)


@lru_cache(maxsize=64)
def _guides(same: _Same, settings: ResponseSettings, chain: Chain) -> Guide:
    return guide(same.library.rules.values(), settings, chain)
