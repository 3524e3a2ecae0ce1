"""What programs add to "needs attention" on the dashboard. For ``ATTENTION_PROVIDERS``."""

from __future__ import annotations

from itertools import groupby

from django.urls import reverse

from clinic.models import Practice, User
from patients.inbox.attention import AttentionItem, AttentionRank
from programs.verdicts.recheck import LiveFlag, recheck_live


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
        detail=f"{words}: {names}. {flags[0].reason}",
        url=reverse("program", args=[program]),
        at=max(case.facts_changed_at, flags[0].issued_at),
    )
