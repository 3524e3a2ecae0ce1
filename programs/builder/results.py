"""The catalogue for one case: searched, filtered, and put in order.

What is searched for comes by how well it matches and only then by what speaks against it, as in the
catalogue: somebody who types a name finds that exercise first, with its reasons where it is not for
this patient, and who types a shoulder finds what is for a shoulder, whatever is preferred for the
back. Without a search the best for this patient come first, and what is not for them stands
apart, below.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from patients.questions import asked_as, label_of
from patients.vocabulary import RESOURCES
from programs.exercises.definition import Definition
from programs.exercises.library import Library
from programs.exercises.query import PAGE_SIZE, Wanted
from programs.exercises.search import Hits
from programs.rules.book import SEVERITY, VERDICT_LABELS
from programs.rules.engine import Assessment, sensible_side
from programs.rules.facts import CaseFacts
from programs.rules.traits import POSITIONS, PURPOSES
from programs.rules.verdict import Reason
from programs.verdicts.assessments import Assessed
from programs.verdicts.standing import NEEDS_OVERRIDE, Refusal

NO_RULE = "No rule speaks against it."
NAMED_QUESTIONS = 2
CLOSED_SHOWN = 5
"""Entries listed of what is not for this patient; the rest is found by name."""
_SIDE_LABELS = {"": "", "left": "Left", "right": "Right"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to prescribe an entry: for a side, or without one."""

    assessment: Assessment
    side: str
    item: str
    """Id of the item that is in the program already, else empty."""

    @property
    def label(self) -> str:
        """``Left``, ``Right`` or nothing."""
        return _SIDE_LABELS[self.side]

    @property
    def key(self) -> str:
        """The side as the end of an id."""
        return self.side or "none"

    @property
    def verdict(self) -> str:
        """The verdict's code."""
        return self.assessment.verdict

    @property
    def verdict_label(self) -> str:
        """The verdict in words."""
        return VERDICT_LABELS[self.verdict]

    @property
    def forbidden(self) -> bool:
        """Whether it takes an override."""
        return self.verdict == NEEDS_OVERRIDE

    @property
    def forbidding(self) -> tuple[Reason, ...]:
        """The reasons an override would be about."""
        return tuple(r for r in self.assessment.reasons if r.verdict == NEEDS_OVERRIDE)


