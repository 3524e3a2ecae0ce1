"""Several handouts as one PDF, joined from their kept bytes; nothing is laid out anew.

Pages, tags and bookmarks come over whole. A reader of PDF joins pages alone: what is read aloud
hangs on the file, so the trees of tags are put side by side here, each page finding its own again.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Pdf


def joined(parts: Iterable[bytes], *, title: str, new_sheets: bool = False) -> bytes:
    """These handouts one after the other; the same parts give the same bytes.

    ``new_sheets``: each begins on an odd page, so that on paper printed on both sides nobody's
    handout stands on the back of somebody else's.
    """
    # Loaded when used: no page needs it to be shown.
    from pikepdf import ObjectStreamMode

    whole = _Whole()
    for part in parts:
        whole.add(part, new_sheet=new_sheets)
    file = io.BytesIO()
    whole.finished(title).save(
        file, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate
    )
    return file.getvalue()


class _Whole:
    """What is joined so far: pages, tags and bookmarks."""

    def __init__(self) -> None:
        from pikepdf import Array, Dictionary, Name, Pdf

        self.pdf: Pdf = Pdf.new()
        self.tags = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([])))
        self.places = Array([])
        """Each page's tags under its number, as the standard calls it: the parent tree."""
        self.next_place = 0
        self.bookmarks: list[Any] = []

    def add(self, part: bytes, *, new_sheet: bool) -> None:
        """Put one more behind the others."""
        from pikepdf import Pdf

        one = Pdf.open(io.BytesIO(part))
        if new_sheet and len(self.pdf.pages) % 2:
            _, _, width, height = (float(edge) for edge in list(one.pages[0].mediabox))
            self.pdf.add_blank_page(page_size=(width, height))
        before = len(self.pdf.pages)
        self.pdf.pages.extend(one.pages)
        # After the pages: what refers to them finds the copies.
        self._add_tags(self.pdf.copy_foreign(one.Root.StructTreeRoot), one.Root.Lang)
        for page in list(self.pdf.pages)[before:]:
            _move(page.obj, "/StructParents", self.next_place)
            for mark in page.obj.get("/Annots", []):
                _move(mark, "/StructParent", self.next_place)
        self.next_place = 1 + max(int(n) for n in list(self.places)[0::2])
        self._add_bookmarks(self.pdf.copy_foreign(one.Root.Outlines))
        if before == 0:
            self.pdf.Root.Lang = str(one.Root.Lang)
            self.pdf.Root.Metadata = self.pdf.copy_foreign(one.Root.Metadata)

    def finished(self, title: str) -> Pdf:
        """The whole as a document of its own."""
        from pikepdf import Dictionary, Name

        root = self.pdf.Root
        self.tags.ParentTree = self.pdf.make_indirect(Dictionary(Nums=self.places))
        root.StructTreeRoot = self.tags
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        first, last = self.bookmarks[0], self.bookmarks[-1]
        outlines = Dictionary(Type=Name.Outlines, First=first, Last=last, Count=len(self.bookmarks))
        root.Outlines = self.pdf.make_indirect(outlines)
        for entry in self.bookmarks:
            entry.Parent = root.Outlines
        with self.pdf.open_metadata(set_pikepdf_as_editor=False) as said:
            said["dc:title"] = title
        return self.pdf

    def _add_tags(self, tree: Any, language: Any) -> None:
        for top in tree.K:
            top.P, top.Lang = self.tags, str(language)
            self.tags.K.append(top)
        numbers = tree.ParentTree.Nums
        for place in range(0, len(numbers), 2):
            self.places.append(int(numbers[place]) + self.next_place)
            self.places.append(numbers[place + 1])

    def _add_bookmarks(self, outlines: Any) -> None:
        """Its first bookmark, folded, stands for the handout; the others are inside or beside."""
        entry = outlines.get("/First")
        while entry is not None:
            entry.Count = -abs(int(entry.get("/Count", 0)))
            if self.bookmarks:
                entry.Prev, self.bookmarks[-1].Next = self.bookmarks[-1], entry
            self.bookmarks.append(entry)
            entry = entry.get("/Next")


def _move(thing: Any, key: str, by: int) -> None:
    if key in thing:
        thing[key] = int(thing[key]) + by
