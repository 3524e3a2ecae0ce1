"""Own exercises and templates go out as a file and come into another practice as they were."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clinic.models import Practice, User
from programs.exercises.models import Exercise
from programs.exercises.own.actions import create_own, own_slug
from programs.exercises.theirs.models import OwnStarter
from tests.every_row import every
from tests.patients.pages import main_text
from tests.programs.exercises.rulebook.rules import put_exercise
from tests.programs.shipped import CATALOGUE, read
from tests.undone import undone

pytestmark = pytest.mark.django_db
URL = "/exercises/exchange/"
DOSE = {"sets": [2, 2], "reps": [8, 8], "pace": "slow", "resistance": "band", "step": "wide"}


def as_file(client: Client, kind: str) -> bytes:
    return b"".join(client.get(f"{URL}?as={kind}"))


def look(client: Client, raw: bytes, name: str = "own.toml") -> Any:
    return client.post(URL, {"what": "look", "file": SimpleUploadedFile(name, raw)})


def keep(client: Client, shown: Any) -> Any:
    """Press the button of the page."""
    form = shown.context["form"]
    data = {"what": "keep", "kept": form.text, **({"toml": "on"} if form.is_toml else {})}
    return client.post(URL, data)


@pytest.fixture(autouse=True)
def own(practice: Practice, alice: User) -> Exercise:
    """Alice's practice has an exercise of its own, and a template with it and a built-in one."""
    put_exercise("curl-up")
    data = {
        **read(CATALOGUE / "dead-bug.toml"),
        "slug": own_slug(UUID(int=7)),
        "name": "Dead bug, ours",
        "summary": "=1+1 is how “slow” begins: \\ and a tab",
        "easier": [], "harder": [], "prerequisites": [],
        "edition": 3, "unknown": ["breathing", "head_lift"],
        "reviewed_by": "Somebody else", "reviewed_on": "2026-01-01",
    }  # fmt: skip
    made = create_own(practice=practice, actor=alice, data=data)
    items = [
        {"exercise": made.slug, "dosage": DOSE, "note": "Two lines\nof a note."},
        {"exercise": "curl-up"},
    ]
    head = {"slug": "own", "name": "Trunk, week 1", "summary": "A start.", "source": "own"}
    credit = {"author": "Alice Archer", "licence": "The practice's own", "meant_for": []}
    OwnStarter.objects.create(
        practice=practice, made_by=alice, name="Trunk, week 1", shared=True,
        data={**head, **credit, "item": items, "weeks": 2, "phase": [{"weeks": 1, "item": items}]},
    )  # fmt: skip
    return made


@pytest.mark.parametrize("kind", ["toml", "csv"])
def test_what_goes_out_comes_into_another_practice_as_it_was(
    kind: str, own: Exercise, other_practice: Practice, alice_client: Client, charlie_client: Client
) -> None:
    shown = look(charlie_client, as_file(alice_client, kind), f"own.{kind}")
    assert "1 exercise and 1 template to keep Dead bug, ours Trunk, week 1" in main_text(shown)
    assert not other_practice.exercises.exists()
    for _ in range(2):
        assert keep(charlie_client, shown).status_code == 302
    made, kept = other_practice.exercises.get(), other_practice.own_starters.get()
    left_out = ("slug", "reviewed_by", "reviewed_on", *(["figure"] if kind == "csv" else []))
    for key, value in own.data.items():
        if key not in left_out:
            assert made.data.get(key, [] if value == [] else "") == value, key
    assert (made.data["reviewed_by"], made.slug == own.slug) == ("", False)
    assert kept.data["item"] == [
        {"exercise": made.slug, "dosage": DOSE, "note": "Two lines\nof a note."},
        {"exercise": "curl-up"},
    ]
    assert kept.data["phase"] == [{"weeks": 1, "item": kept.data["item"]}]
    assert (kept.data["weeks"], kept.shared) == (2, False)
    again = look(charlie_client, as_file(alice_client, kind), f"own.{kind}")
    assert "There is nothing new in this file Here already: Dead bug, ours" in main_text(again)


