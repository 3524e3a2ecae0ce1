"""Which templates a page offers for a case: those for its conditions first, one press each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from programs.builder.actions.starters import needs_side, side_of_case, sides_of
from programs.exercises.library import Library
from programs.exercises.sides import with_side
from programs.exercises.starters import StarterDefinition, StarterItem, meant_first
from programs.exercises.theirs.starters import OWN_STARTER
from programs.rules.facts import CaseFacts
from programs.verdicts.judgement import Judgement
from programs.verdicts.standing import NEEDS_OVERRIDE

Starters = Mapping[str, StarterDefinition]
_SIDES = (("left", "Left"), ("right", "Right"), ("both", "Both sides"))


@dataclass(frozen=True, slots=True)
class AddRow:
    """An entry of a template's article that can be added by itself."""

    value: str
    """Exercise and side, as the form that adds it takes them."""
    name: str
    verdict: str

    @property
    def forbidden(self) -> bool:
        """Whether it takes an override, which is not given from here."""
        return self.verdict == NEEDS_OVERRIDE


@dataclass(frozen=True, slots=True)
class StarterOffer:
    """A template as it is offered. ``buttons``: value and words of what is pressed."""

    slug: str
    starter: StarterDefinition
    contents: str
    buttons: list[tuple[str, str]]
    suits: bool
    """Whether it is for a condition of the case, or the practice's own."""
    meant: bool
    """Whether it is for a condition of the case."""
    more: list[AddRow] = field(default_factory=list)

    @property
    def own(self) -> str:
        """The number of one of the practice's own, else empty."""
        return self.slug.removeprefix(OWN_STARTER) if self.slug.startswith(OWN_STARTER) else ""


@dataclass(frozen=True, slots=True)
class StarterOffers:
    """Every template: those for the conditions of the case, and the others."""

    suited: list[StarterOffer]
    others: list[StarterOffer]

    @property
    def all(self) -> list[StarterOffer]:
        """In the order they are shown."""
        return [*self.suited, *self.others]

    @property
    def has_own(self) -> bool:
        """Whether some are the practice's own."""
        return any(offer.own for offer in self.suited)


def offers_for_case(library: Library, facts: CaseFacts, starters: Starters) -> StarterOffers:
    """The templates for a case that has no program yet."""
    meant = _meant(starters, facts)
    return _sorted(_offer(library, slug, s, facts, meant) for slug, s in starters.items())


def offers_for_program(judgement: Judgement, starters: Starters) -> StarterOffers:
    """The same for a draft, with what each article has beside its template, judged."""
    library, facts = judgement.library, judgement.facts
    meant = _meant(starters, facts)
    return _sorted(
        _offer(library, slug, starter, facts, meant, _more(judgement, starter))
        for slug, starter in starters.items()
    )


def _meant(starters: Starters, facts: CaseFacts) -> set[str]:
    """Slugs of those for what this case has."""
    codes = {c.code for c in facts.conditions} | {s.code for s in facts.surgeries}
    meant, _ = meant_first(starters.values(), codes)
    return {slug for slug, s in starters.items() if s in meant}


def _sorted(offers: Iterable[StarterOffer]) -> StarterOffers:
    """Those for the case first: the practice's own for something else are not the first at hand."""
    found = sorted(offers, key=lambda offer: not offer.meant)
    return StarterOffers([o for o in found if o.suits], [o for o in found if not o.suits])


def _offer(
    library: Library,
    slug: str,
    starter: StarterDefinition,
    facts: CaseFacts,
    meant: set[str],
    more: list[AddRow] | None = None,
) -> StarterOffer:
    asked = needs_side(starter, facts)
    buttons = [(f"{slug}:{side}", words) for side, words in _SIDES] if asked else [(slug, "Use it")]
    names = [library.definitions[item.exercise].name for item in starter.items]
    return StarterOffer(
        slug=slug,
        starter=starter,
        contents=", ".join(names),
        buttons=buttons,
        suits=slug in meant or slug.startswith(OWN_STARTER),
        meant=slug in meant,
        more=more or [],
    )


def _more(judgement: Judgement, starter: StarterDefinition) -> list[AddRow]:
    """What is not in the program yet; the sides follow the case, both where it does not tell."""
    there = {f"{j.item.exercise_id}:{j.item.side}" for j in judgement.items}
    side = side_of_case(judgement.facts, starter.meant_for) or "both"
    return [
        row
        for item in starter.more
        for row in _rows(judgement, item, side)
        if row.value not in there
    ]


def _rows(judgement: Judgement, item: StarterItem, side: str) -> list[AddRow]:
    library = judgement.library
    if item.exercise not in library.current:
        return []
    name = library.definitions[item.exercise].name
    verdicts = {a.side: a.verdict for a in judgement.assessments(item.exercise)}
    pk = library.ids[item.exercise]
    return [
        AddRow(f"{pk}:{each}", with_side(name, each), verdicts[each])
        for each in sides_of(item, side)
        if each in verdicts
    ]
