"""A large made-up catalogue and rule book: varied, valid, and the same at every run.

Entries start from real ones and get other positions, movements, loads, flags, equipment and words;
rules pair the case test of one real clause with the exercise test of another. Everything goes
through the same parsers as the real content.
"""

from __future__ import annotations

import copy
import random
from functools import cache
from typing import Any

from clinic.parsing.errors import DefinitionError
from patients.vocabulary import EQUIPMENT, FINDINGS
from programs.exercises.catalogue_files import built_in
from programs.exercises.definition import Definition, parse_definition
from programs.rules import movements as m
from programs.rules import traits as t
from programs.rules.book import RuleDefinition
from programs.rules.book_tables import parse_rule

EXERCISES = 5000
RULES = 300
SEED = 20261120
HOW = ("Slow", "Small", "Gentle", "Long", "Easy", "Firm", "Short", "Deep", "Light", "Steady")
WHAT = ("bend", "reach", "turn", "slide", "tilt", "press", "lift", "roll", "bridge", "stretch")
WHERE = ("at a wall", "on a mat", "in bed", "on a chair", "by a counter", "with a towel")


@cache
def tables(count: int = EXERCISES) -> dict[str, dict[str, Any]]:
    """Made-up entries by slug, as their files would read."""
    chance = random.Random(SEED)
    models = [d for d in built_in().raw_exercises.values() if d["kind"] == "exercise"]
    made: dict[str, dict[str, Any]] = {}
    while len(made) < count:
        table = _varied(chance, copy.deepcopy(chance.choice(models)), len(made))
        try:
            parse_definition(table)
        except DefinitionError:
            continue
        made[table["slug"]] = table
    return made


def definitions(count: int = EXERCISES) -> dict[str, Definition]:
    """The same entries, read."""
    return {slug: parse_definition(table) for slug, table in tables(count).items()}


def _varied(chance: random.Random, table: dict[str, Any], number: int) -> dict[str, Any]:
    words = chance.choice(HOW), chance.choice(WHAT), chance.choice(WHERE)
    table.update(
        slug=f"made-up-{number:04}",
        name=f"{' '.join(words)} {number}",
        aliases=chance.sample(table["aliases"], min(3, len(table["aliases"]))),
        position=chance.choice(list(t.POSITIONS)),
        phase=chance.choice(["stretch", "strengthen", "restore_motion", "decompress"]),
        regions=chance.sample(list(t.REGIONS), 2),
        equipment=chance.sample(list(EQUIPMENT), chance.randrange(3)),
        flags=chance.sample(list(t.FLAGS), chance.randrange(5)),
        spine_load=chance.choice(t.SPINE_LOADS),
        arm_load=chance.choice(t.ARM_LOADS),
        neck_load=chance.choice(t.NECK_LOADS),
        pressure=chance.choice(t.PRESSURES),
        breathing=chance.choice(sorted(t.BREATHING)),
        effort=chance.choice(sorted(t.EFFORTS)),
        helper=chance.random() < 0.05,
        sided=chance.random() < 0.5,
        easier=[],
        harder=[],
        prerequisites=[],
    )
    table["movement"] = [_movement(chance) for _ in range(chance.randrange(1, 4))]
    return table


def _movement(chance: random.Random) -> dict[str, Any]:
    """A movement of the spine as often as one of a limb."""
    spine = chance.random() < 0.5
    part = "lumbar" if spine else chance.choice(sorted(m.LIMB_PARTS))
    row: dict[str, Any] = {
        "part": part,
        "direction": chance.choice(sorted(m.DIRECTIONS[part])),
        "range": chance.choice(m.RANGES),
        "mode": chance.choice(sorted(m.MODES)),
    }
    if not spine:
        row["degrees"] = chance.randrange(10, 150, 10)
    return row


def rules(count: int = RULES) -> list[RuleDefinition]:
    """The real rules, with made-up ones up to ``count``."""
    chance = random.Random(SEED)
    content = built_in()
    clauses = [
        clause
        for table in content.raw_rules.values()
        if table.get("level", "exercise") == "exercise"
        for clause in table["clause"]
        if clause["verdict"] not in ("urgent", "refer")
    ]
    made = list(content.rules)
    while len(made) < count:
        made.append(parse_rule(_rule(chance, clauses, len(made)), content.sources))
    return made


def _rule(chance: random.Random, clauses: list[dict[str, Any]], number: int) -> dict[str, Any]:
    """When of one clause and what of another, now and then only with a finding."""
    when = copy.deepcopy(chance.choice(clauses).get("case", {}))
    what = copy.deepcopy(chance.choice(clauses).get("exercise", {}))
    if chance.random() < 0.4:
        when = {"all": [when], "findings": chance.sample(list(FINDINGS), 2)}
    verdict = chance.choice(["contraindicated", "adapt", "caution", "caution"])
    clause = {
        "verdict": verdict,
        "case": when,
        "exercise": what,
        "reason": "Made up, about the {side} side.",
        "patient": "Made up.",
    }
    if verdict == "adapt":
        clause["modification"] = "Do less of it."
    return {
        "id": f"Z{number:03}",
        "version": 1,
        "title": "Made up for measuring",
        "source": "project",
        "evidence": "inference",
        "clause": [clause],
    }
