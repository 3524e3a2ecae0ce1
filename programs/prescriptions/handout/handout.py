"""Prescription to PDF: the printed handout, the same bytes for the same prescription.

Rendering reads the frozen prescription and nothing else: no row, no clock, no network. WeasyPrint
asks this module for every picture, and whatever is not in memory is refused. The result is
PDF/UA-1: tagged, titled, with its language, bookmarks and subsets of its fonts inside.
"""

from __future__ import annotations

import base64
import binascii
import io
from dataclasses import dataclass
from typing import Final

import segno
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from programs.access.link_card import AccessCard, access_card
from programs.access.models import PatientAccess
from programs.exercises.pictures.figure import Figure
from programs.prescriptions.handout.pdf import print_page
from programs.prescriptions.models import Handout, IssuedPrescription
from programs.prescriptions.prescription import Prescription
from programs.prescriptions.sheet import WEEKDAYS, Sheet, sheet_of

PICTURE_TYPES: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_DAY_LINES: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 100" preserveAspectRatio="none">'
    b'<path fill="#857f74" d="%s"/></svg>'
    % b"".join(b"M%d 0h2v100h-2z" % (100 * day) for day in range(7))
)
"""The lines between the days of a week chart."""


def render(prescription: Prescription, access: AccessCard, *, large_print: bool = False) -> bytes:
    """The handout as PDF. The same input gives the same bytes on the same installed fonts."""
    return _printed(sheet_of(prescription), access, large_print=large_print)


def _printed(sheet: Sheet, access: AccessCard, *, large_print: bool) -> bytes:
    page = _page(sheet, access, large_print=large_print)
    return print_page(page.html, page.pictures, page.paper_size)


@dataclass(frozen=True, slots=True)
class Page:
    """A handout before it is printed: its page, which is well-formed XML, and its pictures."""

    html: str
    pictures: dict[str, tuple[bytes, str]]
    paper_size: str


def page_of(prescription: Prescription, access: AccessCard, *, large_print: bool = False) -> Page:
    """What is printed, for the PDF or for anybody who wants to print it another way."""
    return _page(sheet_of(prescription), access, large_print=large_print)


def _page(sheet: Sheet, access: AccessCard, *, large_print: bool) -> Page:
    pictures = _pictures(sheet, access)
    html = render_to_string(
        "programs/prescriptions/handout/handout.html",
        {
            "sheet": sheet,
            "p": sheet.prescription,
            "access": access,
            "code": access.spaced_code,
            "large_print": large_print,
            "beside": not large_print,
            "logo": "logo:" in pictures,
            "weekdays": WEEKDAYS,
            "weeks": sheet.chart_weeks(large_print=large_print),
            "document_title": document_title(sheet),
        },
    )
    return Page(html, pictures, sheet.prescription.practice.paper_size)


def document_title(sheet: Sheet) -> str:
    """What a viewer shows as the title: nothing about health, which a window would reveal."""
    return f"Home program, version {sheet.prescription.version}, {sheet.issued_words}"


def download_name(prescription: Prescription, *, large_print: bool = False) -> str:
    """A file name that says what it is and nothing about whom or which illness."""
    large = "-large-print" if large_print else ""
    return f"home-program-{prescription.issued_on:%Y-%m-%d}-v{prescription.version}{large}.pdf"


def kept(issued: IssuedPrescription, access: PatientAccess, *, large_print: bool) -> Handout:
    """The handout's row: read where it exists, else rendered and kept.

    Two requests at once keep one row: the second to finish reads what the first has kept.
    """
    key = {
        "prescription": issued,
        "access": access,
        "large_print": large_print,
        "address": settings.PUBLIC_URL,
    }
    existing = Handout.objects.filter(**key).first()
    if existing is not None:
        return existing
    pdf = _printed(issued.sheet, access_card(access), large_print=large_print)
    with transaction.atomic():
        handout, _ = Handout.objects.get_or_create(**key, defaults={"pdf": pdf})
    return handout


def _pictures(sheet: Sheet, access: AccessCard) -> dict[str, tuple[bytes, str]]:
    """Every picture on the pages by its address, with its media type."""
    pictures = {
        "qr:": (_square_code(access.url), "image/svg+xml"),
        "lines:": (_DAY_LINES, "image/svg+xml"),
    }
    for exercise in sheet.exercises:
        for n, figure in enumerate(exercise.item.figures, start=1):
            address = f"figure:{exercise.number}-{n}"
            pictures[address] = _picture(figure)
    if logo := _raster(sheet.prescription.practice.logo_png):
        pictures["logo:"] = logo
    return pictures


def _picture(figure: Figure) -> tuple[bytes, str]:
    """A drawing or a frozen photo; a photo that cannot be read leaves its words and no picture."""
    if not figure.image:
        return figure.svg.encode(), "image/svg+xml"
    return _raster(figure.image) or (b"", "image/png")


def _square_code(url: str) -> bytes:
    out = io.BytesIO()
    code = segno.make_qr(url, error="m", boost_error=False)
    code.save(
        out, kind="svg", xmldecl=False, svgclass=None, lineclass=None, border=2, omitsize=True
    )
    return out.getvalue()


def _raster(text: str) -> tuple[bytes, str] | None:
    """A picture kept as Base64 text; ``None`` where there is none or it is no picture."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    kinds = (kind for start, kind in PICTURE_TYPES.items() if content.startswith(start))
    kind = next(kinds, None)
    return (content, kind) if kind else None
