"""What the rules say of all that the templates bring, to cases that they are not made for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from programs.rules.case_json import parse_case
from tests.programs.rules.cases import CONTENT, TRAITS, engine

FILE = Path(__file__).with_name("starters_for_others.toml")
PEOPLE = tomllib.loads(FILE.read_text(encoding="utf-8"))["who"]
BROUGHT = {i.exercise for s in CONTENT.starters.values() for i in (*s.items, *s.more)}
VERDICTS = {"bad": "contraindicated", "adapt": "adapt", "care": "caution", "good": "preferred"}


def test_everybody_gets_of_every_template_what_the_documents_say() -> None:
    wrong = {who["name"]: told for who in PEOPLE if (told := _differences(who))}
    assert wrong == {}


def _differences(who: dict[str, Any]) -> dict[str, str]:
    """Exercise and side → what it should have got, and got."""
    expected = dict(_expected(who))
    found = {
        (a.exercise, a.side): a.verdict
        for a in engine().assess(
            parse_case(who["case"]), only=BROUGHT | {slug for slug, _ in expected}
        )
    }
    return {
        "/".join(filter(None, place)): f"{expected.get(place, 'ok')}, not {verdict}"
        for place, verdict in found.items()
        if verdict != expected.get(place, "ok")
    }


def _expected(who: dict[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    for key, verdict in VERDICTS.items():
        for name in who.get(key, "").split():
            slug, _, side = name.partition("/")
            for each in ("left", "right") if TRAITS[slug].sided and not side else (side,):
                yield (slug, each), verdict


def test_of_every_template_something_changes_for_somebody() -> None:
    changed = {slug for who in PEOPLE for (slug, _), _ in _expected(who)}
    brought = {s.slug: {item.exercise for item in s.items} for s in CONTENT.starters.values()}
    assert [slug for slug, items in brought.items() if items.isdisjoint(changed)] == []
