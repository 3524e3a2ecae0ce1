"""Loading the catalogue: checked first, all or nothing, twice changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.parsing.reader import read_toml
from programs.exercises import catalogue_files
from programs.exercises.catalogue_files import CATALOGUE, ContentError, read_content
from programs.exercises.catalogue_load import Loaded, load
from programs.exercises.models import CatalogueLoad, Exercise, Rule, Starter

WALKING = "walking.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, copy)
    return copy


@cache
def once(content: bytes) -> dict[str, Any]:
    """A file's table; two hundred files are as they were in the test before."""
    return read_toml(content)


PARSED: dict[tuple[int, frozenset[str]], Any] = {}
"""What a table came to, by the table (each is kept by ``once``) and the sources known."""


def parsed_once(parse: Callable[..., Any]) -> Callable[..., Any]:
    """What is read from a table that was read before; a fault is found anew each time."""

    def read(table: dict[str, Any], *sources: dict[str, str]) -> Any:
        key: tuple[int, frozenset[str]] = (id(table), frozenset(*sources))
        if key not in PARSED:
            PARSED[key] = parse(table, *sources)
        return PARSED[key]

    return read


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_files, "read_toml", once)
    for name in ("parse_definition", "parse_rule"):
        monkeypatch.setattr(catalogue_files, name, parsed_once(getattr(catalogue_files, name)))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.django_db
def test_twice_changes_nothing(folder: Path) -> None:
    content = read_content(folder)
    load(content)
    counts = [m.objects.count() for m in (Exercise, Rule, Starter, CatalogueLoad)]
    with CaptureQueriesContext(connection) as queries:
        assert load(content) == Loaded()
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [m.objects.count() for m in (Exercise, Rule, Starter, CatalogueLoad)] == counts


@pytest.mark.django_db
def test_an_entry_that_disappears_is_retired_and_comes_back(folder: Path) -> None:
    load(read_content(folder))
    (folder / "sit-tall.toml").rename(folder / "sit-tall.gone")
    for template in (folder / "templates").glob("*.toml"):
        if "sit-tall" in template.read_text():
            template.unlink()
    done = load(read_content(folder))
    assert (done.added, done.changed) == (0, 0)
    assert Exercise.objects.get(slug="sit-tall").retired_at is not None
    (folder / "sit-tall.gone").rename(folder / "sit-tall.toml")
    assert load(read_content(folder)) == Loaded(changed=1)
    assert Exercise.objects.get(slug="sit-tall").retired_at is None


@pytest.mark.django_db
def test_a_changed_text_changes_one_row(folder: Path) -> None:
    load(read_content(folder))
    path = folder / WALKING
    path.write_text(path.read_text().replace('name = "', 'name = "Easy ', 1))
    assert load(read_content(folder)) == Loaded(changed=1)
    assert Exercise.objects.get(slug="walking").name.startswith("Easy ")


