"""Which running programs another form of a rule would touch, before it is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from clinic.models import Practice
from patients.models import Case
from programs.exercises.library import Library, library_for
from programs.exercises.sides import with_side
from programs.prescriptions.models import IssuedPrescription
from programs.rules.book import RuleDefinition
from programs.rules.engine import Assessment, judge
from programs.rules.facts import CaseFacts, RuleSettings
from programs.verdicts.case_facts import case_facts, rule_settings
from programs.verdicts.recheck import live_versions

_AT_ONCE: Final = 200
"""Programs read at once, so that memory stays the same however many there are."""


@dataclass(frozen=True, slots=True)
class TouchedItem:
    """An exercise of a running program, with its verdict before and after the change."""

    named: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TouchedProgram:
    """A running program in which the rule speaks, or would."""

    program: str
    case: Case
    items: tuple[TouchedItem, ...]


def touched_by(practice: Practice, code: str, after: RuleDefinition | None) -> list[TouchedProgram]:
    """The running programs that a rule touches now, or would as ``after`` (none: not there)."""
    return touched_by_several(practice, {code: after})


def touched_by_several(
    practice: Practice, after: Mapping[str, RuleDefinition | None]
) -> list[TouchedProgram]:
    """The same for several rules that change at once: rule → how it would be."""
    change = _Change(practice, after)
    keys = list(live_versions(practice).values_list("pk", flat=True))
    return [
        found
        for start in range(0, len(keys), _AT_ONCE)
        for found in change.of(keys[start : start + _AT_ONCE])
    ]


class _Change:
    """Rules before and after, and what is needed to ask both."""

    def __init__(self, practice: Practice, after: Mapping[str, RuleDefinition | None]) -> None:
        self.practice = practice
        self.library: Library = library_for(practice)
        self.settings: RuleSettings = rule_settings(practice)
        self.before = tuple(self.library.rules.values())
        others = {**self.library.rules, **after}
        self.after = tuple(rule for rule in others.values() if rule is not None)
        here = tuple(self.library.rules[code] for code in after if code in self.library.rules)
        self.alone = (here, tuple(rule for rule in after.values() if rule is not None))

    def of(self, keys: Sequence[int]) -> Iterator[TouchedProgram]:
        """Those of these versions that are touched."""
        versions = list(live_versions(self.practice).filter(pk__in=keys))
        wanted = {issued.program.case_id for issued in versions}
        cases = {c.pk: c for c in self.practice.cases.with_facts().filter(pk__in=wanted)}
        for issued in versions:
            if (case := cases.get(issued.program.case_id)) is None:
                continue
            items = tuple(self._items(issued, case_facts(case, on=case.today())))
            if items:
                yield TouchedProgram(str(issued.program_id), case, items)

    def _items(self, issued: IssuedPrescription, facts: CaseFacts) -> Iterator[TouchedItem]:
        for row in issued.payload["items"]:
            slug, side = row["exercise"], row["side"]
            if slug not in self.library.definitions:
                continue
            if not any(self._speaks(rules, facts, slug, side) for rules in self.alone):
                continue
            yield TouchedItem(
                named=with_side(row["name"], side),
                before=self._judged(self.before, facts, slug, side).verdict,
                after=self._judged(self.after, facts, slug, side).verdict,
            )

    def _speaks(
        self, rules: Sequence[RuleDefinition], facts: CaseFacts, slug: str, side: str
    ) -> bool:
        found = self._judged(rules, facts, slug, side)
        return bool(found.reasons or found.notes)

    def _judged(
        self, rules: Sequence[RuleDefinition], facts: CaseFacts, slug: str, side: str
    ) -> Assessment:
        traits = self.library.definitions[slug].traits
        return judge(rules, facts, slug, traits, side, self.settings)
