"""What is behind the door: the version in force, arranged for the page."""

from __future__ import annotations

import re
import threading
from typing import Final

from cachetools import LRUCache, cached

from programs.access.models import PatientAccess
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.sheet import Sheet, sheet_of

_MOST_SHEETS: Final = 64
_MOST_PICTURES: Final = 32 * 1024 * 1024
"""Characters of pictures in the kept sheets, together."""


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


def _weight(sheet: Sheet) -> int:
    """How many characters of photos, drawings and movements a sheet holds.

    None weighs less than its share of all, so that there are never more than ``_MOST_SHEETS``.
    """
    items = [e.item for e in sheet.exercises]
    pictures = sum(
        len(item.motion) + sum(len(f.image) + len(f.svg) for f in item.figures) for item in items
    )
    return max(pictures, _MOST_PICTURES // _MOST_SHEETS)


@cached(
    LRUCache(_MOST_PICTURES, getsizeof=_weight),
    key=lambda issued: issued.issue_key,
    lock=threading.Lock(),
)
def sheet(issued: IssuedPrescription) -> Sheet:
    """What was issued, arranged for the page; read once, since it never changes.

    Photographs are in it by name: each has an address of its own, so that the page is there also
    while the bucket is away.

    Kept by the random key that the database holds unique among all that was ever issued, so that
    nothing of one patient is found under another's.
    """
    return sheet_of(issued.shown())
