"""What was issued before the second edition of the page still prints as it did, byte for byte.

The figures below are those of the page as it was: text, pictures and style sheets. The fonts of a
machine and the version of WeasyPrint decide the rest.
"""

import gzip
import hashlib
import json
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from programs.prescriptions.handout.handout import page_of
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.prescription import Prescription
from tests.programs.samples import ACCESS

KEPT = Path(__file__).with_name("issued_before.json.gz")
STYLES = settings.BASE_DIR / "templates/programs/prescriptions/handout/first"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def issued_before() -> Prescription:
    """A version as it was kept then: no edition, and nothing marked as general."""
    return Prescription.from_dict(json.loads(gzip.decompress(KEPT.read_bytes())))


@pytest.mark.parametrize(
    ("large", "page", "pictures"),
    [
        (False, "37e0e750edcd6153", "f01f9cf2943d11e0"),
        (True, "5d052124b17492c4", "f01f9cf2943d11e0"),
    ],
)
def test_its_page_and_its_pictures_are_the_same(large: bool, page: str, pictures: str) -> None:
    made = page_of(issued_before(), ACCESS, PrintOptions(large=large))
    assert made.styles == "first"
    assert digest(" ".join(made.html.split())) == page
    assert digest(repr(sorted(made.pictures.items()))) == pictures


@pytest.mark.parametrize(
    ("name", "written"), [("base.css", "cf56be96527ddc80"), ("handout.css", "54d717b20fbffa8c")]
)
def test_its_style_sheets_are_the_same(name: str, written: str) -> None:
    assert digest((STYLES / name).read_text(encoding="utf-8")) == written


def test_whoever_asks_for_another_paper_gets_the_page_of_today() -> None:
    made = page_of(issued_before(), ACCESS, PrintOptions(paper="Letter"))
    assert made.styles == ""
    assert made.paper_size == "Letter"
    assert "Exercises for" in made.html
