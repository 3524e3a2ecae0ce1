"""A page links the style sheets of what it shows: a class whose rules stay unread looks broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR, "templates")
STATIC = Path(settings.BASE_DIR, "static")
_CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
_NO_SELECTOR = re.compile(r"/\*.*?\*/|\{[^{}]*\}", re.DOTALL)
_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_PARTS = re.compile(r"""\{% (?:include|extends) ["']([^"']+)["']""")
_SHEET = re.compile(r"static '([^']+\.css)'")
#: Bootstrap's own, which a sheet of ours changes in one place.
NOT_OURS = {"mb-3"}


@cache
def sheets() -> dict[str, frozenset[str]]:
    """The classes that each style sheet has rules for."""
    return {
        path.relative_to(STATIC).as_posix(): frozenset(
            _CLASS.findall(_NO_SELECTOR.sub(" ", path.read_text()))
        )
        for path in STATIC.rglob("*.css")
    }


@cache
def source(name: str) -> str:
    path = TEMPLATES / name
    return path.read_text() if path.exists() else ""


def parts_of(name: str) -> set[str]:
    """A page, what it builds on and what it includes, all the way down."""
    found: set[str] = set()
    left = [name]
    while left:
        if (one := left.pop()) not in found:
            found.add(one)
            left += _PARTS.findall(source(one))
    return found


def classes(text: str) -> set[str]:
    return set(" ".join(re.findall(r'class="([^"]*)"', _TAG.sub(" ", text))).split())


def unread(name: str) -> Iterator[str]:
    """Classes of a page that only sheets it does not link have rules for."""
    text = "".join(map(source, parts_of(name)))
    linked = set(_SHEET.findall(text))
    ruled = set().union(*(sheets().get(sheet, frozenset()) for sheet in linked))
    # The patient's pages share words with the clinicians' and none of their sheets.
    portal = any("portal" in sheet for sheet in linked)
    elsewhere = {
        found: sheet
        for sheet, known in sheets().items()
        for found in known
        if ("portal" in sheet) == portal
    }
    for found in sorted(classes(text) - ruled - NOT_OURS):
        if found in elsewhere:
            yield f"{name}: .{found} has its rules in {elsewhere[found]}"


def test_every_page_links_the_sheets_of_what_it_shows() -> None:
    pages = [
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if "{% extends" in path.read_text()
    ]
    assert len(pages) > 80
    assert not [found for page in pages for found in unread(page)]
