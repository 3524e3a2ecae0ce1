"""The rules that a practice wrote itself, as they hold."""

from __future__ import annotations

from clinic.models import Practice
from programs.exercises.rulebook.models import MadeRule
from programs.rules.book import RuleDefinition
from programs.rules.made import read_or_warn


def newest_made(practice: Practice) -> dict[str, MadeRule]:
    """Rule → its newest row, retired or not; not asked where nothing was ever changed."""
    if not practice.own_rules:
        return {}
    return {row.rule: row for row in practice.made_rules.select_related("made_by").order_by("pk")}


def made_rules(practice: Practice) -> list[tuple[RuleDefinition, str]]:
    """Those that hold, each with what names its content."""
    rows = (row for row in newest_made(practice).values() if row.live)
    return [(read_or_warn(row.data), row.digest) for row in rows]


def made_digests(practice: Practice) -> dict[str, str]:
    """Rule → what names its content, of those that hold."""
    return {row.rule: row.digest for row in newest_made(practice).values() if row.live}
