"""What programs add to "needs attention" on the dashboard. For ``ATTENTION_PROVIDERS``.

Each line names its case: a patient may have two open ones.
"""

from __future__ import annotations

from itertools import groupby
from typing import Final

from django.db.models import Prefetch
from django.urls import reverse

from clinic.models import Practice, User
from patients.inbox.attention import MOST, AttentionItem, AttentionNote, AttentionRank
from programs.prescriptions.models import IssuedPrescription, Program
from programs.prescriptions.screen_models import ScreenWaiver
from programs.verdicts.checks import MOST_COUNTED, catch_up, open_waivers
from programs.verdicts.models import ProgramCheck

JUDGED_AT_ONCE: Final = 20
"""Programs that are judged while somebody waits for the dashboard."""


def live_programs(practice: Practice, user: User) -> list[AttentionItem | AttentionNote]:
    """Running programs with an exercise that is not for the patient any more; one line each."""
    behind = catch_up(practice, most=JUDGED_AT_ONCE)
    # Programs after their checks: behind the wall the database cannot know that few are flagged.
    programs = Prefetch("program", Program.objects.select_related("case__patient"))
    rows = ProgramCheck.objects.filter(practice=practice, flagged=True).prefetch_related(programs)
    checks = list(rows.order_by("lapsed", "-since")[: MOST + 1])
    lines: list[AttentionItem | AttentionNote] = [_line(check) for check in checks[:MOST]]
    if len(checks) > MOST:
        lines.append(AttentionNote(f"More than {MOST} programs are flagged. These come first."))
    if behind:
        lines.append(AttentionNote(_behind(behind)))
    return lines


def _behind(count: int) -> str:
    many = (
        f"more than {MOST_COUNTED - 1:,}" if count >= MOST_COUNTED - JUDGED_AT_ONCE else f"{count}"
    )
    which = "1 running program waits" if count == 1 else f"{many} running programs wait"
    return f"{which[0].upper()}{which[1:]} to be checked again, so this list may not be whole yet."


def _line(check: ProgramCheck) -> AttentionItem:
    case = check.program.case
    names = ", ".join(flag["named"] for flag in check.flags)
    words = "The override has run out" if check.lapsed else "Not for this patient any more"
    assert check.since is not None  # noqa: S101 - what is flagged was judged
    return AttentionItem(
        urgency=AttentionRank.SOON if check.lapsed else AttentionRank.SAME_DAY,
        title=str(case.patient),
        detail=f"{words}: {names}. {check.flags[0]['reason']} · {case.title}",
        url=reverse("program", args=[check.program_id]),
        at=check.since,
    )


def unasked_questions(practice: Practice, user: User) -> list[AttentionItem]:
    """Running programs that went out with a question not asked, until it is; one line each."""
    unasked = ProgramCheck.objects.filter(practice=practice, unasked=True)
    programs = list(unasked.order_by("-since").values_list("program_id", flat=True)[:MOST])
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
        detail=f"Went out with a question not asked: {names}. {latest.made_by}: "
        f"“{latest.reason}” · {case.title}",
        url=f"{reverse('safety_screen', args=[case.pk])}?only={only}",
        at=latest.made_at,
    )
