"""The record of what was printed: an entry for each handout, whether alone or among others."""

from __future__ import annotations

from typing import Any

from clinic import audit
from clinic.http import PracticeRequest
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.models import IssuedPrescription


def on_record(
    request: PracticeRequest, issued: IssuedPrescription, options: PrintOptions, **more: Any
) -> None:
    """Say that this version was printed, how, and by whom."""
    details: dict[str, Any] = {"options": options.code} if options.code else {}
    audit.record(
        practice=request.practice,
        actor=request.user,
        action="prescription.handout",
        target=issued,
        version=issued.version,
        large=options.large,
        **details,
        **more,
    )
