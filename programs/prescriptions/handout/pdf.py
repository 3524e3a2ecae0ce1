"""From a page of ours and its pictures to PDF/UA-1.

WeasyPrint lays out and writes; this module gives it what it needs in the form that costs it least,
since a clinician waits for the result: pages read by the strict parser, style sheets read once,
drawings already translated, no built-in rules that a handout never uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final
from xml.etree import ElementTree

import pydyf
from cssselect2 import ElementWrapper
from django.conf import settings
from weasyprint import CSS, DEFAULT_OPTIONS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from clinic.collector import no_collector
from clinic.parsing.printable import direction
from clinic.turns import Turns
from programs.prescriptions.handout.drawings import PrintedDrawing, pack, read_drawing
from programs.prescriptions.handout.press.parts import put_in
from programs.prescriptions.handout.styles import fonts
from programs.prescriptions.handout.tagging import mend_tags

PAPER_SIZES: Final = ("A4", "Letter")
Pictures = Mapping[str, tuple[bytes, str]]
"""Every picture by its address on the page: its content and media type."""
_KIND: Final = {"pdf_variant": "pdf/ua-1"}
_SVG: Final = "image/svg+xml"
_ONE_AT_A_TIME: Final = Turns()
"""Fonts and parsed style sheets are shared between pages, and are not made for threads."""
put_in()


def print_page(page: str, pictures: Pictures, paper_size: str, styles: str = "first") -> bytes:
    """The PDF of a page that is well-formed XML, without a name space.

    ``styles``: the folder of its style sheets.

    Nothing is fetched: an address that ``pictures`` does not hold stays without its picture.
    An unknown paper size prints on A4.
    """
    root = ElementTree.fromstring(page)  # noqa: S314 - written by our own template
    _settle_directions(root)
    with _ONE_AT_A_TIME, no_collector():
        return _written(root, pictures, _style(paper_size, styles))


def _written(root: ElementTree.Element, pictures: Pictures, styles: tuple[CSS, ...]) -> bytes:
    """Lay a page out and write it.

    Nothing of it is held when this ends: the collector, back at work, finds all of it free at its
    first look, instead of keeping it for a later one.
    """
    page = _Page(root, _InMemory(pictures))
    document = page.render(
        font_config=fonts(), stylesheets=styles, cache=_drawings(pictures), **_KIND
    )
    pdf: bytes = document.write_pdf(finisher=_finish, **_KIND)
    return pdf


class _InMemory(URLFetcher):
    """Gives out the pictures of one handout, and refuses every other address."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(allowed_protocols=())
        self.pictures = pictures

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url not in self.pictures:
            raise ValueError("a handout is printed from memory; nothing is fetched")
        body, kind = self.pictures[url]
        return URLFetcherResponse(url, body, {"Content-Type": kind})


class _Page(HTML):
    """A page that is parsed already, under no style but ours.

    WeasyPrint reads HTML as browsers do, forgiving every mistake, ten times slower than the parser
    for pages without any; and its built-in style sheet holds rules for each element of the
    standard, to be tried on each of ours.
    """

    def __init__(self, root: ElementTree.Element, fetcher: URLFetcher) -> None:
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def render(self, font_config: FontConfiguration, **options: Any) -> Document:
        """Lay the page out."""
        return Document._render(self, font_config, None, None, DEFAULT_OPTIONS | options)

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return []


def _drawings(pictures: Pictures) -> dict[str, PrintedDrawing]:
    """Those pictures that we translate ourselves; WeasyPrint reads the others."""
    found = {a: read_drawing(body) for a, (body, kind) in pictures.items() if kind == _SVG}
    return {address: drawing for address, drawing in found.items() if drawing}


@cache
def _style(paper_size: str, styles: str) -> tuple[CSS, ...]:
    """The parsed style sheets for one edition and paper size.

    They are one sheet: what each element is matched with is looked up once for each sheet.
    """
    size = paper_size if paper_size in PAPER_SIZES else PAPER_SIZES[0]
    folder = settings.BASE_DIR / "templates" / "programs" / "prescriptions" / "handout" / styles
    names = ("base.css", "handout.css")
    files = [(folder / name).read_text(encoding="utf-8") for name in names]
    whole = "\n".join((*files, f"@page {{ size: {size} }}"))
    return (CSS(string=whole, font_config=fonts()),)


def _settle_directions(root: ElementTree.Element) -> None:
    """Give each text of automatic direction its own: browsers know ``auto``, WeasyPrint does not.

    Left to right is what holds where nothing is said. As in browsers, what has a direction of its
    own inside does not count: a label of ours before words that somebody typed.
    """
    for element in root.iter():
        if element.get("dir") == "auto":
            if direction("".join(_own_text(element))) == "rtl":
                element.set("dir", "rtl")
            else:
                del element.attrib["dir"]


def _own_text(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.get("dir") is None:
            yield from _own_text(child)
        yield child.tail or ""


def _finish(document: Document, pdf: pydyf.PDF) -> None:
    """Last touches before the file is written."""
    mend_tags(pdf)
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and thing.compress:
            _pack(thing)


def _pack(stream: Any) -> None:
    """Compress a stream now, instead of later and harder."""
    stream.stream = [pack(b"\n".join(map(_bytes, stream.stream)))]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def _bytes(part: object) -> bytes:
    if isinstance(part, pydyf.Object):
        return bytes(part.data)
    return part if isinstance(part, bytes) else str(part).encode("ascii")
