"""The rules as they hold in a practice: as they come, stricter, or switched off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from clinic.formats import day_words
from clinic.models import Practice
from programs.exercises.rulebook.models import OwnRule
from programs.rules.book import RuleDefinition
from programs.rules.own import AS_WRITTEN, OFF, OwnSay, with_say


def own_rules(practice: Practice) -> dict[str, OwnRule]:
    """Rule → what the practice decided last; not asked where nothing was changed."""
    if not practice.own_rules:
        return {}
    rows = practice.changed_rules.select_related("made_by").order_by("pk")
    return {row.rule: row for row in rows}


def holds(row: OwnRule, digest: str) -> bool:
    """Whether it changes the rule as that is now: what is switched off comes back once changed."""
    return row.way != AS_WRITTEN and (row.way != OFF or row.digest == digest)


def rules_here(
    practice: Practice, written: Iterable[tuple[RuleDefinition, str]]
) -> list[RuleDefinition]:
    """The rules that hold in the practice, of those that come, each with its content's digest."""
    own = own_rules(practice)
    found = ((rule, digest, own.get(rule.id)) for rule, digest in written)
    here = (rule if row is None else rule_here(practice, rule, digest, row)
            for rule, digest, row in found)  # fmt: skip
    return [rule for rule in here if rule is not None]


def rule_here(
    practice: Practice, rule: RuleDefinition, digest: str, row: OwnRule
) -> RuleDefinition | None:
    """One rule with what the practice decided; none where it is switched off and leaves nothing."""
    changed = with_say(rule, _say(practice, row)) if holds(row, digest) else rule
    return replace(changed, note=row.note) if changed and row.note else changed


def _say(practice: Practice, row: OwnRule) -> OwnSay:
    day = row.made_at.astimezone(practice.zone).date()
    return OwnSay(row.way, row.reason, str(row.made_by), day_words(day))
