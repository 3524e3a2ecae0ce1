"""What issuing asks of the safety screen: a reason for each open question, a word on changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import transaction

from clinic.models import User
from clinic.outcomes import Refused
from patients.questions import label_of
from patients.screening.answers import last_screen
from programs.builder.actions.base import lock, record
from programs.prescriptions.models import IssuedPrescription, Program
from programs.prescriptions.screen_models import ScreenReview, ScreenWaiver
from programs.verdicts.blockers import Blocker
from programs.verdicts.judgement import Judgement
from programs.verdicts.standing import SHORTEST_REASON


def unsettled(
    judgement: Judgement, *, waivers: Mapping[str, str], again: bool, unchanged: bool
) -> Iterator[Blocker]:
    """What is left to say about the screen. ``again``: a version went out before."""
    for code in judgement.unanswered:
        if len(waivers.get(code, "").strip()) < SHORTEST_REASON:
            text = f"{label_of(code)}: answer the question, or write why it goes out without."
            yield Blocker(text, "screen", codes=(code,))
    if again and not unchanged:
        yield Blocker("Say whether anything has changed since the last screen.", "screen")


def keep_waivers(
    judgement: Judgement, issued: IssuedPrescription, actor: User, waivers: Mapping[str, str]
) -> list[str]:
    """Write the reasons that this version needs; a question answered meanwhile needs none."""
    codes = judgement.unanswered
    ScreenWaiver.objects.bulk_create(
        ScreenWaiver(prescription=issued, code=code, reason=waivers[code].strip(), made_by=actor)
        for code in codes
    )
    return list(codes)


def keep_review(program: Program, actor: User, *, version: int, changed: bool) -> ScreenReview:
    """Write what was answered about changes since the last screen."""
    last = last_screen(program.case)
    return ScreenReview.objects.create(
        program=program,
        version=version,
        changed=changed,
        screened_at=last.answered_at if last else None,
        screened_by=last.answered_by if last else None,
        made_by=actor,
    )


@transaction.atomic
def say_changed(*, program: Program, actor: User) -> ScreenReview:
    """Record that something has changed since the last screen; the screen comes next.

    Said again by the same person, with no answer in between, it is what stands already. Raises
    :class:`Refused` for what is no draft of a version to come.
    """
    locked = lock(program)
    latest = locked.prescriptions.defer("draft", "payload").first()
    if not locked.draft_open or latest is None:
        raise Refused("Open the page again to issue.")
    last = last_screen(program.case)
    said = locked.screen_reviews.filter(version=latest.version + 1, changed=True, made_by=actor)
    for before in said.order_by("-pk")[:1]:
        if before.screened_at == (last.answered_at if last else None):
            return before
    review = keep_review(locked, actor, version=latest.version + 1, changed=True)
    record(actor, "program.screen_changed", locked, version=review.version)
    return review
