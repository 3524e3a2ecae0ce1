"""Which pictures a page of the builder links to: those of its results and of its program."""

from __future__ import annotations

from collections.abc import Iterable

from clinic.models import Practice, User
from programs.builder.results import Found, Results
from programs.exercises.library import Library
from programs.exercises.pictures.casts import people_of
from programs.exercises.pictures.links import Pictures, Wanted, pictures_for
from programs.verdicts.judgement import JudgedItem, Judgement


def of_results(
    practice: Practice, library: Library, results: Results, user: User
) -> dict[Wanted, Pictures]:
    """Those of a search, each for the side its card speaks of. One query."""
    wanted = _found([*results.shown, *results.closed])
    return pictures_for(practice, library, wanted, people_of(practice, user))


def of_program(
    user: User,
    judgement: Judgement,
    items: Iterable[JudgedItem],
    results: Results | None = None,
    cards: Iterable[Found] = (),
) -> dict[Wanted, Pictures]:
    """Those of items of the program, mirrored to the treated side, and of results beside them.

    ``user``: the clinician who looks, whose choice of people may differ from the practice's.
    """
    placed = {(j.item.exercise_id, j.item.side): None for j in items}
    beside = [*results.shown, *results.closed] if results else []
    wanted = dict.fromkeys([*placed, *_found([*beside, *cards])])
    practice = judgement.case.practice
    return pictures_for(practice, judgement.library, wanted, people_of(practice, user))


def _found(cards: Iterable[Found]) -> list[Wanted]:
    return [(card.pk, card.best.side) for card in cards]
