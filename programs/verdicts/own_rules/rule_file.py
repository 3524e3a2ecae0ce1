"""A practice's own rules as a TOML file, and what such a file would add to another practice.

A rule of a file is held to what the page for a rule can write, and goes through that page's form:
it can warn or forbid and nothing else, and whoever brings it in can change it there. Beside them
stands how the practice keeps the rules of the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from clinic.models import Practice
from clinic.parsing.digests import digest_of
from clinic.parsing.errors import DefinitionError
from clinic.parsing.foreign import read_foreign_toml
from clinic.parsing.tables import MOST_TABLE_BYTES, TableError
from programs.exercises.rulebook.made import newest_made
from programs.exercises.rulebook.made_actions import MOST_MADE, OF_A_VERSION
from programs.exercises.theirs.files import tables_in, toml_of
from programs.exercises.theirs.incoming import EntryProblem
from programs.rules.book import RuleDefinition
from programs.rules.made import MADE_EVIDENCE, MADE_RULE, MADE_SOURCE, made_rule, plain_words
from programs.verdicts.own_rules.kept_file import (
    KEPT_TABLE,
    KeptReader,
    KeptRule,
    check_many,
    kept_tables,
)
from programs.verdicts.own_rules.made_forms import MadeRuleForm, as_typed

_NAME: Final = "rule"
_SAME_FOR_ALL: Final = {"source": MADE_SOURCE, "evidence": MADE_EVIDENCE}
_WHY: Final = "Brought in from a file."
_HEAD: Final = (
    "# rule: written by the practice itself. kept: a built-in rule that it keeps otherwise.\n\n"
)
_NOT_OURS: Final = "is not written as a file of own rules has it"


def write_rules(practice: Practice) -> str:
    """The rules that hold, without the numbers and versions that they have here, and kept ones."""
    rows = (row for row in newest_made(practice).values() if row.live)
    rules = [_bare(row.data) for row in rows]
    return _HEAD + toml_of({_NAME: rules, KEPT_TABLE: list(kept_tables(practice))})


@dataclass(slots=True)
class RuleFile:
    """The tables of a file as they stand there, unchecked."""

    rules: list[dict[str, Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)


def read_rules(text: str) -> RuleFile:
    """What a file has; ``TableError`` where it is no such file."""
    if len(text) > MOST_TABLE_BYTES:
        raise TableError(f"The file is larger than {MOST_TABLE_BYTES // 1000} kB.")
    data = read_foreign_toml(text)
    unknown = sorted(data.keys() - {_NAME, KEPT_TABLE})
    if unknown:
        raise TableError(
            f"“{unknown[0][:40]}” is not known. A file of own rules has rule and kept."
        )
    file = RuleFile(tables_in(data, _NAME), tables_in(data, KEPT_TABLE))
    if not file.rules and not file.kept:
        raise TableError("There is no rule in this file.")
    if len(file.rules) > MOST_MADE:
        raise TableError(f"There are more than {MOST_MADE} rules. No practice has so many.")
    check_many(file.kept)
    return file


@dataclass(slots=True)
class IncomingRules:
    """What a file of rules comes to. ``there``: names of rules that hold here already.

    ``kept``: rules of the catalogue that would be kept otherwise than they are.
    """

    tables: list[dict[str, Any]] = field(default_factory=list)
    rules: list[RuleDefinition] = field(default_factory=list)
    kept: list[KeptRule] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    problems: list[EntryProblem] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Names all that it would add and change."""
        return digest_of([self.tables, [kept.shown for kept in self.kept]])

    @property
    def count(self) -> int:
        """How many rules it would add or change."""
        return len(self.tables) + len(self.kept)


def try_rules(file: RuleFile, practice: Practice) -> IncomingRules:
    """Check every rule of a file; new ones have the numbers that they would get here."""
    out = _try_new(file.rules, practice)
    reader = KeptReader(practice)
    for number, table in enumerate(file.kept, 1):
        code = table.get("rule")
        entry = code[:90] if isinstance(code, str) and code else f"kept {number}"
        try:
            kept = reader.read(table)
        except DefinitionError as error:
            out.problems.append(EntryProblem(entry, error.key, error.reason))
        else:
            if kept is None:
                out.there.append(entry)
            else:
                out.kept.append(kept)
    return out


def _try_new(tables: Sequence[Mapping[str, Any]], practice: Practice) -> IncomingRules:
    rows = newest_made(practice)
    live = [_bare(row.data) for row in rows.values() if row.live]
    out = IncomingRules()
    for number, table in enumerate(tables, 1):
        rule_id = f"{MADE_RULE}{len(rows) + len(out.tables) + 1}"
        try:
            kept, rule = _checked(table, rule_id)
            if kept in live:
                out.there.append(rule.title)
                continue
            names = {row["title"].casefold() for row in (*live, *out.tables)}
            if rule.title.casefold() in names:
                raise DefinitionError("title", "a rule is called this already")
            if len(live) + len(out.tables) == MOST_MADE:
                raise DefinitionError(
                    "rule", f"a practice has at most {MOST_MADE} rules of its own"
                )
        except DefinitionError as error:
            title = table.get("title")
            entry = title[:90] if isinstance(title, str) and title else f"rule {number}"
            key = error.key.removeprefix(f"rule {rule_id}.")
            out.problems.append(EntryProblem(entry, key, error.reason))
        else:
            out.tables.append(kept)
            out.rules.append(rule)
    return out


def _checked(table: Mapping[str, Any], rule_id: str) -> tuple[dict[str, Any], RuleDefinition]:
    """The table as it is kept, and the rule; ``DefinitionError`` names what is wrong with it."""
    for key in OF_A_VERSION & table.keys():
        raise DefinitionError(key, "is given by the practice that keeps the rule")
    whole = {**_SAME_FOR_ALL, **table, "id": rule_id, "version": 1}
    made_rule(whole)
    try:
        typed = as_typed(whole)
    except (KeyError, TypeError, ValueError):
        raise DefinitionError("clause", _NOT_OURS) from None
    form = MadeRuleForm({**typed, "why": _WHY})
    if not form.is_valid():
        key, said = next(iter(form.errors.items()))
        raise DefinitionError("rule" if key == "__all__" else key, str(said[0]))
    kept = form.table()
    theirs = _plain({**_SAME_FOR_ALL, **table})
    for key in kept.keys() | theirs.keys():
        if _plain(kept.get(key)) != theirs.get(key):
            raise DefinitionError(key, _NOT_OURS)
    return kept, made_rule({**kept, "id": rule_id, "version": 1})


def _bare(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in OF_A_VERSION}


def _plain(value: Any) -> Any:
    """The same for whatever the form makes the same of: words on one line, codes in any order."""
    if isinstance(value, str):
        return plain_words(value)
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return list(_in_order(value))
    return value


def _in_order(values: list[Any]) -> Iterator[Any]:
    if all(isinstance(value, str) for value in values):
        yield from sorted({plain_words(value) for value in values})
    else:
        yield from map(_plain, values)
