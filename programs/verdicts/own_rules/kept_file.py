"""How a practice keeps the rules that come with the catalogue, as tables of its file of own rules.

A file makes a rule milder only with the reason that it names, where the rule is written here as it
was there, and where this practice does not keep it stricter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clinic.models import Practice, User
from clinic.parsing.errors import DefinitionError
from clinic.parsing.tables import TableError
from programs.exercises.library import library_for
from programs.exercises.rulebook.models import OwnRule
from programs.exercises.rulebook.own import holds, own_rules, rule_here
from programs.exercises.rulebook.own_actions import state_of
from programs.exercises.rulebook.standings import digests_now
from programs.rules.book import RuleDefinition
from programs.rules.made import MADE_RULE
from programs.rules.own import AS_WRITTEN, OFF, STRICTER, WAY_LABELS, ways_of
from programs.verdicts.own_rules.forms import OwnRuleForm

KEPT_TABLE: Final = "kept"
"""The name of such a table in the file."""
_MOST_KEPT: Final = 1000
_KEYS: Final = ("rule", "version", "way", "reason", "note")


@dataclass(frozen=True, slots=True)
class KeptRule:
    """How a file would keep one rule. ``rule``: as it is written; ``last``: what held before."""

    rule: RuleDefinition
    digest: str
    way: str
    reason: str
    note: str
    last: OwnRule | None

    @property
    def seen(self) -> str:
        """Names the rule's content, and what was decided about it last."""
        return state_of(self.digest, self.last)

    @property
    def way_label(self) -> str:
        """How it would be kept, in words."""
        return WAY_LABELS[self.way]

    @property
    def now_label(self) -> str:
        """How it is kept now, in words."""
        return WAY_LABELS[_way_now(self.last, self.digest)]

    @property
    def shown(self) -> list[str]:
        """All that somebody was shown of it."""
        return [self.rule.id, self.way, self.reason, self.note, self.seen]

    def reason_with(self, why: str) -> str:
        """The reason of the file, and why it was brought in; none for a rule as it is written."""
        return f"{self.reason} Brought in: {why}" if self.reason else ""

    def here(self, practice: Practice, by: User) -> RuleDefinition | None:
        """The rule as it would hold here, decided by this person."""
        row = OwnRule(
            way=self.way, reason=self.reason, note=self.note, digest=self.digest, made_by=by
        )
        return rule_here(practice, self.rule, self.digest, row)


def kept_tables(practice: Practice) -> Iterator[dict[str, Any]]:
    """What the practice decided about rules of the catalogue, as far as it holds today."""
    digests, written = digests_now(), library_for(practice).written
    for code, row in sorted(own_rules(practice).items()):
        if code.startswith(MADE_RULE) or code not in written:
            continue
        way = _way_now(row, digests.get(code, ""))
        reason = row.reason if way != AS_WRITTEN else ""
        table = {"way": way, "reason": reason, "note": row.note}
        if way != AS_WRITTEN or row.note:
            said = {key: value for key, value in table.items() if value}
            yield {"rule": code, "version": written[code].version, **said}


def _way_now(row: OwnRule | None, digest: str) -> str:
    return row.way if row is not None and holds(row, digest) else AS_WRITTEN


def check_many(tables: Sequence[Mapping[str, Any]]) -> None:
    """``TableError`` where there are more than there can be rules."""
    if len(tables) > _MOST_KEPT:
        raise TableError(f"There are more than {_MOST_KEPT} rules kept otherwise in this file.")


class KeptReader:
    """Reads the tables of one file for one practice."""

    def __init__(self, practice: Practice) -> None:
        """The rules and decisions of the practice are read once."""
        self._written = library_for(practice).written
        self._own = own_rules(practice)
        self._digests = digests_now()
        self._met: set[str] = set()

    def read(self, table: Mapping[str, Any]) -> KeptRule | None:
        """One table; None where the rule is kept so already.

        ``DefinitionError`` names what is wrong with it.
        """
        for key in table:
            if key not in _KEYS:
                raise DefinitionError(key, f"is not known; a kept rule has {', '.join(_KEYS)}")
        rule = self._rule(table)
        digest, last = self._digests.get(rule.id, ""), self._own.get(rule.id)
        form = OwnRuleForm(
            {key: _text(table, key) for key in ("way", "reason", "note")}, ways=ways_of(rule)
        )
        if not form.is_valid():
            key, said = next(iter(form.errors.items()))
            raise DefinitionError(key, str(said[0]))
        sent = form.cleaned_data
        note = sent["note"] or (last.note if last else "")
        kept = KeptRule(rule, digest, sent["way"], sent["reason"], note, last)
        before = _way_now(last, digest)
        if (before, last.note if last else "") == (kept.way, note):
            return None
        _check_milder(table, kept, before)
        return kept

    def _rule(self, table: Mapping[str, Any]) -> RuleDefinition:
        code = _text(table, "rule")
        rule = self._written.get(code)
        if rule is None or code.startswith(MADE_RULE):
            raise DefinitionError("rule", "is no rule of the catalogue here")
        if code in self._met:
            raise DefinitionError("rule", "stands in the file twice")
        self._met.add(code)
        return rule


def _check_milder(table: Mapping[str, Any], kept: KeptRule, before: str) -> None:
    if before == STRICTER and kept.way != STRICTER:
        raise DefinitionError("way", "is milder than it is kept here; change it on the rule’s page")
    if kept.way == OFF and table.get("version") != kept.rule.version:
        raise DefinitionError(
            "version", f"is not the one here, {kept.rule.version}; switch it off on the rule’s page"
        )


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise DefinitionError(key, "must be text")
    return value
