"""Last touches to the tags of a PDF, for those who have it read to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pydyf

Elements = dict[bytes, Any]
_RUNNING: Final = pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Footer"})
"""What stands on every page and is no part of the text."""


def mend_tags(pdf: pydyf.PDF) -> None:
    """Say what each table header heads, and that a running footer is not to be read out."""
    elements = {
        thing.reference: thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary)
    }
    _scope_headers(elements)
    _set_footers_apart(pdf, elements)


def _scope_headers(elements: Elements) -> None:
    """Say of each table header whether it heads a column or a row, for readers that ask for it."""
    for element in elements.values():
        if element.get("S") == "/TH":
            group = elements[elements[element["P"]]["P"]]
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _set_footers_apart(pdf: pydyf.PDF, elements: Elements) -> None:
    """Turn what stands in the margins from content into decoration.

    WeasyPrint gives it elements, to have a place for their marks, and leaves them out of the tree.
    """
    root = elements[pdf.catalog["StructTreeRoot"]]
    top = elements[root["K"][0]]
    inside = set(top["K"])
    places = elements[root["ParentTree"]]["Nums"][1::2]
    pages = {page: number for number, page in enumerate(pdf.page_references)}
    for reference, element in list(elements.items()):
        if element.get("P") != top.reference or reference in inside:
            continue
        for part in _below(element, elements):
            for mark in (kid for kid in part["K"] if isinstance(kid, int)):
                number = pages[part["Pg"]]
                _decorate(pdf.objects[_number(elements[part["Pg"]]["Contents"])], mark)
                places[number][mark] = b"null"
            part.free = "f"


def _below(element: Any, elements: Elements) -> Iterator[Any]:
    yield element
    for kid in element["K"]:
        if not isinstance(kid, int):
            yield from _below(elements[kid], elements)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _decorate(stream: Any, mark: int) -> None:
    """Make decoration of the marked piece of a page."""
    for place, part in enumerate(stream.stream):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") == mark:
            stream.stream[place - 1 : place + 1] = ["/Artifact", _RUNNING]
            return
