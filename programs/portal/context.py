"""What the templates of a patient's own pages take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from clinic.emergency_places import place
from programs.portal import published
from programs.portal.door.decorators import PatientRequest
from programs.prescriptions.models import IssuedPrescription


def page_context(request: PatientRequest, issued: IssuedPrescription) -> dict[str, Any]:
    """The prescription, the device, and the practice's numbers to tap."""
    sheet = published.sheet(issued)
    practice = sheet.prescription.practice
    return {
        "issued": issued,
        "sheet": sheet,
        "p": sheet.prescription,
        "device": request.device,
        "phone": phone(practice.phone),
        "emergency": phone(practice.emergency_number),
        "emergency_place": place(practice.emergency_number),
    }


FEWEST_DIGITS: Final = 3
_NUMBER: Final = re.compile(r"[+(\d][\d\s().+/-]*")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to read and, where it can be dialled, an address to tap."""

    words: str
    href: str = ""


def phone(words: str) -> Phone:
    """The number in ``words`` with its ``tel:`` address: ``01947 000000 (desk)``."""
    found = _NUMBER.search(words)
    digits = re.sub(r"[^\d+]", "", found[0].replace("(0)", "")) if found else ""
    dialled = digits[:1] + digits[1:].replace("+", "")
    return Phone(words, f"tel:{dialled}" if len(dialled.lstrip("+")) >= FEWEST_DIGITS else "")
