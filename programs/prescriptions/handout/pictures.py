"""Every picture that stands on a handout, by its address there."""

from __future__ import annotations

import base64
import binascii
import io
from typing import Final

import segno

from programs.access.link_card import AccessCard
from programs.exercises.pictures.figure import Figure
from programs.prescriptions.handout.last_page import DAY_MM, MOST_CIRCLES
from programs.prescriptions.handout.layout import Layout
from programs.prescriptions.photograph_digests import digest_named
from programs.prescriptions.prescription import PrescriptionError
from programs.prescriptions.sheet import Sheet

PICTURE_TYPES: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
Pictured = dict[str, tuple[bytes, str]]
"""Content and media type by address."""
_SVG: Final = "image/svg+xml"
_HEAD: Final = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s">'
_CIRCLE_MM: Final = 2.5
_SMALLER_MM: Final = 1.8
_ROW_MM: Final = 9.0


def pictures_on(layout: Layout, sheet: Sheet, access: AccessCard) -> Pictured:
    """The pictures of a laid out page, cut to their ink."""
    pictures = {"qr:": (square_code(access.url), _SVG)}
    for card in layout.cards:
        for picture in card.pictures:
            drawing = (picture.svg.encode(), _SVG)
            figure = picture.figure
            pictures[picture.address] = picture_of(figure) if figure.image else drawing
    if layout.chart:
        pictures |= {f"circles:{n}": (_circles(n), _SVG) for n in range(1, MOST_CIRCLES + 1)}
    return pictures | logo_of(sheet)


def picture_of(figure: Figure) -> tuple[bytes, str]:
    """A drawing or a frozen photo; a photo that cannot be read leaves its words and no picture.

    One that is only named is no picture at all: whoever prints has to bring it.
    """
    if not figure.image:
        return figure.svg.encode(), _SVG
    if digest_named(figure.image):
        raise PrescriptionError("a photograph was named and not brought")
    return raster(figure.image) or (b"", "image/png")


def logo_of(sheet: Sheet) -> Pictured:
    """The practice's logo, where there is one that can be read."""
    logo = raster(sheet.prescription.practice.logo_png)
    return {"logo:": logo} if logo else {}


def square_code(url: str) -> bytes:
    """The code that a phone's camera opens an address by."""
    out = io.BytesIO()
    code = segno.make_qr(url, error="m", boost_error=False)
    code.save(
        out, kind="svg", xmldecl=False, svgclass=None, lineclass=None, border=2, omitsize=True
    )
    return out.getvalue()


def _circles(count: int) -> bytes:
    """A row of the week chart: so many circles a day, for as many times to tick."""
    r = _CIRCLE_MM if count < 3 else _SMALLER_MM
    apart = 2 * r + (1.6 if count < 3 else 0.2)
    middles = (
        DAY_MM * (day + 0.5) + apart * (n - (count - 1) / 2)
        for day in range(7)
        for n in range(count)
    )
    rings = "".join(
        f"M{x - r:.2f} {_ROW_MM / 2}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0z"
        for x in middles
    )
    head = _HEAD % (round(7 * DAY_MM, 1), _ROW_MM)
    return f'{head}<path d="{rings}" fill="none" stroke="#444" stroke-width="0.35"/></svg>'.encode()


def raster(text: str) -> tuple[bytes, str] | None:
    """A picture kept as Base64 text; ``None`` where there is none or it is no picture."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    kinds = (kind for start, kind in PICTURE_TYPES.items() if content.startswith(start))
    kind = next(kinds, None)
    return (content, kind) if kind else None
