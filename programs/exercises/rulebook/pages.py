"""What the pages about rules show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from clinic.models import Practice
from programs.exercises.definition import Definition
from programs.exercises.library import Library
from programs.exercises.rulebook.finding import LONGEST_ASKED, find_rules
from programs.exercises.rulebook.models import MadeRule, OwnRule
from programs.exercises.rulebook.standings import RuleStanding, standings
from programs.exercises.rulebook.wording import (
    LEVEL_LABELS,
    ClauseWords,
    clauses_of,
    evidence_of,
    sources_of,
)
from programs.rules.book import RuleDefinition
from programs.rules.made import MADE_RULE
from programs.rules.unsaid_tests import meets

STATES = {
    "unsigned": "Not signed",
    "signed": "Signed",
    "changed": "Changed since it was signed",
    "comments": "With comments",
    "ours": "Changed by your practice",
}


@dataclass(frozen=True, slots=True)
class RuleChoices:
    """Which rules the list shows. What is not understood is not asked."""

    query: str = ""
    level: str = ""
    state: str = ""

    @classmethod
    def of(cls, sent: QueryDict) -> RuleChoices:
        """From the address."""
        level, state = sent.get("level", ""), sent.get("state", "")
        return cls(
            query=" ".join(sent.get("q", "").split())[:LONGEST_ASKED],
            level=level if level in LEVEL_LABELS else "",
            state=state if state in STATES else "",
        )

    @property
    def address(self) -> str:
        """The search part of the address, without the page."""
        asked = {"q": self.query, "level": self.level, "state": self.state}
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def filters(self) -> Iterator[tuple[str, str, str, list[tuple[str, str]]]]:
        """Name, label, what is chosen, and what can be."""
        yield "level", "Kind", self.level, list(LEVEL_LABELS.items())
        yield "state", "Review", self.state, list(STATES.items())

    def rules(self, library: Library) -> list[RuleDefinition]:
        """Those with the words and of the kind."""
        found = find_rules(library, self.query)
        return [rule for rule in found if self.level in ("", rule.level)]

    def fits(self, standing: RuleStanding) -> bool:
        """Whether the rule stands as was asked for."""
        return {
            "": True,
            "unsigned": standing.signed is None,
            "signed": standing.signed is not None,
            "changed": standing.changed,
            "comments": bool(standing.comments),
            "ours": standing.own is not None,
        }[self.state]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule of the list, or of the document."""

    rule: RuleDefinition
    level: str
    clauses: tuple[ClauseWords, ...]
    sources: str
    evidence: str
    standing: RuleStanding

    @classmethod
    def of(
        cls, library: Library, rule: RuleDefinition, practice: Practice, standing: RuleStanding
    ) -> RuleRow:
        """In words."""
        return cls(
            rule=rule,
            level=LEVEL_LABELS[rule.level],
            clauses=clauses_of(rule, practice),
            sources=sources_of(library, rule),
            evidence=evidence_of(rule),
            standing=standing,
        )


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule, the exercises that it may touch by primary key and name, and what was decided."""

    row: RuleRow
    touches: list[tuple[int, str]]
    decided: list[OwnRule]
    made: list[MadeRule]
    """Its versions, the newest first, where the practice wrote it."""

    @classmethod
    def of(cls, library: Library, rule: RuleDefinition, practice: Practice) -> RulePage:
        """Everything about one rule."""
        standing = standings(practice, [rule.id])[rule.id]
        names = [
            (library.ids[slug], library.definitions[slug].name)
            for slug in library.current
            if may_touch(rule, library.definitions[slug])
        ]
        decided = practice.changed_rules.filter(rule=rule.id).select_related("made_by")
        return cls(
            row=RuleRow.of(library, rule, practice, standing),
            touches=sorted(names, key=lambda n: n[1]),
            decided=list(decided.order_by("-pk")),
            made=_versions(practice, rule),
        )

    @property
    def rule(self) -> RuleDefinition:
        """The rule itself."""
        return self.row.rule


def _versions(practice: Practice, rule: RuleDefinition) -> list[MadeRule]:
    if not rule.id.startswith(MADE_RULE):
        return []
    rows = practice.made_rules.filter(rule=rule.id).select_related("made_by")
    return list(rows.order_by("-pk"))


def may_touch(rule: RuleDefinition, definition: Definition) -> bool:
    """Whether the exercise is one of those that the rule judges, whatever the case.

    What nobody has said of it may be so; only what is preferred has to be sure.
    """
    sides = ("left", "right") if definition.traits.sided else ("",)
    return rule.level == "exercise" and any(
        meets(clause.exercise, definition.traits, side, about, unsure=clause.verdict != "preferred")
        for clause in rule.clauses
        if not clause.about_case
        for side in sides
        for about in (("left", "right") if clause.relative else ("",))
    )
