"""What an exercise is: its definition as data, read from TOML, checked and frozen.

Pure. A definition holds the words a patient follows, the traits the rules judge (never the slug),
and the dosage presets with their sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clinic.parsing.errors import DefinitionError
from clinic.parsing.reader import Reader
from patients.vocabulary import EQUIPMENT
from programs.exercises.dosage import Dosage, DosageError
from programs.exercises.entry_traits import parse_traits
from programs.figures import FigureFrame, read_figures
from programs.rules.editions import EDITION, careful
from programs.rules.either_side import fault_of
from programs.rules.movements import is_relative
from programs.rules.traits import (
    NEVER_PRESCRIBED,
    REGIONS,
    SOURCES,
    TRANSIENT_RISES,
    Traits,
)

OWN: Final = "own-"
"""How the slug of a practice's own exercise begins."""
LONGEST_SUMMARY: Final = 200
SLUG_PATTERN: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Preset:
    """A source's own dose of an exercise."""

    label: str
    source: str
    item: str
    dosage: Dosage


@dataclass(frozen=True, slots=True)
class Definition:
    """One catalogue entry, complete and checked.

    ``helps``: conditions, symptoms and goals in plain words, for the search only. No rule reads it.
    """

    slug: str
    name: str
    aliases: tuple[str, ...]
    helps: tuple[str, ...]
    summary: str
    regions: tuple[str, ...]
    muscles: tuple[str, ...]
    traits: Traits
    equipment_optional: tuple[str, ...]
    steps: tuple[str, ...]
    feel: str
    avoid: tuple[str, ...]
    stop: tuple[str, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    prerequisites: tuple[str, ...]
    presets: tuple[Preset, ...]
    transient_rise: str
    transient_when: str
    sources: tuple[tuple[str, str], ...]
    author: str
    licence: str
    reviewed_by: str
    reviewed_on: str
    figures: tuple[FigureFrame, ...] = ()

    @property
    def prescribable(self) -> bool:
        """Tests and restricted entries are shown, judged and never prescribed."""
        return self.traits.kind not in NEVER_PRESCRIBED

    @property
    def said_regions(self) -> tuple[str, ...]:
        """The regions that it is for; none where nobody has said."""
        return () if "regions" in self.traits.unknown else self.regions


def parse_definition(data: Mapping[str, Any], *, stored: bool = False) -> Definition:
    """Check one catalogue file's table and freeze it.

    ``stored``: its pictures were checked when it was stored, and bodies are not solved again.
    Raises :class:`DefinitionError` naming the key and the reason. References to other entries are
    checked by :func:`check_references`, once all are read.
    """
    r = Reader(data)
    slug = r.text("slug", longest=80)
    if not SLUG_PATTERN.fullmatch(slug):
        raise DefinitionError("slug", "must be lower-case words joined by hyphens")
    traits = parse_traits(r)
    edition = r.take("edition", int, 1)
    if traits.unknown and not slug.startswith(OWN):
        raise DefinitionError("unknown", "is for a practice's own exercises only")
    if slug.startswith(OWN) and edition < EDITION:
        traits = careful(traits, edition)
    definition = Definition(
        slug=slug,
        name=r.text("name", longest=90),
        aliases=r.texts("aliases", []),
        helps=r.texts("helps", []),
        summary=r.text("summary", longest=LONGEST_SUMMARY),
        regions=r.texts("regions", allowed=REGIONS),
        muscles=r.texts("muscles", []),
        traits=traits,
        equipment_optional=r.texts("equipment_optional", [], EQUIPMENT),
        steps=r.texts("steps"),
        feel=r.text("feel", ""),
        avoid=r.texts("avoid", []),
        stop=r.texts("stop", []),
        easier=r.texts("easier", []),
        harder=r.texts("harder", []),
        prerequisites=r.texts("prerequisites", []),
        presets=r.tables("dosage", _parse_preset),
        transient_rise=r.choice("transient_rise", TRANSIENT_RISES, "no"),
        transient_when=r.text("transient_when", ""),
        sources=r.tables("source", _parse_source),
        author=r.text("author"),
        licence=r.text("licence"),
        reviewed_by=r.text("reviewed_by", ""),
        reviewed_on=r.text("reviewed_on", ""),
        figures=read_figures(r.take("figure", list, []), stored=stored),
    )
    r.finish()
    _check_whole(definition)
    return definition


def _parse_preset(row: Any, where: str) -> Preset:
    r = Reader(row, where)
    label, item = r.text("label", longest=80), r.text("item", "", longest=40)
    source = r.choice("source", SOURCES)
    try:
        dosage = Dosage.from_dict(r.rest())
    except DosageError as error:
        raise r.error(error.key, error.reason) from error
    return Preset(label=label, source=source, item=item, dosage=dosage)


def _parse_source(row: Any, where: str) -> tuple[str, str]:
    r = Reader(row, where)
    pair = (r.choice("id", SOURCES), r.text("item", "", longest=80))
    r.finish()
    return pair


def _check_whole(d: Definition) -> None:
    """Rules that concern several keys at once."""
    if not 3 <= len(d.steps) <= 7:
        raise DefinitionError("steps", "must have 3 to 7 entries")
    if not d.sources:
        raise DefinitionError("source", "is missing: name where the entry comes from")
    relative = [m for m in d.traits.movements if is_relative(m)]
    if relative and not d.traits.sided:
        raise DefinitionError(
            "movement", f"'{relative[0].part} {relative[0].direction}' needs sided = true"
        )
    if fault := fault_of(d.traits):
        raise DefinitionError(*fault)
    for key in ("kneels_on", "arm_load_on"):
        if getattr(d.traits, key) != "both" and not d.traits.sided:
            raise DefinitionError(key, f"'{getattr(d.traits, key)}' needs sided = true")
    if d.prescribable and d.traits.kind != "advice" and not d.presets:
        raise DefinitionError("dosage", "is missing: an exercise needs at least one preset")
    if not d.prescribable and d.presets:
        raise DefinitionError("dosage", f"must be absent for kind '{d.traits.kind}'")
    if d.transient_rise != "no" and not d.transient_when:
        raise DefinitionError("transient_when", "is missing: say when a rise is allowed")
    if any(word == "pelvic tilt" for word in map(str.lower, (d.name, *d.aliases))):
        raise DefinitionError("name", "'pelvic tilt' alone is ambiguous: say posterior or anterior")


def check_references(
    definitions: Sequence[Definition], unread: Iterable[str] = ()
) -> list[tuple[str, str, str]]:
    """Check slugs across entries; return ``(slug, key, reason)`` for every broken one.

    ``unread``: slugs of entries with problems of their own, which are not reported again here.
    """
    problems, seen = [], set()
    known = {d.slug for d in definitions} | set(unread)
    for d in definitions:
        if d.slug in seen:
            problems.append((d.slug, "slug", "is used by two files"))
        seen.add(d.slug)
        for key in ("easier", "harder", "prerequisites"):
            for other in getattr(d, key):
                if other not in known:
                    problems.append((d.slug, key, f"'{other}' is not in the catalogue"))
                elif other == d.slug:
                    problems.append((d.slug, key, "names the entry itself"))
    return problems
