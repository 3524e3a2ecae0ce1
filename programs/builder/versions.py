"""What a clinician reads of what was issued: versions, differences, flags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from programs.access.models import PatientAccess
from programs.builder.ended import ended_words
from programs.builder.phase_dates import due_phase, phase_words
from programs.prescriptions.differences import Difference, differences
from programs.prescriptions.models import IssuedPrescription, Override, Program
from programs.prescriptions.screen_models import ScreenReview
from programs.prescriptions.sheet import sheet_of
from programs.verdicts.recheck import recheck_live

SHOWN = 50
"""Versions listed on one page."""


@dataclass(frozen=True, slots=True)
class Against:
    """An item that went out against the rules, and whose decision that was."""

    name: str
    side: str
    override: Override


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """One issued version with what changed since the one before."""

    issued: IssuedPrescription
    changes: list[Difference] | None
    against: list[Against]
    review: ScreenReview | None = None
    """What was said about changes since the last screen when it went out."""

    @property
    def first(self) -> bool:
        """Whether there is none before it."""
        return self.changes is None


def versions_of(program: Program) -> list[ListedVersion]:
    """The latest versions, newest first, each with its changes."""
    said = program.prescriptions.select_related("issued_by").prefetch_related("waivers__made_by")
    rows = list(said.defer("draft")[: SHOWN + 1])
    reviews = {r.version: r for r in _reviews(program)}
    read = [row.words() for row in rows]
    decided = _decisions(program)
    out = []
    for n, row in enumerate(rows[:SHOWN]):
        before = read[n + 1] if n + 1 < len(rows) else None
        changes = differences(before, read[n]) if before else None
        out.append(ListedVersion(row, changes, _against(row, decided), reviews.get(row.version)))
    return out


def _reviews(program: Program) -> QuerySet[ScreenReview]:
    """What was said before each version that went out, oldest first."""
    rows = program.screen_reviews.filter(changed=False)
    return rows.select_related("made_by", "screened_by")


def _decisions(program: Program) -> list[Override]:
    """Every override there ever was in the program, newest first."""
    found = Override.objects.filter(item__program=program).select_related("made_by", "revocation")
    return list(found.order_by("-made_at"))


def _against(issued: IssuedPrescription, decided: list[Override]) -> list[Against]:
    """What stood overridden when this version went out, in the order of the version."""
    held = {
        str(override.item_id): override
        for override in reversed(decided)
        if override.made_at <= issued.issued_at
        and (override.revoked_at is None or override.revoked_at > issued.issued_at)
    }
    return [
        Against(row["name"], row["side"], held[row["item"]])
        for row in issued.payload["items"]
        if row["item"] in held
    ]


def issued_context(program: Program) -> dict[str, Any]:
    """Everything the page of an issued program shows."""
    latest = (
        program.prescriptions.select_related("issued_by")
        .prefetch_related("waivers__made_by")
        .first()
    )
    sheet = sheet_of(latest.shown()) if latest else None
    access = PatientAccess.objects.of_patients().filter(case=program.case, revoked_at=None).first()
    case = program.case
    live = program.ended_at is None
    return {
        "program": program,
        "case": case,
        "issued": latest,
        "sheet": sheet,
        "p": sheet.prescription if sheet else None,
        "access": access,
        "ended_words": "" if live else ended_words(program),
        "versions": program.prescriptions.count(),
        "against": _against(latest, _decisions(program)) if latest else [],
        "flags": recheck_live(case.practice, case) if live else [],
        "phase_words": phase_words(program) if live else "",
        "phase_due": due_phase(program, case.today()),
    }