def broken(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as error:
        read_content(folder)
    return [str(p) for p in error.value.problems]


def told_otherwise(
    folder: Path, name: str, faults: list[tuple[str, str, str]], among: str = ""
) -> dict[str, list[str]]:
    """Each fault put into this file by itself: those whose first problem is another.

    ``among``: the first of those that begin so. The file is afterwards as it was before.
    """
    path = folder / name
    sound = path.read_bytes()
    wrong = {}
    for old, new, problem in faults:
        edit(path, old, new)
        found = [told for told in broken(folder) if told.startswith(among)]
        if not (found and found[0].startswith(f"{name}: {problem}")):
            wrong[problem] = found
        path.write_bytes(sound)
    return wrong


def test_a_problem_names_file_key_and_reason(folder: Path) -> None:
    faults = [
        ('kind = "exercise"', 'kind = "dance"', "kind: 'dance' is not known; allowed: "),
        ('position = "', 'posture = "tall"\nposition = "', "posture: is not a known key"),
        ('effort = "', 'effort = "x', "effort: 'x"),
        ('name = "', 'nome = "', "name: is missing"),
        ('slug = "walking"', 'slug = "Walking!"', "slug: must be lower-case words"),
        ('slug = "walking"', 'slug = "walking-on"', "slug: must equal the file's name"),
        ("easier = [", 'easier = ["no-such-thing", ', "easier: 'no-such-thing' is not in the"),
        ("[[dosage]]", "[[dosage]]\nreps = 400", "dosage[1].reps: must lie between 1 and 100"),
        ("[[dosage]]", "[[dosage]]\nreps = [9, 2]", "dosage[1].reps: the smallest number must"),
        ("[[dosage]]", '[[dosage]]\nreps = "ten"', "dosage[1].reps: must be a whole number"),
        ("[[dosage]]", "[[dosage]]\nhops = 3", "dosage[1].hops: is not known; allowed: "),
        ("sided = false", 'sided = "no"', "sided: must be of type true or false"),
        ("sided = false", "sided = false\nsided = true", "file: cannot be read as TOML"),
        ('part = "lumbar"', 'part = "tail"', "movement[1].part: 'tail' is not known; allowed: "),
    ]
    assert told_otherwise(folder, WALKING, faults, among=f"{WALKING}: ") == {}


def test_every_problem_is_listed_at_once(folder: Path) -> None:
    edit(folder / WALKING, 'kind = "exercise"', 'kind = "dance"')
    edit(folder / "sit-tall.toml", "sided = false", "sided = 3")
    edit(folder / "rules" / "direction.toml", 'verdict = "contraindicated"', 'verdict = "bad"')
    files = {p.split(":")[0] for p in broken(folder)}
    assert {WALKING, "sit-tall.toml", "rules/direction.toml"} <= files


def test_a_problem_in_a_rule_is_named(folder: Path) -> None:
    faults = [
        ('source = "S0"', 'source = "S9"', "rule R01.source: 'S9' is not a known source"),
        ('id = "R02"', 'id = "R01"', "rule R01.id: is used twice"),
        ("version = 1", "version = 0", "rule R01.version: must be 1 or more"),
        (
            'relation = "toward"',
            'relation = "near"',
            "rule R01.clause[1].exercise.movements[1].rel",
        ),
        ('laterality = "one_side"', 'side = "one"', "rule R01.clause[1].case.side: is not a known"),
        ("narrowed {side} foramen", "narrowed {who} foramen", "rule R01.clause[1].reason: '{who}'"),
    ]
    assert told_otherwise(folder, "rules/direction.toml", faults) == {}


def test_a_problem_in_the_words_or_the_history_of_a_rule_is_named(folder: Path) -> None:
    faults = [
        (
            'modification = "Have someone help you on and off the ball."',
            "",
            "rule P-31.clause[1].words: cover no text for: any, half_kneeling, hands_and_knees, ho",
        ),
        (
            'patient = "Sit back slowly and only half way, with your back long. That moves your '
            'back and spares your bones."',
            "",
            "rule P-06.clause[2].words[1]: says nothing",
        ),
        (
            'patient = "Sleeping on your side is better for you now.',
            'modification = "Sleeping on your side is better for you now.',
            "rule P-11.clause[3].words[1].modification: goes with verdict 'adapt', and only there",
        ),
        (
            'version = 2\non = "2026-11-26"\nwhat = "A leg that',
            'version = 1\non = "2026-11-26"\nwhat = "A leg that',
            "rule P-21.change: must end with this version, none left out",
        ),
        (
            'on = "2026-11-26"\nwhat = "A leg that',
            'on = "26 November"\nwhat = "A leg that',
            "rule P-21.change[1].on: must be a day like 2026-11-26",
        ),
        ('id = "P-18"\nversion = 1', 'id = "P-18"\nversion = 2', "rule P-18.change: is missing"),
        (
            'affected = "knee" }',
            'affected = "toe" }',
            "rule P-15.clause[1].exercise.affected: 'to",
        ),
    ]
    assert told_otherwise(folder, "rules/precautions.toml", faults) == {}
    lacking = ('lacks = ["bed"]', 'lacks = ["sofa"]', "rule R100.clause[2].case.lacks: 'sofa'")
    assert told_otherwise(folder, "rules/practical.toml", [lacking]) == {}


@pytest.mark.django_db
def test_the_command_changes_nothing_when_a_file_is_wrong(folder: Path) -> None:
    edit(folder / WALKING, 'kind = "exercise"', 'kind = "dance"')
    before = Exercise.objects.count()
    with pytest.raises(CommandError, match=r"Nothing was loaded\.\nwalking\.toml: kind: 'dance'"):
        call_command("load_catalogue", folder=folder)
    assert Exercise.objects.count() == before


def test_the_check_names_the_broken_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from programs.exercises import checks

    assert checks.catalogue_is_valid(None) == []
    edit(folder / WALKING, 'kind = "exercise"', 'kind = "dance"')
    monkeypatch.setattr(checks, "read_content", lambda: read_content(folder))
    assert [e.msg.split(":")[0] for e in checks.catalogue_is_valid(None)] == [WALKING]
