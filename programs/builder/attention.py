"""What programs add to "needs attention" on the dashboard. For ``ATTENTION_PROVIDERS``.

Each line names its case: a patient may have two open ones.
"""

from __future__ import annotations

from itertools import groupby

from django.db.models import Exists, OuterRef
from django.urls import reverse

from clinic.models import Practice, User
from patients.inbox.attention import AttentionItem, AttentionRank
from patients.models import ScreenAnswer
from patients.vocabulary import Answer
from programs.prescriptions.screen_models import ScreenWaiver
from programs.verdicts.recheck import LiveFlag, live_versions, recheck_live


def live_programs(practice: Practice, user: User) -> list[AttentionItem]:
    """Running programs with an exercise that is not for the patient any more; one line each."""
    flags = sorted(recheck_live(practice), key=lambda flag: flag.program)
    return [_line(program, list(group)) for program, group in groupby(flags, lambda f: f.program)]


def _line(program: str, flags: list[LiveFlag]) -> AttentionItem:
    names = ", ".join(flag.named for flag in flags)
    lapsed = all(flag.expired for flag in flags)
    words = "The override has run out" if lapsed else "Not for this patient any more"
    case = flags[0].case
    return AttentionItem(
        urgency=AttentionRank.SOON if lapsed else AttentionRank.SAME_DAY,
        title=str(case.patient),
        detail=f"{words}: {names}. {flags[0].reason} · {case.title}",
        url=reverse("program", args=[program]),
        at=max(case.facts_changed_at, flags[0].issued_at),
    )


def unasked_questions(practice: Practice, user: User) -> list[AttentionItem]:
    """Running programs that went out with a question not asked, until it is; one line each."""
    answered = ScreenAnswer.objects.current().filter(
        case=OuterRef("prescription__program__case"),
        code=OuterRef("code"),
        answer__in=[Answer.YES, Answer.NO],
        answered_at__gte=OuterRef("made_at"),
    )
    rows = (
        ScreenWaiver.objects.filter(prescription__in=live_versions(practice).order_by())
        .exclude(Exists(answered))
        .select_related("prescription__program__case__patient", "made_by")
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
