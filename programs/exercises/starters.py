"""Starting templates: a source article's program as data, to be applied to a case.

Pure. A template names catalogue entries by slug and dosage presets by label, in the order of the
program. ``side`` says for which side a sided entry is prescribed: the treated side of the case, or
both sides, one item each. It is short enough to be issued as it comes; what else its article has
stands in ``more``, to add from. Applying a template, with the rules, is not done here.
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
from programs.exercises.dosage import Dosage, DosageError
from programs.exercises.dose_line import DoseLineError, read_line, with_often
from programs.rules.traits import SOURCES

MOST_EXERCISES_OF_ONE: Final = 6
MOST_TIPS: Final = 2
MOST_PHASES: Final = 8
MOST_PHASE_WEEKS: Final = 52
"""Of one phase."""
LONGEST_GO_ON: Final = 300
_SIDES: Final = MappingProxyType({"case": "Treated side of the case", "both": "Both sides"})


@dataclass(frozen=True, slots=True)
class StarterItem:
    """One entry of a template.

    ``preset`` is the label of one of the entry's dosage presets; ``None`` means the first, and no
    dosage where the entry has none. ``dose`` is a dose line in place of a preset; ``often``, beside
    it, says how often alone. ``dosage`` is a whole dose, with pace and step, in place of all three;
    templates that a practice makes have it. ``side`` is empty for an entry without sides. ``note``
    is printed for the patient; ``note_needs`` names the entry it speaks of, with which it is left
    out.
    """

    exercise: str
    preset: str | None = None
    side: str = ""
    note: str = ""
    note_needs: str = ""
    dose: str = ""
    often: str = ""
    dosage: Dosage | None = None


@dataclass(frozen=True, slots=True)
class StarterPhase:
    """What is done for so many weeks; ``go_on``: what a clinician sees before the next phase."""

    weeks: int
    items: tuple[StarterItem, ...]
    go_on: str = ""


@dataclass(frozen=True, slots=True)
class StarterDefinition:
    """One starting template, complete and checked; ``summary`` tells a clinician whom it suits.

    ``meant_for``: codes of conditions and operations. It is offered first where a case has one of
    them, and to every other case after that. No rule reads them.
    ``often``: how often where neither preset nor item says; a proposal of whoever wrote the
    template. ``more``: what else the article has.
    ``weeks``: for how long ``items`` are, where it has phases; ``later``: the phases after that.
    Only templates that a practice makes have them.
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
    often: str = ""
    more: tuple[StarterItem, ...] = ()
    weeks: int = 0
    go_on: str = ""
    later: tuple[StarterPhase, ...] = ()

    @property
    def phases(self) -> tuple[StarterPhase, ...]:
        """Its phases in their order; none where it is not in phases."""
        first = StarterPhase(self.weeks, self.items, self.go_on)
        return (first, *self.later) if self.weeks else ()

    def dose_of(self, item: StarterItem, definition: Definition) -> tuple[Dosage, str]:
        """The dose of an item of this template, and the label of the preset it is, if it is one."""
        if item.dosage is not None:
            return item.dosage, ""
        preset = next((p for p in definition.presets if item.preset in (None, p.label)), None)
        dose = preset.dosage if preset else Dosage()
        label = preset.label if preset else ""
        if item.dose:
            dose, label = read_line(item.dose, dose), ""
        if item.often:
            return with_often(dose, read_line(item.often)), label
        if self.often and not dose.says_how_often and definition.traits.kind != "advice":
            return with_often(dose, read_line(self.often)), label
        return dose, label


def meant_first(
    starters: Iterable[StarterDefinition], codes: Collection[str]
) -> tuple[list[StarterDefinition], list[StarterDefinition]]:
    """Those meant for one of these conditions or operations, and the others, in their order."""
    found: tuple[list[StarterDefinition], list[StarterDefinition]] = ([], [])
    for starter in starters:
        found[set(starter.meant_for).isdisjoint(codes)].append(starter)
    return found


