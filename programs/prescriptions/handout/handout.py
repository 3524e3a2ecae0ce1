"""Prescription to PDF: the printed handout, the same bytes for the same prescription.

Rendering reads the frozen prescription and nothing else: no row, no clock, no network. WeasyPrint
asks this module for every picture, and whatever is not in memory is refused. The result is
PDF/UA-1: tagged, titled, with its language, bookmarks and subsets of its fonts inside.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from clinic.parsing.printable import printable
from programs.access.link_card import AccessCard, access_card
from programs.access.models import PatientAccess
from programs.prescriptions.handout.first.page import first_edition
from programs.prescriptions.handout.footer import footer_of, left_to_right
from programs.prescriptions.handout.layout import layout_of
from programs.prescriptions.handout.options import STANDARD, PrintOptions
from programs.prescriptions.handout.page import Page, document_title
from programs.prescriptions.handout.pictures import pictures_on
from programs.prescriptions.handout.printing import print_page
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.prescription import Prescription
from programs.prescriptions.sheet import WEEKDAYS, Sheet, sheet_of
from programs.prescriptions.spelling import program_word

SECOND_EDITION: Final = 2
"""Since this edition of the page there are options, and cards instead of sections."""


def render(
    prescription: Prescription,
    access: AccessCard,
    options: PrintOptions = PrintOptions(),  # noqa: B008 - frozen
) -> bytes:
    """The handout as PDF. The same input gives the same bytes on the same installed fonts."""
    return _printed(sheet_of(prescription), access, options)


def _printed(sheet: Sheet, access: AccessCard, options: PrintOptions) -> bytes:
    page = _page(sheet, access, options)
    return print_page(page.html, page.pictures, page.paper_size, page.styles)


def page_of(
    prescription: Prescription,
    access: AccessCard,
    options: PrintOptions = PrintOptions(),  # noqa: B008 - frozen
) -> Page:
    """What is printed, for the PDF or for anybody who wants to print it another way."""
    return _page(sheet_of(prescription), access, options)


def _page(sheet: Sheet, access: AccessCard, options: PrintOptions, cover: str = "") -> Page:
    """A page of the edition that the version was issued with, unless something else is asked for.

    Options came with the second edition: whoever chooses one gets the page that knows it.
    ``cover``: the clinician's words for a page in front.
    """
    if sheet.prescription.layout < SECOND_EDITION and not options.code and not cover:
        return first_edition(sheet, access, large_print=options.large)
    layout = layout_of(sheet, options)
    pictures = pictures_on(layout, sheet, access)
    p = sheet.prescription
    context = {
        "sheet": sheet,
        "p": p,
        "access": access,
        "code": access.spaced_code,
        "options": options,
        "cover": printable(cover),
        "layout": layout,
        "logo": "logo:" in pictures,
        "weekdays": WEEKDAYS,
        "footer": footer_of(sheet),
        "named": left_to_right(p.practice.name),
        "document_title": document_title(sheet),
        "program": program_word(p.practice.country),
    }
    html = render_to_string("programs/prescriptions/handout/paper.html", context)
    return Page(html, pictures, options.paper or p.practice.paper_size, "")


def covered(
    issued: IssuedPrescription, access: PatientAccess, options: PrintOptions, cover: str
) -> bytes:
    """The handout with the clinician's words on a page in front; it is not kept."""
    page = _page(issued.sheet, access_card(access), options, cover)
    return print_page(page.html, page.pictures, page.paper_size, page.styles)


def download_name(
    prescription: Prescription,
    options: PrintOptions = PrintOptions(),  # noqa: B008 - frozen
) -> str:
    """A file name that says what it is and nothing about whom or which illness."""
    kind = "-large-print" if options.large else ""
    if options.kind != STANDARD:
        kind += f"-{options.kind}"
    word = program_word(prescription.practice.country)
    return f"home-{word}-{prescription.issued_on:%Y-%m-%d}-v{prescription.version}{kind}.pdf"


def kept(
    issued: IssuedPrescription,
    access: PatientAccess,
    options: PrintOptions = PrintOptions(),  # noqa: B008 - frozen
) -> Handout:
    """The handout's row: read where it exists, else rendered and kept.

    Two requests at once keep one row: the second to finish reads what the first has kept.
    """
    key = {
        "prescription": issued,
        "access": access,
        "large_print": options.large,
        "options": options.code,
        "address": settings.PUBLIC_URL,
    }
    existing = Handout.objects.filter(**key).first()
    if existing is not None:
        return existing
    pdf = _printed(issued.sheet, access_card(access), options)
    with transaction.atomic():
        handout, _ = Handout.objects.get_or_create(**key, defaults={"pdf": pdf})
    return handout
