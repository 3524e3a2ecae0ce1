"""What an exercise of a draft could be swapped for: easier, harder, safer, with what is at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from programs.builder.actions.starters import side_of_case
from programs.exercises.definition import Definition
from programs.exercises.sides import with_side
from programs.rules.book import SEVERITY
from programs.rules.engine import Assessment
from programs.verdicts.judgement import JudgedItem, Judgement
from programs.verdicts.standing import NEEDS_OVERRIDE

MOST_ALTERNATIVES: Final = 3


@dataclass(frozen=True, slots=True)
class Alternative:
    """One exercise in place of another. ``value``: exercise and side, as the form takes them."""

    value: str
    name: str
    why: str
    verdict: str


def alternatives(judgement: Judgement, judged: JudgedItem) -> list[Alternative]:
    """Each once, for the first reason that fits; nothing that takes an override, or is there."""
    if judged.definition is None:
        return []
    out: dict[str, Alternative] = {}
    for why, slugs in _kinds(judgement, judged, judged.definition):
        count = 0
        for slug in slugs:
            found = _usable(judgement, slug, judged.item.side)
            if found is None or slug in out or count == MOST_ALTERNATIVES:
                continue
            pk = judgement.library.ids[slug]
            if (pk, found.side) in judgement.there:
                continue
            name = with_side(judgement.library.definitions[slug].name, found.side)
            out[slug] = Alternative(f"{pk}:{found.side}", name, why, found.verdict)
            count += 1
    return list(out.values())


def _kinds(
    judgement: Judgement, judged: JudgedItem, now: Definition
) -> Iterator[tuple[str, Iterable[str]]]:
    same = list(_same_purpose(judgement, now))
    verdict = SEVERITY[judged.assessment.verdict] if judged.assessment else 0
    side = judged.item.side
    assessed = {slug: _usable(judgement, slug, side) for slug in same}
    yield "Easier", now.easier
    yield "Harder", now.harder
    safer = [s for s, a in assessed.items() if a and SEVERITY[a.verdict] < verdict]
    yield "Suits this patient better", sorted(safer, key=judgement.assessed.severity.__getitem__)
    if now.traits.required:
        bare = [
            s for s, a in assessed.items() if a and _needs_nothing(judgement.library.definitions[s])
        ]
        yield "Needs nothing", bare
    if judged.assessment and judged.assessment.missing and judgement.facts.resources:
        yield "With what is at home", [s for s, a in assessed.items() if a and not a.missing]
    yield "For the same purpose", [s for s in judgement.assessed.best_first if s in assessed]


def _needs_nothing(entry: Definition) -> bool:
    """Neither things nor a helper; where nobody has said whether it takes one, it may."""
    return not entry.traits.required and "helper" not in entry.traits.unknown


def _same_purpose(judgement: Judgement, now: Definition) -> Iterator[str]:
    """Entries of the same purpose for a region that this one is for, too; both are to be said."""
    regions = set(now.said_regions)
    for slug in judgement.library.current:
        entry = judgement.library.definitions[slug]
        if (
            slug != now.slug
            and entry.traits.phase == now.traits.phase
            and regions & set(entry.said_regions)
        ):
            yield slug


def _usable(judgement: Judgement, slug: str, side: str) -> Assessment | None:
    """How an entry is judged for this side, else the case's, or without one.

    None where it may not be added, or has sides and nobody knows which.
    """
    entry = judgement.library.definitions.get(slug)
    if entry is None or not entry.prescribable or slug not in judgement.library.current:
        return None
    sides = {a.side: a for a in judgement.assessments(slug)}
    found = sides.get(side or side_of_case(judgement.facts)) or sides.get("")
    return found if found and found.verdict != NEEDS_OVERRIDE else None
