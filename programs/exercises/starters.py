"""Starting templates: a source article's program as data, to be applied to a case.

Pure. A template names catalogue entries by slug and dosage presets by label, in the order of the
program. ``side`` says for which side a sided entry is prescribed: the treated side of the case, or
both sides, one item each. Applying a template, with the rules, is not done here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from clinic.parsing.errors import DefinitionError
from clinic.parsing.reader import Reader
from patients.vocabulary import CONDITIONS, SURGERIES
from programs.exercises.definition import SLUG_PATTERN, Definition
from programs.rules.traits import SOURCES

_SIDES: Final = MappingProxyType({"case": "Treated side of the case", "both": "Both sides"})


@dataclass(frozen=True, slots=True)
class StarterItem:
    """One entry of a template.

    ``preset`` is the label of one of the entry's dosage presets; ``None`` means the first, and no
    dosage where the entry has none. ``side`` is empty for an entry without sides. ``note`` is
    printed for the patient; ``note_needs`` names the entry it speaks of, with which it is left out.
    """

    exercise: str
    preset: str | None = None
    side: str = ""
    note: str = ""
    note_needs: str = ""


@dataclass(frozen=True, slots=True)
class StarterDefinition:
    """One starting template, complete and checked; ``summary`` tells a clinician whom it suits.

    ``meant_for``: codes of conditions and operations. It is offered first where a case has one of
    them, and to every other case after that. No rule reads them.
    """

    slug: str
    name: str
    summary: str
    source: str
    items: tuple[StarterItem, ...]
    author: str
    licence: str
    reviewed_by: str
    reviewed_on: str
    meant_for: tuple[str, ...] = ()


def meant_first(
    starters: Iterable[StarterDefinition], codes: Collection[str]
) -> tuple[list[StarterDefinition], list[StarterDefinition]]:
    """Those meant for one of these conditions or operations, and the others, in their order."""
    found: tuple[list[StarterDefinition], list[StarterDefinition]] = ([], [])
    for starter in starters:
        found[set(starter.meant_for).isdisjoint(codes)].append(starter)
    return found


def parse_starter(
    data: Mapping[str, Any], definitions_by_slug: Mapping[str, Definition]
) -> StarterDefinition:
    """Check one template file's table against the catalogue and freeze it.

    Raises :class:`~programs.exercises.definition.DefinitionError` naming the key and the reason.
    """
    r = Reader(data)
    slug = r.text("slug", longest=80)
    if not SLUG_PATTERN.fullmatch(slug):
        raise DefinitionError("slug", "must be lower-case words joined by hyphens")
    starter = StarterDefinition(
        slug=slug,
        name=r.text("name", longest=90),
        summary=r.text("summary"),
        source=r.choice("source", SOURCES),
        items=r.tables("item", lambda row, where: _parse_item(row, where, definitions_by_slug)),
        author=r.text("author"),
        licence=r.text("licence"),
        reviewed_by=r.text("reviewed_by", ""),
        reviewed_on=r.text("reviewed_on", ""),
        meant_for=r.texts("meant_for", [], {**CONDITIONS, **SURGERIES}),
    )
    r.finish()
    _check_items(starter.items)
    return starter


def _parse_item(row: Any, where: str, definitions: Mapping[str, Definition]) -> StarterItem:
    r = Reader(row, where)
    item = StarterItem(
        exercise=r.text("exercise", longest=80),
        preset=r.text("preset", longest=80) if "preset" in r.table else None,
        side=r.choice("side", _SIDES) if "side" in r.table else "",
        note=r.text("note", ""),
        note_needs=r.text("note_needs", ""),
    )
    r.finish()
    definition = definitions.get(item.exercise)
    if definition is None:
        raise DefinitionError(r.key("exercise"), f"'{item.exercise}' is not in the catalogue")
    _check_against(item, definition, r)
    return item


def _check_against(item: StarterItem, definition: Definition, r: Reader) -> None:
    """What the item asks of its entry: that it may be prescribed, its preset, its sides."""
    if not definition.prescribable:
        raise DefinitionError(r.key("exercise"), f"'{item.exercise}' is never prescribed")
    labels = [preset.label for preset in definition.presets]
    if item.preset is not None and item.preset not in labels:
        allowed = ", ".join(f"'{label}'" for label in labels) or "none"
        raise DefinitionError(
            r.key("preset"), f"'{item.preset}' is not a preset of '{item.exercise}'; has: {allowed}"
        )
    if definition.traits.sided and not item.side:
        raise DefinitionError(
            r.key("side"), f"is missing: '{item.exercise}' is done for a side; allowed: both, case"
        )
    if item.side and not definition.traits.sided:
        raise DefinitionError(r.key("side"), f"must be absent: '{item.exercise}' has no sides")


def _check_items(items: tuple[StarterItem, ...]) -> None:
    if not items:
        raise DefinitionError("item", "is missing: a template needs at least one")
    seen: set[str] = set()
    for number, item in enumerate(items, start=1):
        if item.exercise in seen:
            raise DefinitionError(f"item[{number}].exercise", f"'{item.exercise}' is listed twice")
        if item.note_needs and item.note_needs not in seen:
            reason = f"'{item.note_needs}' does not come before it in the template"
            raise DefinitionError(f"item[{number}].note_needs", reason)
        seen.add(item.exercise)
