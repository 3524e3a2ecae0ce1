"""What a clinician reads of what was issued: versions, differences, flags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from programs.difference import Change, differences
from programs.models import IssuedPrescription, PatientAccess, Program
from programs.recheck import recheck_live
from programs.sheet import Sheet, sheet_of

SHOWN = 50
"""Versions listed on one page."""


@dataclass(frozen=True, slots=True)
class Version:
    """One issued version with what changed since the one before."""

    issued: IssuedPrescription
    changes: list[Change] | None

    @property
    def first(self) -> bool:
        """Whether there is none before it."""
        return self.changes is None


def versions_of(program: Program) -> list[Version]:
    """The latest versions, newest first, each with its changes."""
    rows = list(program.prescriptions.select_related("issued_by").defer("draft")[: SHOWN + 1])
    read = [row.prescription() for row in rows]
    out = []
    for n, row in enumerate(rows[:SHOWN]):
        before = read[n + 1] if n + 1 < len(rows) else None
        out.append(Version(row, differences(before, read[n]) if before else None))
    return out


def issued_context(program: Program) -> dict[str, Any]:
    """Everything the page of an issued program shows."""
    latest = program.prescriptions.select_related("issued_by").first()
    sheet: Sheet | None = sheet_of(latest.prescription()) if latest else None
    access = PatientAccess.objects.filter(case=program.case, revoked_at=None).first()
    case = program.case
    live = program.ended_at is None
    return {
        "program": program,
        "case": case,
        "issued": latest,
        "sheet": sheet,
        "p": sheet.prescription if sheet else None,
        "access": access,
        "versions": program.prescriptions.count(),
        "flags": recheck_live(case.practice, case) if live else [],
    }