def test_a_spreadsheet_computes_nothing_of_it(alice_client: Client) -> None:
    assert "'=1+1 is how" in as_file(alice_client, "csv").decode()


def test_one_wrong_entry_keeps_all_out_and_is_named(
    other_practice: Practice, alice_client: Client, charlie_client: Client
) -> None:
    raw = as_file(alice_client, "toml")
    raw = raw.replace(b'position = "', b'position = "up').replace(b'"curl-up"', b'"curl-down"')
    shown = look(charlie_client, raw)
    page = main_text(shown)
    assert (shown.status_code, "Nothing has been kept." in page) == (422, True)
    assert "Dead bug, ours , position: 'up" in page
    assert "Trunk, week 1 , item[1].exercise: 'own-" in page
    assert keep(charlie_client, shown).status_code == 422
    assert (other_practice.exercises.count(), other_practice.own_starters.count()) == (0, 0)


def test_a_name_that_is_taken_is_told(alice_client: Client) -> None:
    raw = as_file(alice_client, "toml").replace(b"of a note", b"of another note")
    page = main_text(look(alice_client, raw))
    assert "Trunk, week 1 , name: a template of yours is called this already" in page
    assert "Here already: Dead bug, ours." in page
    page = main_text(look(alice_client, raw.replace(b'author = "', b'author = "Not ')))
    assert "Dead bug, ours , name: an exercise is called this already" in page


@every(
    ("name", "raw", "said"),
    [
        ("a.toml", b"x = 1", "“x” is not known."),
        ("a.toml", b"exercise = 1", "Write each one below a line [[exercise]]."),
        ("a.toml", b"[[exercise]]\nname = ", "cannot be read as TOML"),
        ("a.toml", b"a = " + b"[" * 5000, "The file"),
        ("a.toml", b"\xff\xfe\x00", "no text"),
        ("a.toml", b'[[exercise]]\nname = "a\\u0000"', "has a character that is no text"),
        ("a.toml", b"[[exercise]]\nname = 3", "exercise 1"),
        ("a.toml", b"# nothing", "There is no exercise and no template in this file."),
        ("a.toml", b"[[template]]\n" * 301, "There are more than 300 entries."),
        ("a.toml", b"[[exercise]]\n" + b"a." * 20_000 + b"a = 1", "The file is nested too deeply."),
        ("a.toml", b"[[exercise]]\na = {" + b"a . " * 9_000 + b"a = 1}", "nested too deeply."),
        ("a.toml", b"[[exercise]]\n[exercise." + b"a." * 15 + b"a]", "nested too deeply."),
        ("a.toml", b"[[exercise]]\nname = 0x" + b"f" * 5000, "a number in the file that is too"),
        ("a.toml", b"[[exercise]]\nname = nan", "a number in the file that is too large, or no"),
        ("a.csv", b"What,sided\nexercise," + b"[" * 5000, "Line 2 has a cell that cannot be read"),
        ("a.csv", b'What,sided\nexercise,"""\\ud800"""', "Line 2 has a cell that cannot be"),
        ("a.csv", b"Name\nA", "There is no column “What” in the first line. It names “Name”."),
        ("a.csv", b"What,name\nthing,A", "“thing” is neither exercise nor template."),
        ("a.csv", b"What,sided\nexercise,{", "Line 2 has a cell that cannot be read."),
        ("a.csv", b"PK\x03\x04", "This is an Excel workbook"),
        ("a.csv", b"x" * 1_000_001, "larger than 1000 kB"),
    ],
)
def test_a_hostile_file_gets_a_plain_answer(
    alice_client: Client, name: str, raw: bytes, said: str
) -> None:
    with undone():
        shown = look(alice_client, raw, name)
    assert (shown.status_code, said in main_text(shown)) == (422, True)
