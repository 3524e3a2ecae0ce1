"""A program under the eye of the rules: every item with its verdict and what is left to decide.

The one reading of a program that the builder, issuing and the re-check of live programs share. It
takes a constant number of queries however many items there are.
"""

from __future__ import annotations

import datetime as dt
from copy import copy
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from patients.models import Case
from patients.questions import QUESTIONS, unasked_red_flags
from programs.exercises.definition import Definition
from programs.exercises.dosage import Dosage
from programs.exercises.library import Library, library_for
from programs.exercises.sides import SIDE_WORDS
from programs.prescriptions.models import Override, Program, ProgramItem
from programs.rules.case_level import is_stopped
from programs.rules.engine import Assessment, relevant_unanswered
from programs.rules.facts import CaseFacts, RuleSettings
from programs.rules.traits import PURPOSES
from programs.verdicts.assessments import Assessed, assess_catalogue
from programs.verdicts.case_facts import case_facts, rule_settings
from programs.verdicts.hints import Hint, Planned, counted, hints, minutes_per_day
from programs.verdicts.standing import OverrideFact, Standing, standing

PURPOSE_ORDER = {code: place for place, code in enumerate(PURPOSES)}


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """One item with what the rules say of it today.

    ``definition`` and ``assessment`` are ``None`` for an entry that has left the catalogue, or
    that has no such side any more.
    """

    item: ProgramItem
    definition: Definition | None
    assessment: Assessment | None
    standing: Standing
    dosage: Dosage
    override: Override | None = None
    """The newest override that holds today."""

    @property
    def name(self) -> str:
        """The exercise's name now, or as it was when it left the catalogue."""
        return self.definition.name if self.definition else self.item.exercise.name

    @property
    def side_words(self) -> str:
        """``for your right side``; empty without a side."""
        return SIDE_WORDS[self.item.side]

    @property
    def phase(self) -> str:
        """The code of its purpose."""
        return self.definition.traits.phase if self.definition else self.item.exercise.phase

    @property
    def kind(self) -> str:
        """The code of its kind."""
        return self.definition.traits.kind if self.definition else self.item.exercise.kind

    @property
    def is_advice(self) -> bool:
        """A tip rather than an exercise; it needs no dose."""
        return self.kind == "advice"

    @property
    def missing_dose(self) -> tuple[str, ...]:
        """Dose fields to fill before issuing; a tip may go without any."""
        return () if self.is_advice else self.dosage.missing


@dataclass(frozen=True)
class Judgement:
    """A program, its case's facts on ``today``, and each active item judged, in printing order."""

    program: Program
    case: Case
    library: Library
    facts: CaseFacts
    settings: RuleSettings
    today: dt.date
    assessed: Assessed
    items: tuple[JudgedItem, ...]

    @property
    def stopped(self) -> bool:
        """Whether a red flag stops prescribing for the case."""
        return is_stopped(self.facts)

    @cached_property
    def there(self) -> frozenset[tuple[int, str]]:
        """What is in the program: exercise and side."""
        return frozenset((i.item.exercise_id, i.item.side) for i in self.items)

    @cached_property
    def planned(self) -> tuple[Planned, ...]:
        """The items as the composition rules see them."""
        return tuple(Planned(i.definition, i.dosage) for i in self.items if i.definition)

    @property
    def minutes_per_day(self) -> int:
        """Rough minutes a day of everything but tips, rounded up."""
        return minutes_per_day(self.planned)

    @property
    def count(self) -> int:
        """Exercises, tips not counted."""
        return len(counted(self.planned))

    @cached_property
    def hints(self) -> list[Hint]:
        """What the rules say of the program as a whole."""
        return hints(self.library.rules.values(), self.facts, self.planned, self.settings)

    @cached_property
    def red_flags_not_asked(self) -> tuple[str, ...]:
        """Warning signs, and pregnancy where it can be, that have neither yes nor no."""
        pregnancy = self.case.asks_about_pregnancy_on(self.today)
        return unasked_red_flags(
            self.case.known_answers(), pregnancy=pregnancy, about=self.case.about
        )

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Health questions not asked whose answer could make an item's verdict worse."""
        found = relevant_unanswered(i.assessment for i in self.items if i.assessment)
        return tuple(code for code in found if code in QUESTIONS)

    def waits_for(self, code: str) -> list[JudgedItem]:
        """The items whose verdict could get worse with an answer to this question."""
        return [i for i in self.items if i.assessment and code in i.assessment.unanswered]

    @property
    def missing(self) -> tuple[str, ...]:
        """What the patient lacks for this program, each once."""
        return tuple(sorted({m for i in self.items if i.assessment for m in i.assessment.missing}))

    def assessments(self, slug: str) -> tuple[Assessment, ...]:
        """Every side of one catalogue entry for this case."""
        return self.assessed[slug]


def judge_program(
    program: Program, *, on: dt.date | None = None, known: Case | None = None
) -> Judgement:
    """Read the program, its case and its overrides, and ask the rules.

    ``known``: the case as another judgement has just read it, where nothing about it has changed.
    """
    # A copy of its own, so that whoever changes the case reads it anew afterwards.
    case = copy(known or program.case)
    case.keep_what_it_has()
    today = on or case.today()
    library = library_for(case.practice)
    facts, settings = case_facts(case, on=today), rule_settings(case.practice)
    assessed = assess_catalogue(library, facts, settings)
    current = frozenset(library.current)
    judged = [
        _judge(row, library, current, assessed, today) for row in items_with_overrides(program)
    ]
    judged.sort(key=lambda j: (j.item.position, str(j.item.pk)))
    return Judgement(program, case, library, facts, settings, today, assessed, tuple(judged))


def items_with_overrides(program: Program) -> QuerySet[ProgramItem]:
    """Active items with their exercise row and the overrides nobody revoked, newest first."""
    overrides = Override.objects.select_related("made_by").standing()
    return (
        program.items.active()
        .select_related("exercise", "acknowledged_by")
        .defer("exercise__data")
        .prefetch_related(Prefetch("overrides", queryset=overrides, to_attr="standing_overrides"))
    )


def _judge(
    row: ProgramItem,
    library: Library,
    current: frozenset[str],
    assessed: Assessed,
    today: dt.date,
) -> JudgedItem:
    definition = library.by_id.get(row.exercise_id)
    dosage = row.dose()
    found = None
    if definition is not None and definition.slug in current:
        found = next((a for a in assessed[definition.slug] if a.side == row.side), None)
    if definition is None or found is None:
        return JudgedItem(row, None, None, Standing("ok"), dosage)
    overrides: list[Override] = row.standing_overrides  # type: ignore[attr-defined]
    stands = standing(
        found,
        prescribable=definition.prescribable,
        acknowledged=row.acknowledged,
        overrides=[as_fact(o) for o in overrides],
        on=today,
    )
    holding = next((o for o in overrides if as_fact(o).holds(row.side, today)), None)
    return JudgedItem(row, definition, found, stands, dosage, holding)


def as_fact(override: Override) -> OverrideFact:
    """An override row as the gates see it."""
    return OverrideFact(
        keys=frozenset(override.rules),
        side=override.side,
        expires_on=override.expires_on,
        revoked=override.revoked_at is not None,
    )
