"""What programs add to "needs attention" on the dashboard. For ``ATTENTION_PROVIDERS``.

Each line names its case: a patient may have two open ones.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import groupby
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from clinic.addresses import address_of
from clinic.models import Practice, User
from clinic.said_once import ANY_DAY, ANY_KEYS, ANY_MOMENT, ANY_NUMBER, ANY_TEXT, SaidOnce
from patients.inbox.attention import MOST, AttentionItem, AttentionNote, AttentionRank
from programs.prescriptions.models import IssuedPrescription, Program
from programs.prescriptions.screen_models import ScreenWaiver
from programs.sessions.json_rows import rows_in
from programs.verdicts.behind import Waiting, behind, may_be_out_of_date
from programs.verdicts.checks import open_waivers
from programs.verdicts.models import ProgramCheck


def live_programs(practice: Practice, user: User) -> list[AttentionItem | AttentionNote]:
    """Running programs with an exercise that is not for the patient any more; one line each.

    As they were judged last. What waits to be judged again is told, and judged by others.
    """
    late = behind(practice)
    checks = [_Flagged(*row) for row in _FLAGGED.rows(practice.pk, *late.by())]
    # Programs after their checks: behind the wall the database cannot know that few are flagged.
    told = _ABOUT.rows(practice.pk, [check.program_id for check in checks]) if checks else []
    about = {program: (case, patient) for program, case, patient in told}
    lines: list[AttentionItem | AttentionNote] = [
        # One that was erased meanwhile is no line.
        _line(check, *about[check.program_id])
        for check in checks[:MOST]
        if check.program_id in about
    ]
    if len(checks) > MOST:
        lines.append(AttentionNote(f"More than {MOST} programs are flagged. These come first."))
    if late.count:
        lines.append(AttentionNote(_words(late)))
    return lines


class _Flagged(NamedTuple):
    """What a line says of a check; ``flags`` as JSON, which only a line that is shown reads."""

    program_id: UUID
    lapsed: bool
    since: dt.datetime
    waits: bool
    flags: Any


def _flagged(
    practice: int, today: dt.date, now: str, settings_at: dt.datetime
) -> QuerySet[Any, Any]:
    waits: Any = ExpressionWrapper(
        may_be_out_of_date(today, now, settings_at), output_field=BooleanField()
    )
    rows = ProgramCheck.objects.filter(practice=practice, flagged=True).annotate(waits=waits)
    return rows.order_by("lapsed", "-since").values_list(*_Flagged._fields)[: MOST + 1]


def _about(practice: int, keys: list[UUID]) -> QuerySet[Any, Any]:
    rows = Program.objects.filter(practice=practice, pk__any_of=keys).order_by()
    return rows.values_list("pk", "case__title", "case__patient__full_name")


def _went_unasked(practice: int) -> QuerySet[Any, Any]:
    rows = ProgramCheck.objects.filter(practice=practice, unasked=True)
    return rows.order_by("-since").values_list("program_id")[:MOST]


_FLAGGED: Final = SaidOnce(_flagged, ANY_NUMBER, ANY_DAY, ANY_TEXT, ANY_MOMENT)
_ABOUT: Final = SaidOnce(_about, ANY_NUMBER, ANY_KEYS)
_UNASKED: Final = SaidOnce(_went_unasked, ANY_NUMBER)


def _words(late: Waiting) -> str:
    which = "1 running program waits" if late.count == 1 else f"{late.many} running programs wait"
    since = f" since {_moment(late.since)}" if late.since else ", as the rules have changed"
    return f"{which} to be checked again{since}. Until then this list may not be whole."


def _moment(at: dt.datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def _line(check: _Flagged, case: str, patient: str) -> AttentionItem:
    return AttentionItem(
        urgency=AttentionRank.SOON if check.lapsed else AttentionRank.SAME_DAY,
        title=patient,
        said=partial(_what_is_flagged, check, case),
        url=address_of("program", check.program_id),
        at=check.since,
    )


def _what_is_flagged(check: _Flagged, case: str) -> str:
    flags = rows_in(check.flags)
    names = ", ".join(flag["named"] for flag in flags)
    words = "The override has run out" if check.lapsed else "Not for this patient any more"
    again = " It is being checked again." if check.waits else ""
    return f"{words}: {names}. {flags[0]['reason']}{again} · {case}"


def unasked_questions(practice: Practice, user: User) -> list[AttentionItem]:
    """Running programs that went out with a question not asked, until it is; one line each."""
    programs = [program for (program,) in _UNASKED.rows(practice.pk)]
    if not programs:
        return []
    newest = (
        IssuedPrescription.objects.filter(program__in=programs)
        .order_by("program_id", "-version")
        .distinct("program_id")
        .values_list("pk", flat=True)
    )
    rows = (
        open_waivers(list(newest))
        .select_related("prescription__program__case__patient", "made_by")
        .defer("prescription__payload", "prescription__draft")
        .order_by("prescription", "pk")
    )
    return [_unasked(list(group)) for _, group in groupby(rows, lambda row: row.prescription_id)]


def _unasked(waivers: list[ScreenWaiver]) -> AttentionItem:
    latest = waivers[0]
    case = latest.prescription.program.case
    names = ", ".join(row.label for row in waivers)
    only = ",".join(row.code for row in waivers)
    return AttentionItem(
        urgency=AttentionRank.ROUTINE,
        title=str(case.patient),
        said=f"Went out with a question not asked: {names}. {latest.made_by}: "
        f"“{latest.reason}” · {case.title}",
        url=f"{reverse('safety_screen', args=[case.pk])}?only={only}",
        at=latest.made_at,
    )
