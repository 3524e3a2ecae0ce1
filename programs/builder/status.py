"""Where a draft stands: its numbers, its open questions, and what is left before it is issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from patients.questions import label_of
from patients.vocabulary import RESOURCES
from programs.verdicts.blockers import Blocker, blockers_of
from programs.verdicts.hints import MOST_EXERCISES, Hint, silent_on_frequency
from programs.verdicts.judgement import Judgement

NAMED = 2
"""Open questions, and things not at home, that the status names; more are counted."""


@dataclass(frozen=True, slots=True)
class Status:
    """Where the program stands, always in view."""

    count: int
    tips: int
    minutes: int
    too_many: bool
    how_often_unset: int
    """How many exercises do not say how often; most sources leave that open."""
    hints: list[Hint]
    unanswered: str
    unanswered_count: int
    unanswered_url: str
    missing: str
    missing_many: int
    """How many things, where they are too many to name in passing; else 0."""
    home_unknown: bool
    """Whether nobody has recorded what is at home: nothing is known to be missing then."""
    blockers: list[tuple[Blocker, str]]

    @property
    def notes(self) -> bool:
        """Whether there is anything to say beside the numbers."""
        said = (self.too_many, self.unanswered, self.missing)
        return any((*said, self.how_often_unset))

    @property
    def ready(self) -> bool:
        """Nothing stands between the draft and its issue."""
        return not self.blockers


def status_of(judgement: Judgement, *, back: str = "") -> Status:
    """Numbers, open questions and what is left to do. ``back``: where the screen leads to."""
    back = back or reverse("program", args=[judgement.program.pk])
    codes = judgement.unanswered
    return Status(
        count=judgement.count,
        tips=len(judgement.items) - judgement.count,
        minutes=judgement.minutes_per_day,
        too_many=judgement.count > MOST_EXERCISES,
        how_often_unset=len(silent_on_frequency(judgement.planned)),
        hints=judgement.hints,
        unanswered=_named(codes),
        unanswered_count=len(codes),
        unanswered_url=screen_url(judgement.case.pk, codes, back),
        missing=", ".join(RESOURCES[code] for code in judgement.missing),
        missing_many=len(judgement.missing) if len(judgement.missing) > NAMED else 0,
        home_unknown=not judgement.case.resources,
        blockers=[(block, where(judgement, block, back)) for block in blockers_of(judgement)],
    )


def _named(codes: tuple[str, ...]) -> str:
    """The questions by name where they are few, else how many."""
    if len(codes) > NAMED:
        return f"{len(codes)} questions"
    return ", ".join(label_of(code) for code in codes)


def screen_url(case_id: Any, codes: Iterable[str], back: str) -> str:
    """The safety screen with these questions alone; all of them without codes."""
    only = ",".join(codes)
    asked = {"only": only, "next": back} if only else {"next": back}
    return f"{reverse('safety_screen', args=[case_id])}?{urlencode(asked)}"


def where(judgement: Judgement, block: Blocker, back: str) -> str:
    """The address of the place where a block is mended."""
    if block.place == "case":
        return reverse("case", args=[judgement.case.pk])
    if block.place == "screen":
        return screen_url(judgement.case.pk, block.codes, back)
    anchors = {"item": f"item-{block.item}", "details": "details", "catalogue": "catalogue"}
    return f"{reverse('program', args=[judgement.program.pk])}#{anchors[block.place]}"