def parse_starter(
    data: Mapping[str, Any], definitions_by_slug: Mapping[str, Definition], *, own: bool = False
) -> StarterDefinition:
    """Check one template file's table against the catalogue and freeze it.

    ``own``: one that a practice made of a program, which may be longer.
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
        more=r.tables("more", lambda row, where: _parse_item(row, where, definitions_by_slug)),
        often=_often(r),
        author=r.text("author"),
        licence=r.text("licence"),
        reviewed_by=r.text("reviewed_by", ""),
        reviewed_on=r.text("reviewed_on", ""),
        meant_for=r.texts("meant_for", [], {**CONDITIONS, **SURGERIES}),
        weeks=r.take("weeks", int, 0),
        go_on=r.text("go_on", "", longest=LONGEST_GO_ON),
        later=r.tables("phase", lambda row, where: _parse_phase(row, where, definitions_by_slug)),
    )
    r.finish()
    _check_items(starter.items, "item")
    _check_items(starter.more, "more", before=starter.items)
    _check_phases(starter, own=own)
    if not own:
        _check_length(starter.items, definitions_by_slug)
    return starter


def _often(r: Reader) -> str:
    """A dose line that says how often, and nothing else."""
    line = _dose_line(r, "often")
    if line:
        dose = read_line(line)
        if not dose.says_how_often or dose != with_often(Dosage(), dose):
            raise DefinitionError(r.key("often"), "must say how often, and nothing else")
    return line


def _dose_line(r: Reader, key: str) -> str:
    line = r.text(key, "", longest=80)
    try:
        read_line(line)
    except DoseLineError as error:
        raise DefinitionError(r.key(key), error.reason) from error
    return line


def _dosage(r: Reader) -> Dosage | None:
    if "dosage" not in r.table:
        return None
    try:
        return Dosage.from_dict(r.take("dosage", dict))
    except DosageError as error:
        raise DefinitionError(f"{r.key('dosage')}.{error.key}", error.reason) from error


def _parse_item(row: Any, where: str, definitions: Mapping[str, Definition]) -> StarterItem:
    r = Reader(row, where)
    item = StarterItem(
        exercise=r.text("exercise", longest=80),
        preset=r.text("preset", longest=80) if "preset" in r.table else None,
        side=r.choice("side", _SIDES) if "side" in r.table else "",
        note=r.text("note", ""),
        note_needs=r.text("note_needs", ""),
        dose=_dose_line(r, "dose"),
        often=_often(r),
        dosage=_dosage(r),
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


def _parse_phase(row: Any, where: str, definitions: Mapping[str, Definition]) -> StarterPhase:
    r = Reader(row, where)
    phase = StarterPhase(
        weeks=r.take("weeks", int),
        items=r.tables("item", lambda item, at: _parse_item(item, at, definitions)),
        go_on=r.text("go_on", "", longest=LONGEST_GO_ON),
    )
    r.finish()
    _check_items(phase.items, r.key("item"))
    return phase


def _check_phases(starter: StarterDefinition, *, own: bool) -> None:
    """Each has its weeks; a template without weeks has no later phases."""
    if not own and (starter.weeks or starter.later):
        raise DefinitionError("weeks", "belongs to a template that a practice makes")
    if starter.later and not starter.weeks:
        raise DefinitionError("weeks", "is missing: for how many weeks is the first phase?")
    if len(starter.phases) > MOST_PHASES:
        raise DefinitionError("phase", f"there are more than {MOST_PHASES} phases")
    for number, weeks in enumerate((p.weeks for p in starter.phases), start=1):
        if not 1 <= weeks <= MOST_PHASE_WEEKS:
            reason = f"phase {number} must have 1 to {MOST_PHASE_WEEKS} weeks"
            raise DefinitionError("weeks", reason)


def _check_items(
    items: tuple[StarterItem, ...], key: str, before: tuple[StarterItem, ...] = ()
) -> None:
    if not items and not before:
        raise DefinitionError(key, "is missing: a template needs at least one")
    seen = {item.exercise for item in before}
    for number, item in enumerate(items, start=1):
        if item.exercise in seen:
            raise DefinitionError(f"{key}[{number}].exercise", f"'{item.exercise}' is listed twice")
        if item.note_needs and item.note_needs not in seen:
            reason = f"'{item.note_needs}' does not come before it in the template"
            raise DefinitionError(f"{key}[{number}].note_needs", reason)
        seen.add(item.exercise)


def _check_length(items: tuple[StarterItem, ...], definitions: Mapping[str, Definition]) -> None:
    """Short enough to be issued as it comes; the rest of an article stands in ``more``."""
    tips = sum(definitions[item.exercise].traits.kind == "advice" for item in items)
    for count, most, what in (
        (len(items) - tips, MOST_EXERCISES_OF_ONE, "exercises"),
        (tips, MOST_TIPS, "tips"),
    ):
        if count > most:
            reason = f"has {count} {what}; at most {most}, put the others under [[more]]"
            raise DefinitionError("item", reason)