@dataclass(frozen=True, slots=True)
class Found:
    """One entry of the list. ``choices``: the sensible side first."""

    pk: int
    definition: Definition
    choices: tuple[Offer, ...]
    home_unknown: bool = False
    """Whether nobody has recorded what is at home: nothing is known to be missing then."""

    @property
    def best(self) -> Offer:
        """What the list shows at a glance."""
        return self.choices[0]

    @property
    def prescribable(self) -> bool:
        """Whether it can be given to a patient at all."""
        return self.definition.prescribable

    @property
    def closed(self) -> bool:
        """Whether it stands below, among what is not for this patient."""
        return not self.prescribable or self.best.forbidden

    @property
    def closed_verdict(self) -> str:
        """What a closed card shows: what is never prescribed is not for this patient either."""
        return NEEDS_OVERRIDE

    @property
    def line(self) -> str:
        """The reason in one line."""
        if not self.prescribable and not self.best.assessment.reasons:
            return str(Refusal.NEVER_PRESCRIBED)
        reasons = self.best.assessment.reasons
        return reasons[0].reason if reasons else NO_RULE

    @property
    def place(self) -> str:
        """Purpose and position."""
        traits = self.definition.traits
        return f"{PURPOSES[traits.phase]} · {POSITIONS[traits.position]}"

    @property
    def unsaid(self) -> int:
        """How much nobody has said of it; of one of the practice's own."""
        return len(self.definition.traits.unknown)

    @property
    def missing(self) -> str:
        """What it needs and the patient lacks, or may lack where nobody has asked."""
        return ", ".join(RESOURCES[code] for code in self.best.assessment.missing)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Codes of questions not asked that could make the verdict of a side worse."""
        open_ones = (asked_as(c) for x in self.choices for c in x.assessment.unanswered)
        return tuple(dict.fromkeys(open_ones))

    @property
    def unanswered_words(self) -> str:
        """The questions by name, or how many where they are more than two."""
        if len(self.unanswered) > NAMED_QUESTIONS:
            return f"{len(self.unanswered)} questions that could change this"
        return ", ".join(label_of(code) for code in self.unanswered)

    @property
    def unanswered_list(self) -> str:
        """Every question by name."""
        return ", ".join(label_of(code) for code in self.unanswered)


@dataclass(frozen=True, slots=True)
class Results:
    """One search's answer.

    ``shown``: the list up to this page. ``closed``: what is not for this patient, apart, where
    nothing was searched for. ``corrected``: what was searched instead of a misspelt query.
    ``near``: what else to search for where nothing was found.
    """

    wanted: Wanted
    shown: list[Found]
    total: int
    closed: list[Found]
    closed_total: int
    corrected: str = ""
    near: tuple[str, ...] = ()

    @property
    def more(self) -> int:
        """How many entries are left after this page."""
        return max(0, self.total - self.wanted.page * PAGE_SIZE)

    @property
    def closed_more(self) -> int:
        """How many closed entries are not listed."""
        return self.closed_total - len(self.closed)


def search(
    library: Library,
    facts: CaseFacts,
    assessed: Assessed,
    wanted: Wanted,
    items: dict[tuple[int, str], str],
    *,
    only_page: bool = False,
) -> Results:
    """Find, filter and order. ``items``: (exercise, side) → item id of what is in the program.

    ``only_page``: leave out the pages before this one, to append to what is shown.
    """
    hits = library.search.search(wanted.query) if wanted.query else Hits()
    ranked = _ranked(library, assessed, wanted, hits)
    severity = assessed.severity
    closed_from = len(ranked)
    if not wanted.query:
        closed_from = bisect_left(ranked, _CLOSED, key=severity.__getitem__)
    first = (wanted.page - 1) * PAGE_SIZE if only_page else 0
    opened = ranked[first : min(closed_from, wanted.page * PAGE_SIZE)]
    shut = [] if only_page else ranked[closed_from : closed_from + CLOSED_SHOWN]

    def cards(slugs: list[str]) -> list[Found]:
        return [found(library, facts, assessed, slug, items) for slug in slugs]

    closed = len(ranked) - closed_from
    shown, apart = cards(opened), cards(shut)
    return Results(wanted, shown, closed_from, apart, closed, hits.corrected, hits.near)


_CLOSED = SEVERITY[NEEDS_OVERRIDE]


def _ranked(library: Library, assessed: Assessed, wanted: Wanted, hits: Hits[str]) -> list[str]:
    """Slugs that are wanted, in order."""
    slugs = by_verdict(hits, assessed.against) if wanted.query else assessed.best_first
    if wanted.narrowing:
        definitions = library.definitions
        slugs = [slug for slug in slugs if _passes(definitions[slug], assessed[slug], wanted)]
    return slugs


def by_verdict(hits: Hits[str], against: Mapping[str, int]) -> list[str]:
    """What was found, by how well it matches, then by what speaks against it, then best first."""
    by = against.__getitem__
    return [slug for step in hits.steps for slug in sorted(step.keys, key=by)]


def _passes(definition: Definition, sides: tuple[Assessment, ...], wanted: Wanted) -> bool:
    return wanted.fits(definition) and (not wanted.at_hand or not sides[0].missing)


def found(
    library: Library,
    facts: CaseFacts,
    assessed: Assessed,
    slug: str,
    items: dict[tuple[int, str], str],
) -> Found:
    """One entry for this case, the sensible side first."""
    pk, sides = library.ids[slug], assessed[slug]
    first = sensible_side(facts, sides) if len(sides) > 1 else sides[0].side
    ordered = sorted(sides, key=lambda a: a.side != first)
    choices = tuple(Offer(a, a.side, items.get((pk, a.side), "")) for a in ordered)
    return Found(pk, library.definitions[slug], choices, not facts.resources)


def reasons_of(sides: Collection[Assessment]) -> Iterator[tuple[str, Reason]]:
    """Every reason and note with the sides it is about, each once."""
    seen: dict[Reason, list[str]] = {}
    for assessment in sides:
        for reason in (*assessment.reasons, *assessment.notes):
            seen.setdefault(reason, []).append(assessment.side)
    for reason, about in seen.items():
        yield (_SIDE_LABELS[about[0]] if len(about) < len(sides) else ""), reason
