"""What stands between a draft and its issue, in plain words, each with the place to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from patients.questions import label_of
from programs.exercises.dosage import DOSE_LABELS
from programs.exercises.sides import with_side
from programs.verdicts.judgement import JudgedItem, Judgement
from programs.verdicts.standing import Refusal


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why nothing can be issued.

    ``place``: ``case``, ``catalogue``, ``details``, ``item`` with its id in ``item``, or ``screen``
    with the questions in ``codes``.
    """

    text: str
    place: str
    item: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unasked:
    """A question not asked that matters for these items: to be answered, or waived by name."""

    code: str
    label: str
    items: tuple[str, ...]


_NAMED = 3
"""Warning signs that are named; more are counted."""


def blockers_of(judgement: Judgement) -> list[Blocker]:
    """Every reason, the gravest first; empty where the program can be issued."""
    return [
        *_of_case(judgement),
        *_of_screen(judgement),
        *_of_program(judgement),
        *_of_items(judgement),
    ]


def unasked(judgement: Judgement) -> list[Unasked]:
    """Health questions that issuing still needs an answer to, or a reason to go without."""
    return [
        Unasked(
            code, label_of(code), tuple(dict.fromkeys(_named(j) for j in judgement.waits_for(code)))
        )
        for code in judgement.unanswered
    ]


def _of_screen(j: Judgement) -> Iterator[Blocker]:
    codes = j.red_flags_not_asked
    if codes:
        names = list(dict.fromkeys(label_of(code) for code in codes))
        shown = ", ".join(names[:_NAMED])
        if len(names) > _NAMED:
            shown += f" and {len(names) - _NAMED} more"
        yield Blocker(f"Ask about these warning signs first: {shown}.", "screen", codes=codes)


def _of_case(j: Judgement) -> Iterator[Blocker]:
    if j.stopped:
        yield Blocker(
            "A warning sign stops this case. Act on it, then clear it with a note.", "case"
        )
    if j.case.closed_at is not None:
        yield Blocker("The case is closed.", "case")
    if j.case.patient.archived_at is not None:
        yield Blocker("The patient is archived.", "case")


def _of_program(j: Judgement) -> Iterator[Blocker]:
    if not j.items:
        yield Blocker("There is no exercise in the program yet.", "catalogue")
    if j.program.review_on is not None and j.program.review_on <= j.today:
        yield Blocker("The review day has passed.", "details")


def _of_items(j: Judgement) -> Iterator[Blocker]:
    for judged in j.items:
        for text in item_blocks(judged):
            yield Blocker(f"{_named(judged)}: {text}", "item", str(judged.item.pk))


def item_blocks(judged: JudgedItem) -> Iterator[str]:
    """What one item lacks."""
    stands = judged.standing
    if judged.assessment is None:
        yield "it has left the catalogue. Remove it."
        return
    if stands.forbidden:
        yield str(Refusal.NEVER_PRESCRIBED)
    if stands.blocked:
        yield (
            "the override has run out. Remove the exercise, or decide again."
            if stands.expired
            else "not for this patient. Remove it, or override with a reason."
        )
    if stands.to_accept:
        yield "read the caution and accept it."
    if any(r.verdict == "adapt" for r in stands.accepted) and not judged.item.modification:
        yield "say how it is changed."
    if judged.missing_dose:
        fields = ", ".join(DOSE_LABELS[f].lower() for f in judged.missing_dose)
        yield f"set the dose ({fields})."


def _named(judged: JudgedItem) -> str:
    return with_side(judged.name, judged.item.side)
