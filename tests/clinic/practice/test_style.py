"""One look: every colour and size has a name and a meaning, and the pages use no other."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from clinic.practice.style import Token, tokens
from tests.clinic.practice.contrasts import contrast
from tests.paths import ROOT
from tests.patients.pages import main_text

STATIC = ROOT / "static"
SHEET = (STATIC / "clinic" / "tokens.css").read_text(encoding="utf-8")
NAMED = {token.name.removeprefix("hw-"): token for token in tokens(SHEET)}
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
SIZE = re.compile(r"font-size: (?!var\(--hw-text-)[^;}]+")
ON_GROUNDS = (
    ("ink", ("paper", "surface", "sunken", "accent-wash", "stop-wash", "care-wash", "good-wash")),
    ("ink-soft", ("paper", "surface", "sunken")),
    ("accent", ("paper", "surface")),
    ("on-accent", ("accent", "accent-dark", "care")),
    ("on-fill", ("stop-fill", "stop-dark")),
    *((name, (f"{name}-wash",)) for name in ("good", "calm", "care", "change", "stop")),
)
"""Letters, and the grounds that they stand on."""
SHARED = {
    "paper": "paper", "surface": "surface", "ink": "ink", "soft": "ink-soft", "line": "line-strong",
    "accent": "accent", "wash": "accent-wash", "care": "care", "care-wash": "care-wash",
    "stop": "stop", "stop-wash": "stop-wash", "good-wash": "good-wash", "on-accent": "on-accent",
    "stop-fill": "stop-fill", "plate": "plate",
}  # fmt: skip
"""A patient's name of a colour, and the clinician's."""


def sheets_of_clinicians() -> list[Path]:
    """Every style sheet but the one with the names, and those of the patient's pages."""
    found = [path for path in STATIC.rglob("*.css") if "portal" not in path.parts]
    return [path for path in found if path.name != "tokens.css"]


def on_screen(sheet: str) -> str:
    """A style sheet without its rules for paper, which is white, and without remarks."""
    lines = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return re.sub(r"@media print \{.*?\n\}", "", lines, flags=re.DOTALL)


def test_a_name_says_its_value_by_day_and_by_night_and_what_it_means() -> None:
    assert NAMED["stop"] == Token(
        "hw-stop", "#8a1a1a", "#ffaaa3", "stop: contraindicated, urgent, an error"
    )
    assert NAMED["space-3"].kind == "spaces"
    assert NAMED["touch"].night == ""


def test_every_value_has_a_meaning() -> None:
    declared = re.findall(r"^  --hw-([\w-]+):", SHEET, re.MULTILINE)
    assert list(NAMED) == declared


def test_no_style_sheet_brings_colours_or_sizes_of_its_own() -> None:
    own = {
        path.name: [*COLOUR.findall(sheet), *SIZE.findall(sheet)]
        for path in sheets_of_clinicians()
        for sheet in [on_screen(path.read_text(encoding="utf-8"))]
    }
    assert {name: found for name, found in own.items() if found} == {}


@pytest.mark.parametrize("when", ["day", "night"])
def test_letters_can_be_read_on_their_ground(when: str) -> None:
    def value(name: str) -> str:
        token = NAMED[name]
        return token.day if when == "day" else token.night or token.day

    poor = [
        f"{letters} on {ground}: {found:.1f}"
        for letters, grounds in ON_GROUNDS
        for ground in grounds
        if (found := contrast(value(letters), value(ground))) < (7 if "ink" in letters else 4.5)
    ]
    assert poor == []


def test_the_patient_s_pages_have_the_same_colours() -> None:
    theirs = (STATIC / "programs" / "portal" / "portal.css").read_text(encoding="utf-8")
    day, _, night = theirs.partition("@media screen and (prefers-color-scheme: dark)")
    for part, ours in ((day, "day"), (night.partition("\n}\n")[0], "night")):
        said = dict(re.findall(r"^ +--([\w-]+): (.+?);", part, re.MULTILINE))
        assert {name: said[name] for name in SHARED} == {
            name: getattr(NAMED[mine], ours) for name, mine in SHARED.items()
        }


def test_the_document_names_them_all() -> None:
    words = (ROOT / "docs" / "style.md").read_text(encoding="utf-8")
    assert {name for name in NAMED if f"`hw-{name}`" not in words} == set()


@pytest.mark.django_db
def test_an_owner_sees_them_all(alice_client: Client, bob_client: Client) -> None:
    page = alice_client.get(reverse("style"))
    words = main_text(page)
    assert "hw-stop stop: contraindicated, urgent, an error #8a1a1a #ffaaa3" in words
    assert "Preferred Suitable Take care Adapt first Not for this patient" in words
    assert {name for name in NAMED if f"hw-{name} " not in words} == set()
    assert reverse("style") in alice_client.get(reverse("practice_settings")).content.decode()
    assert bob_client.get(reverse("style")).status_code == 403
