"""Each hazard names tests that exist, so that no control vanishes without the page saying so."""

import re
from functools import cache

import pytest
from django.conf import settings

from tests.every_row import every

PAGES = ("docs/safety-case.md", "docs/security.md")
HAZARD = re.compile(r"^## (H\d+) .*$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
SKIPPED = re.compile(r"@pytest\.mark\.(skip|skipif|xfail)\b")


@cache
def source(path: str) -> str:
    file = settings.BASE_DIR / path
    return file.read_text() if file.exists() else ""


def hazards() -> dict[str, str]:
    """The text of each hazard by its number."""
    text = source("docs/safety-case.md")
    starts = [(match[1], match.start()) for match in HAZARD.finditer(text)]
    end = text.index("## What still needs a named clinician")
    ends = [start for _, start in starts[1:]] + [end]
    return {name: text[start:stop] for (name, start), stop in zip(starts, ends, strict=True)}


def test_hazards_are_numbered_in_order() -> None:
    assert list(hazards()) == [f"H{n}" for n in range(1, 16)]


@every("hazard", hazards())
def test_a_hazard_has_causes_controls_and_tests(hazard: str) -> None:
    text = hazards()[hazard]
    assert [word for word in ("Causes:", "Controls:", "Shown by:") if word not in text] == []
    assert len(NAMED.findall(text)) >= 3


@pytest.mark.parametrize("page", PAGES)
def test_each_test_that_is_named_is_there_and_runs(page: str) -> None:
    named = NAMED.findall(source(page))
    missing = [
        f"{path}::{test}"
        for path, test in named
        if not re.search(rf"^(async )?def {test}\(", source(path), re.MULTILINE)
    ]
    assert (len(named) > 10, missing) == (True, [])
    assert [path for path, _ in named if SKIPPED.search(source(path))] == []


def test_each_threat_is_numbered_and_has_tests() -> None:
    text = source("docs/security.md")
    parts = re.split(r"^### (?:(T\d+) .*|What is not stopped here)$", text, flags=re.MULTILINE)
    threats = dict(zip(parts[1::2], parts[2::2], strict=True))
    threats.pop(None, None)  # type: ignore[call-overload]
    assert list(threats) == [f"T{n}" for n in range(1, 16)]
    assert [name for name, words in threats.items() if len(NAMED.findall(words)) < 3] == []
