"""What the templates of a patient's own pages take."""

from __future__ import annotations

from typing import Any

from programs.models import IssuedPrescription
from programs.portal import access
from programs.portal.doorway import PatientRequest
from programs.portal.phones import phone


def page_context(request: PatientRequest, issued: IssuedPrescription) -> dict[str, Any]:
    """The prescription, the device, and the practice's numbers to tap."""
    sheet = access.sheet(issued)
    practice = sheet.prescription.practice
    return {
        "issued": issued,
        "sheet": sheet,
        "p": sheet.prescription,
        "device": request.device,
        "phone": phone(practice.phone),
        "emergency": phone(practice.emergency_number),
    }
