"""Issuing: the draft becomes a frozen, numbered prescription, or nothing happens at all."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clinic.models import User
from clinic.outcomes import Refused, Stale
from clinic.parsing.digests import digest_of
from patients.models import Case, CaseResponse
from programs.access.models import PatientAccess
from programs.builder.actions.base import lock, record, touch
from programs.builder.actions.drafts import snapshot
from programs.builder.actions.screening import keep_review, keep_waivers, unsettled
from programs.builder.freeze import freeze
from programs.builder.phase_dates import begun_on, next_due, same_phase
from programs.exercises.theirs.uses import keep_uses
from programs.prescriptions import photograph_models
from programs.prescriptions.boxes import Box, boxes_of
from programs.prescriptions.handout.coverage import drawable
from programs.prescriptions.handout.handout import kept
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.models import IssuedPrescription, Program
from programs.prescriptions.photograph_digests import taken_out
from programs.prescriptions.picture_models import put_away
from programs.prescriptions.sheet import Sheet, sheet_of
from programs.sessions import responses
from programs.verdicts.blockers import Blocker, blockers_of
from programs.verdicts.judgement import judge_program

logger = logging.getLogger(__name__)


class Blocked(Exception):  # noqa: N818 - an outcome to show, not an error
    """The program cannot be issued as it stands; ``reasons`` say why."""

    def __init__(self, reasons: list[Blocker]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(r.text for r in reasons))


class Unprintable(Exception):  # noqa: N818 - an outcome to show, not an error
    """Signs would print as empty boxes, and nobody has agreed to that; ``boxes`` say which."""

    def __init__(self, boxes: list[Box]) -> None:
        self.boxes = boxes
        super().__init__(" ".join(box.code for box in boxes))


@transaction.atomic
def issue(
    *,
    program: Program,
    actor: User,
    issue_key: UUID,
    seen_revision: int,
    seen_case: int | None = None,
    waivers: Mapping[str, str] = MappingProxyType({}),
    unchanged: bool = False,
    at: dt.datetime | None = None,
    boxes_agreed: Collection[str] = (),
    printed: bool = True,
) -> IssuedPrescription:
    """Freeze the draft as the next version, judged again with the facts of this moment.

    The same ``issue_key`` gives the same version, so that a double click issues once. Raises
    :class:`Stale` where the draft is not the one that was shown, nor the case where ``seen_case``
    tells it; :class:`Blocked` where something is left to decide; :class:`Refused` for what is no
    draft; :class:`Unprintable` where a sign would be a box on paper.

    ``waivers``: question → why this version goes out with it not asked. ``unchanged``: it was said
    that nothing has changed since the last screen, which is asked from the second version on.
    ``boxes_agreed``: codes of signs that the clinician has seen and lets pass (``U+F123``); they go
    on record.

    ``at`` is when the patient got it, where that was earlier: a paper program taken over. It is
    judged by today's facts all the same, and its pages carry that day's date.

    Case and program stay locked until the end, so that no fact and no item changes in between.
    Handouts are rendered after the version is safe, unless they are not to be ``printed`` yet; a
    download renders what is missing.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=program.case_id)
    locked = lock(program)
    done = IssuedPrescription.objects.filter(issue_key=issue_key).first()
    if done is not None:
        if done.program_id != locked.pk:
            raise Refused("Open the page again to issue.")
        return done
    _refuse_other_than_shown(locked, seen_revision)
    _refuse_other_case(case, seen_case)
    judgement = judge_program(locked)
    latest = locked.prescriptions.first()
    again = latest is not None
    left = unsettled(judgement, waivers=waivers, again=again, unchanged=unchanged)
    if reasons := [*blockers_of(judgement), *left]:
        raise Blocked(reasons)
    version = latest.version + 1 if latest else 1
    prescription = freeze(judgement, version=version, clinician=actor)
    if at is not None:
        day = min(at, timezone.now()).astimezone(case.practice.zone).date()
        begun = begun_on(locked, latest, day)
        prescription = replace(prescription, issued_on=day, weeks_from=begun)
    sheet = sheet_of(prescription)
    agreed = _boxes_agreed(sheet, boxes_agreed)
    payload = prescription.to_dict()
    stored, photographs = taken_out(put_away(case.practice_id, payload))
    issued = IssuedPrescription.objects.create(
        program=locked,
        version=version,
        payload=stored,
        draft=snapshot(locked),
        digest=digest_of(payload),
        issue_key=issue_key,
        issued_by=actor,
        issued_at=min(at or timezone.now(), timezone.now()),
    )
    photograph_models.keep(issued, photographs)
    issued.sheet = sheet  # arranged already, and both handouts are printed from it
    waived = keep_waivers(judgement, issued, actor, waivers)
    if again:
        keep_review(locked, actor, version=version, changed=False)
    locked.draft_open = False
    if latest is None or not same_phase(locked, latest.draft):
        locked.next_phase_on = next_due(locked, prescription.weeks_from)
    touch(locked, actor)
    doses = {judged.item.exercise_id: judged.item.dosage for judged in judgement.items}
    keep_uses(practice=case.practice, clinician=actor, doses=doses)
    access = PatientAccess.objects.ensure(case=case, by=actor)
    details = {**({"waived": waived} if waived else {}), **agreed}
    record(actor, "program.issue", locked, version=version, revision=locked.revision, **details)
    if CaseResponse.objects.filter(case=case).exclude(computed_at=None).exists():
        responses.refresh(case)
    if printed:
        transaction.on_commit(lambda: keep_handouts(issued, access))
    return issued


def _boxes_agreed(sheet: Sheet, agreed: Collection[str]) -> dict[str, list[str]]:
    """What the record says of signs that print as boxes; nothing where there is none."""
    boxes = boxes_of(sheet, drawable())
    if any(box.code not in agreed for box in boxes):
        raise Unprintable(boxes)
    codes = sorted({box.code for box in boxes})
    return {"boxes": codes} if codes else {}


def _refuse_other_than_shown(program: Program, seen_revision: int) -> None:
    if program.ended_at is not None:
        raise Refused("This program has ended.")
    if not program.draft_open or program.revision != seen_revision:
        raise Stale(str(program.changed_by), program.changed_at)


def _refuse_other_case(case: Case, seen: int | None) -> None:
    """What was said about the screen was said of the case as it was shown."""
    if seen is None or seen == case.revision:
        return
    last = case.revisions.select_related("changed_by").first()
    raise Stale(last.who if last else "Somebody", case.facts_changed_at)


def keep_handouts(issued: IssuedPrescription, access: PatientAccess) -> None:
    """Print both handouts and keep them. A failure is logged and costs nothing but time later."""
    for large in (False, True):
        try:
            kept(issued, access, PrintOptions(large=large))
        except Exception:
            logger.exception("A handout could not be rendered at issue; the download tries again.")
