"""A printed handout, taken apart: words, pages, structure, fonts."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf
import pymupdf

PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do"}
PAINTS |= {"INLINE IMAGE"}
WORDS_ONLY = pymupdf.TEXTFLAGS_DICT & ~pymupdf.TEXT_PRESERVE_IMAGES


@dataclass(frozen=True)
class Node:
    """An element of the structure tree."""

    tag: str
    alt: str
    data: Any
    children: tuple["Node", ...]
    file: pikepdf.Pdf
    """Its data can be read for as long as the file is open."""

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


class Pdf:
    """Two readers see the file, each when it is first asked: one its words, one its parts."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    @cached_property
    def _seen(self) -> pymupdf.Document:
        return pymupdf.open(stream=self.content, filetype="pdf")

    @property
    def sheets(self) -> Iterator[Any]:
        """Its pages, for whoever asks where words stand."""
        return map(self._seen.load_page, range(self._seen.page_count))

    @cached_property
    def file(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.content))

    @property
    def root(self) -> Any:
        return self.file.Root

    @property
    def info(self) -> dict[str, str]:
        """What the file says of itself: title, author, times."""
        return {name: str(words) for name, words in self.file.docinfo.items()}

    @cached_property
    def pages(self) -> list[str]:
        """The words of each page in reading order, one space between them."""
        return [" ".join(page.get_text().split()) for page in self.sheets]

    @cached_property
    def text(self) -> str:
        return " ".join(self.pages)

    @cached_property
    def trees(self) -> list[Node]:
        """The tops of the structure: one, but in a file that was joined."""
        return list(_nodes(self.root["/StructTreeRoot"]["/K"], self.file))

    @property
    def tree(self) -> Node:
        return self.trees[0]

    @cached_property
    def elements(self) -> list[Node]:
        return list(self.tree.walk())

    def tagged(self, tag: str) -> list[Node]:
        return [node for node in self.elements if node.tag == tag]

    @property
    def sizes_mm(self) -> set[tuple[int, int]]:
        boxes = (list(map(float, page.mediabox)) for page in self.file.pages)
        return {(round((x - a) / 72 * 25.4), round((y - b) / 72 * 25.4)) for a, b, x, y in boxes}

    @property
    def bookmarks(self) -> list[str]:
        return [title for _, title, _ in self._seen.get_toc()]

    @property
    def fonts(self) -> dict[str, Any]:
        """Each font's descriptor by its name."""
        found = {}
        for page in self.file.pages:
            for font in page.obj["/Resources"]["/Font"].as_dict().values():
                inner = font["/DescendantFonts"][0]
                found[str(inner["/BaseFont"])] = inner["/FontDescriptor"]
        return found

    @property
    def paint_outside_tags(self) -> int:
        """Marks on the page that are neither content of the tree nor declared decoration."""
        return sum(map(_outside, self.file.pages))

    @property
    def boxes(self) -> int:
        """How often a font's sign for "I have none", its glyph 0, stands on a page."""
        return sum(glyph == 0 for page in self.file.pages for glyph in _glyphs(page))

    @property
    def footers(self) -> list[int]:
        """How many pieces of each page are declared a running footer."""
        return [
            sum(
                begun.operands[0] == "/Artifact"
                and begun.operands[1] == {"/Type": pikepdf.Name.Pagination, "/Subtype": FOOTER}
                for begun in pikepdf.parse_content_stream(page, "BDC")
            )
            for page in self.file.pages
        ]

    @cached_property
    def filled(self) -> list[float]:
        """How far down each page reaches, footer aside: its lowest words as a share of the room."""
        found = []
        for number, page in enumerate(self.sheets):
            top = page.rect.height
            rows = [up for up, _, text in self._spans[number] if text.strip() and up > FOOT_PT]
            found.append((top - min(rows, default=top)) / (top - FOOT_PT))
        return found

    def font_sizes_pt(self, page: int) -> dict[float, int]:
        """How many letters of the page stand in which size."""
        sizes: dict[float, int] = {}
        for _, size, text in self._spans[page]:
            points = round(size, 1)
            sizes[points] = sizes.get(points, 0) + len(text.strip())
        return {size: letters for size, letters in sizes.items() if letters}

    @cached_property
    def _spans(self) -> list[list[tuple[float, float, str]]]:
        """How far up each piece of a page stands and how large it is, in points; its words."""
        return [
            [
                (page.rect.height - span["origin"][1], span["size"], span["text"])
                for block in page.get_text("dict", flags=WORDS_ONLY)["blocks"]
                for line in block.get("lines", ())
                for span in line["spans"]
            ]
            for page in self.sheets
        ]


FOOTER = pikepdf.Name.Footer
FOOT_PT = 50.0
"""Where the footer begins, from the paper's lower edge."""


def _nodes(things: Any, file: pikepdf.Pdf) -> Iterator[Node]:
    for thing in things if isinstance(things, pikepdf.Array) else [things]:
        if isinstance(thing, pikepdf.Dictionary) and "/S" in thing:
            kids = tuple(_nodes(thing.get("/K", pikepdf.Array()), file))
            yield Node(str(thing["/S"]), str(thing.get("/Alt", "")), thing, kids, file)


def _glyphs(page: pikepdf.Page) -> Iterator[int]:
    """The numbers of the glyphs that a page is set with, in the fonts they come from."""
    fonts = page.obj["/Resources"]["/Font"]
    glyph_of: Callable[[int], int] = int
    for instruction in pikepdf.parse_content_stream(page, "Tf Tj TJ"):
        shown: Any = instruction.operands[0]
        if str(instruction.operator) == "Tf":
            glyph_of = _glyphs_by_code(fonts[shown])
        else:
            yield from map(glyph_of, _codes(shown))


def _glyphs_by_code(font: Any) -> Callable[[int], int]:
    """A font's own table from codes to glyphs, or the code itself where it has none."""
    table = font["/Encoding"]
    if not isinstance(table, pikepdf.Stream):
        return int
    rows = re.findall(rb"<([0-9a-f]{4})> (\d+)\n", table.read_bytes())
    return {int(code, 16): int(glyph) for code, glyph in rows}.__getitem__


def _codes(shown: Any) -> Iterator[int]:
    """The codes of a piece of text: two bytes each."""
    for piece in shown if isinstance(shown, pikepdf.Array) else [shown]:
        code = bytes(piece) if isinstance(piece, pikepdf.String) else b""
        yield from (int.from_bytes(code[n : n + 2]) for n in range(0, len(code), 2))


def _outside(page: pikepdf.Page) -> int:
    depth = count = 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            depth += 1
        elif operator == "EMC":
            depth -= 1
        elif operator in PAINTS and not depth:
            count += 1
    return count
