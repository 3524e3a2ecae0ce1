"""What is behind the door: the version in force, arranged for the page."""

from __future__ import annotations

import re
import uuid
from typing import Final

from programs.access.models import PatientAccess
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.sheet import Sheet, sheet_of

_MOST_SHEETS: Final = 64


_MOST_PICTURES: Final = 32 * 1024 * 1024
"""Characters of pictures in the kept sheets, together."""


_sheets: Final[dict[uuid.UUID, Sheet]] = {}


def latest_issued(access: PatientAccess, *, light: bool = False) -> IssuedPrescription | None:
    """The newest version of the newest program of this case that was ever issued.

    ``light`` leaves the content behind until it is asked for: a page of photos asks for each of
    them, and the sheet is most often kept.
    """
    return (
        IssuedPrescription.objects.filter(program__case=access.case_id)
        .select_related("program")
        .defer("draft", *(["payload"] if light else []))
        .order_by("-program__created_at", "-version")
        .first()
    )


def version_named(access: PatientAccess, name: str) -> IssuedPrescription | None:
    """The version of this case that a page names by its key, in force or not; None: no such one."""
    key = int(name) if re.fullmatch(r"[0-9]{1,9}", name) else 0
    found = IssuedPrescription.objects.filter(program__case=access.case_id, pk=key)
    return found.select_related("program").first()


def sheet(issued: IssuedPrescription) -> Sheet:
    """What was issued, arranged for the page; read once, since it never changes."""
    if (known := _sheets.get(issued.issue_key)) is None:
        if len(_sheets) >= _MOST_SHEETS or sum(map(_pictures, _sheets.values())) > _MOST_PICTURES:
            _sheets.clear()
        known = _sheets[issued.issue_key] = sheet_of(issued.prescription())
    return known


def _pictures(known: Sheet) -> int:
    """How many characters of photos, drawings and movements a sheet holds."""
    items = [e.item for e in known.exercises]
    return sum(
        len(item.motion) + sum(len(f.image) + len(f.svg) for f in item.figures) for item in items
    )
