"""Whoever reads who did what reads headings of pages and what was done, not names in the code."""

import re
from pathlib import Path

from django.conf import settings

from patients.oversight.words import DONE_WORDS, PAGE_WORDS, words_of
from tests.guards.addresses import every_address

ACTION = re.compile(r'\baction="([a-z_]+\.[a-z_.]+)"')


def test_every_page_about_a_record_has_its_words() -> None:
    # A page has the name of its template; what only takes a form has none.
    pages = {path.stem for path in Path(settings.BASE_DIR, "templates").rglob("*.html")}
    about_one = {
        address.name
        for address in every_address()
        if set(settings.RECORD_ARGUMENTS) & set(address.converters) and address.name in pages
    }
    assert len(about_one) > 30
    assert about_one | set(settings.RECORD_LISTS) <= set(PAGE_WORDS)


def test_words_are_of_pages_that_there_are_and_read_as_words() -> None:
    assert set(PAGE_WORDS) <= {address.name for address in every_address()}
    assert not [
        words for words in {**PAGE_WORDS, **DONE_WORDS}.values() if "_" in words or ":" in words
    ]


def test_every_change_that_is_put_on_record_has_its_words() -> None:
    written = [
        action
        for room in ("clinic", "patients", "programs")
        for path in Path(settings.BASE_DIR, room).rglob("*.py")
        for action in ACTION.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(written) > 30
    assert set(written) - set(DONE_WORDS) == set()


def test_what_has_no_words_is_read_as_it_stands() -> None:
    assert words_of("case_looks") == "Who looked"
    assert words_of("program.issue") == "Program issued"
    assert words_of("program_item_move") == "Program, while it was changed"
    assert words_of("not_there.yet") == "Not there: yet"
