"""A rule that a practice wrote itself. Pure.

It asks for care or forbids, and can do nothing else. As the worst verdict counts, none of them ever
makes a verdict milder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from clinic.parsing.errors import DefinitionError
from clinic.parsing.printable import printable
from programs.rules.book import Clause, RuleDefinition
from programs.rules.book_tables import parse_rule
from programs.rules.conditions import CaseTest
from programs.rules.trait_tests import ExerciseTest

MADE_RULE: Final = "OWN-"
"""How its id begins; no rule of the catalogue is called so."""
MADE_VERDICTS: Final = ("caution", "contraindicated")
MADE_SOURCE: Final = "own"
MADE_EVIDENCE: Final = "practice"
_SOURCES: Final = {MADE_SOURCE: "Written by the practice itself"}


def made_rule(data: Mapping[str, Any]) -> RuleDefinition:
    """Read a stored rule; ``DefinitionError`` where it could do more than warn or forbid."""
    rule = parse_rule(data, _SOURCES)
    if not rule.id.startswith(MADE_RULE):
        raise DefinitionError("id", f"must begin with {MADE_RULE}")
    if rule.level != "exercise":
        raise DefinitionError("level", "must be exercise")
    for clause in rule.clauses:
        if clause.verdict not in MADE_VERDICTS:
            raise DefinitionError("verdict", f"'{clause.verdict}' is not one of a practice's own")
        if clause.case == CaseTest() and clause.exercise == ExerciseTest():
            raise DefinitionError("clause", "says neither of whom it speaks nor of what")
    return replace(rule, note=f"a rule of your own, from: {rule.item}")


def read_or_warn(data: Mapping[str, Any]) -> RuleDefinition:
    """The rule; where its words have left the vocabulary, a caution on everything that says so.

    What somebody forbade must not vanish because a code did.
    """
    try:
        return made_rule(data)
    except DefinitionError:
        words = f"The rule “{data['title']}” of your practice can no longer be read. Write it anew."
        clause = Clause(
            "caution",
            CaseTest(),
            ExerciseTest(),
            plain_words(words),
            "Go gently with this one.",
        )
        return RuleDefinition(
            id=str(data["id"]),
            version=int(data["version"]),
            title=str(data["title"]),
            level="exercise",
            source=MADE_SOURCE,
            item=str(data.get("item", "")),
            evidence=MADE_EVIDENCE,
            clauses=(clause,),
        )


def plain_words(text: str) -> str:
    """Somebody's words on one line; no braces, which mark places to fill in."""
    return " ".join(printable(text).translate({ord("{"): "(", ord("}"): ")"}).split())
