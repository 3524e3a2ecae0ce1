"""Prescription to PDF: the printed handout, the same bytes for the same prescription.

Rendering reads the frozen prescription and nothing else: no row, no clock, no network. WeasyPrint
asks this module for every picture, and whatever is not in memory is refused. The result is
PDF/UA-1: tagged, titled, with its language, bookmarks and subsets of its fonts inside.
"""

from __future__ import annotations

import base64
import binascii
import io
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

import pydyf
import segno
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from weasyprint import CSS, HTML, Document
from weasyprint.html import UA, UA_COUNTER_STYLE
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from programs.models import Handout, IssuedPrescription, PatientAccess
from programs.plain_text import direction
from programs.prescription import Figure, Prescription
from programs.sheet import WEEKDAYS, Sheet, sheet_of

PAPER_SIZES: Final = ("A4", "Letter")
PICTURE_TYPES: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_DAY_LINES: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 100" preserveAspectRatio="none">'
    b'<path fill="#857f74" d="%s"/></svg>'
    % b"".join(b"M%d 0h2v100h-2z" % (100 * day) for day in range(7))
)
"""The lines between the days of a week chart."""
_ONE_AT_A_TIME: Final = threading.Lock()
"""Fonts and parsed style sheets are shared between renderings, and are not made for threads."""


@dataclass(frozen=True, slots=True)
class AccessCard:
    """The patient's door as printed: the link in the square code, the address to type, the code."""

    url: str
    address_words: str
    code: str

    @property
    def spaced_code(self) -> str:
        """The code in groups of four, easier to read and to type."""
        return " ".join(self.code[i : i + 4] for i in range(0, len(self.code), 4))


def render(prescription: Prescription, access: AccessCard, *, large_print: bool = False) -> bytes:
    """The handout as PDF. The same input gives the same bytes on the same installed fonts."""
    sheet = sheet_of(prescription)
    pictures = _pictures(sheet, access)
    html = render_to_string(
        "prescription/handout.html",
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
    with _ONE_AT_A_TIME:
        return _pdf(html, pictures, sheet.prescription.practice.paper_size)


def document_title(sheet: Sheet) -> str:
    """What a viewer shows as the title: nothing about health, which a window would reveal."""
    return f"Home program, version {sheet.prescription.version}, {sheet.issued_words}"


def download_name(prescription: Prescription, *, large_print: bool = False) -> str:
    """A file name that says what it is and nothing about whom or which illness."""
    large = "-large-print" if large_print else ""
    return f"home-program-{prescription.issued_on:%Y-%m-%d}-v{prescription.version}{large}.pdf"


def access_card(access: PatientAccess) -> AccessCard:
    """The card for a patient's link on this site's public address."""
    link = settings.PUBLIC_URL + reverse("portal_door", args=[access.token])
    door = urlsplit(settings.PUBLIC_URL + reverse("portal_code"))
    words = f"{door.netloc}{door.path}".rstrip("/")
    return AccessCard(url=link, address_words=words, code=access.code)


def kept(issued: IssuedPrescription, access: PatientAccess, *, large_print: bool) -> Handout:
    """The handout's row: read where it exists, else rendered and kept.

    Two requests at once keep one row: the second to finish reads what the first has kept.
    """
    key = {"prescription": issued, "access": access, "large_print": large_print}
    existing = Handout.objects.filter(**key).first()
    if existing is not None:
        return existing
    pdf = render(issued.prescription(), access_card(access), large_print=large_print)
    with transaction.atomic():
        handout, _ = Handout.objects.get_or_create(**key, defaults={"pdf": pdf})
    return handout


class _InMemory(URLFetcher):
    """Gives out the pictures of one handout, and refuses every other address."""

    def __init__(self, pictures: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=())
        self.pictures = pictures

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url not in self.pictures:
            raise ValueError("a handout is printed from memory; nothing is fetched")
        body, kind = self.pictures[url]
        return URLFetcherResponse(url, body, {"Content-Type": kind})


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


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _style(paper_size: str) -> tuple[CSS, ...]:
    """The parsed style sheets for one paper size; an unknown size prints on A4."""
    size = paper_size if paper_size in PAPER_SIZES else PAPER_SIZES[0]
    path = settings.BASE_DIR / "templates" / "prescription" / "handout.css"
    texts = (path.read_text(encoding="utf-8"), f"@page {{ size: {size} }}")
    return tuple(CSS(string=text, font_config=_fonts()) for text in texts)


class _Sheet(HTML):
    """A page without foot notes and list markers of WeasyPrint's own.

    Its built-in style sheet gives every element six pseudo-elements for them, which a handout never
    shows and which were a third of the time to print one.
    """

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_browser_style()]


@cache
def _browser_style() -> CSS:
    """WeasyPrint's built-in style sheet less the rules for pseudo-elements of every element."""
    kept_rules = "\n".join(line for line in UA.splitlines() if not line.startswith("::"))
    return CSS(string=kept_rules, counter_style=UA_COUNTER_STYLE)


def _pdf(html: str, pictures: Mapping[str, tuple[bytes, str]], paper_size: str) -> bytes:
    page = _Sheet(string=html, url_fetcher=_InMemory(pictures))
    for element in _of_automatic_direction(page.etree_element):
        element.set("dir", direction("".join(element.itertext())))
    pdf: bytes = page.write_pdf(
        stylesheets=_style(paper_size),
        font_config=_fonts(),
        pdf_variant="pdf/ua-1",
        finisher=_scope_headers,
    )
    return pdf


def _scope_headers(document: Document, pdf: pydyf.PDF) -> None:
    """Say of each table header whether it heads a column or a row, for readers that ask for it."""
    elements = {
        thing.reference: thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary)
    }
    for element in elements.values():
        if element.get("S") == "/TH":
            group = elements[elements[element["P"]]["P"]]
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _of_automatic_direction(root: Any) -> Iterator[Any]:
    """Elements whose direction follows their text: browsers know ``auto``, WeasyPrint does not."""
    return (e for e in root.iter() if e.get("dir") == "auto")
