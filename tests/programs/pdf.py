"""A printed handout, taken apart: words, pages, structure, fonts."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pymupdf
from pypdf import PdfReader
from pypdf.generic import ContentStream

PAINTS = {
    b"Tj",
    b"TJ",
    b"'",
    b'"',
    b"S",
    b"s",
    b"f",
    b"F",
    b"f*",
    b"B",
    b"B*",
    b"b",
    b"b*",
    b"sh",
} | {b"Do"}


@dataclass(frozen=True)
class Node:
    """An element of the structure tree."""

    tag: str
    alt: str
    data: Any
    children: tuple["Node", ...]

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


class Pdf:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.reader = PdfReader(io.BytesIO(content))
        self.root: Any = self.reader.trailer["/Root"]

    @cached_property
    def pages(self) -> list[str]:
        """The words of each page in reading order, one space between them."""
        with pymupdf.open(stream=self.content, filetype="pdf") as file:
            return [" ".join(page.get_text().split()) for page in file]

    @cached_property
    def text(self) -> str:
        return " ".join(self.pages)

    @cached_property
    def tree(self) -> Node:
        return next(_nodes(self.root["/StructTreeRoot"]["/K"]))

    @property
    def elements(self) -> list[Node]:
        return list(self.tree.walk())

    def tagged(self, tag: str) -> list[Node]:
        return [node for node in self.elements if node.tag == tag]

    @property
    def sizes_mm(self) -> set[tuple[int, int]]:
        boxes = (page.mediabox for page in self.reader.pages)
        return {(round(b.width / 72 * 25.4), round(b.height / 72 * 25.4)) for b in boxes}

    @property
    def bookmarks(self) -> list[str]:
        return [str(entry.title) for entry in _flat(self.reader.outline)]

    @property
    def fonts(self) -> dict[str, Any]:
        """Each font's descriptor by its name."""
        found = {}
        for page in self.reader.pages:
            for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                found[str(inner["/BaseFont"])] = inner["/FontDescriptor"].get_object()
        return found

    @property
    def paint_outside_tags(self) -> int:
        """Marks on the page that are neither content of the tree nor declared decoration."""
        return sum(
            _outside(ContentStream(p.get_contents(), self.reader)) for p in self.reader.pages
        )

    @property
    def boxes(self) -> int:
        """How often a font's sign for "I have none", its glyph 0, stands on a page."""
        return sum(glyph == 0 for page in self.reader.pages for glyph in self._glyphs(page))

    def _glyphs(self, page: Any) -> Iterator[int]:
        """The numbers of the glyphs that a page is set with, in the fonts they come from."""
        fonts = page["/Resources"]["/Font"]
        glyph_of: Callable[[int], int] = int
        for operands, operator in ContentStream(page.get_contents(), self.reader).operations:
            if operator == b"Tf":
                glyph_of = _glyphs_by_code(fonts[operands[0]])
            elif operator in {b"Tj", b"TJ"}:
                yield from map(glyph_of, _codes(operands))

    @property
    def footers(self) -> list[int]:
        """How many pieces of each page are declared a running footer."""
        return [
            sum(
                operator == b"BDC"
                and operands[0] == "/Artifact"
                and operands[1] == {"/Type": "/Pagination", "/Subtype": "/Footer"}
                for operands, operator in ContentStream(page.get_contents(), self.reader).operations
            )
            for page in self.reader.pages
        ]

    @cached_property
    def filled(self) -> list[float]:
        """How far down each page reaches, footer aside: its lowest words as a share of the room."""
        found = []
        for number, page in enumerate(self.reader.pages):
            top = float(page.mediabox.height)
            rows = [up for up, _, text in self._spans(number) if text.strip() and up > FOOT_PT]
            found.append((top - min(rows, default=top)) / (top - FOOT_PT))
        return found

    def font_sizes_pt(self, page: int) -> dict[float, int]:
        """How many letters of the page stand in which size."""
        sizes: dict[float, int] = {}
        for _, size, text in self._spans(page):
            points = round(size, 1)
            sizes[points] = sizes.get(points, 0) + len(text.strip())
        return {size: letters for size, letters in sizes.items() if letters}

    def _spans(self, page: int) -> Iterator[tuple[float, float, str]]:
        """How far up each piece of the page stands and how large it is, in points; its words."""
        with pymupdf.open(stream=self.content, filetype="pdf") as file:
            height = file[page].rect.height
            for block in file[page].get_text("dict")["blocks"]:
                for line in block.get("lines", ()):
                    for span in line["spans"]:
                        yield height - span["origin"][1], span["size"], span["text"]


FOOT_PT = 50.0
"""Where the footer begins, from the paper's lower edge."""


def _nodes(things: Any) -> Iterator[Node]:
    things = things.get_object() if hasattr(things, "get_object") else things
    for thing in things if isinstance(things, list) else [things]:
        data = thing.get_object() if hasattr(thing, "get_object") else thing
        if isinstance(data, dict) and "/S" in data:
            kids = tuple(_nodes(data.get("/K", [])))
            yield Node(str(data["/S"]), str(data.get("/Alt", "")), data, kids)


def _flat(outline: Any) -> Iterator[Any]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def _glyphs_by_code(font: Any) -> Callable[[int], int]:
    """A font's own table from codes to glyphs, or the code itself where it has none."""
    table = font["/Encoding"]
    if not hasattr(table, "get_data"):
        return int
    rows = re.findall(rb"<([0-9a-f]{4})> (\d+)\n", table.get_data())
    return {int(code, 16): int(glyph) for code, glyph in rows}.__getitem__


def _codes(operands: Any) -> Iterator[int]:
    """The codes of a piece of text: two bytes each."""
    for piece in operands[0] if isinstance(operands[0], list) else operands:
        code = getattr(piece, "original_bytes", b"")
        yield from (int.from_bytes(code[n : n + 2]) for n in range(0, len(code), 2))


def _outside(stream: ContentStream) -> int:
    depth = count = 0
    for _, operator in stream.operations:
        if operator in {b"BDC", b"BMC"}:
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif operator in PAINTS and not depth:
            count += 1
    return count
