"""What the right half of the builder shows: its cards, and where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from patients.questions import label_of
from patients.vocabulary import RESOURCES
from programs.builder.actions.base import fingerprint
from programs.builder.dose_form import DoseForm
from programs.builder.forms import AcceptForm, OverrideForm
from programs.exercises.sides import with_side
from programs.prescriptions.models import ProgramItem
from programs.rules.book import VERDICT_LABELS
from programs.rules.traits import PURPOSES
from programs.verdicts.blockers import Blocker, blockers_of, item_blocks
from programs.verdicts.hints import MOST_EXERCISES, Hint, silent_on_frequency
from programs.verdicts.judgement import JudgedItem, Judgement
from programs.verdicts.standing import decision_key

NAMED = 2
"""Open questions, and things not at home, that the status names; more are counted."""
UNDO_MINUTES = 30
"""How long a removed exercise keeps its place with a button to put it back."""


@dataclass(slots=True)
class Card:
    """One exercise of the draft as it is shown. Forms are there only when they are open."""

    judged: JudgedItem
    needs: list[str]
    dose_form: DoseForm | None = None
    accept_form: AcceptForm | None = None
    accept_keys: list[str] = field(default_factory=list)
    override_form: OverrideForm | None = None
    override_keys: list[str] = field(default_factory=list)
    override_open: bool = False
    can_override: bool = True
    is_new: bool = False

    @property
    def pk(self) -> str:
        """The item's id."""
        return str(self.judged.item.pk)

    @property
    def verdict(self) -> str:
        """The verdict's code today."""
        return self.judged.assessment.verdict if self.judged.assessment else ""

    @property
    def verdict_label(self) -> str:
        """The verdict in words."""
        return VERDICT_LABELS.get(self.verdict, "")

    @property
    def dose_words(self) -> str:
        """The dose as a patient reads it."""
        return self.judged.dosage.words

    @property
    def decided(self) -> bool:
        """Whether something was accepted or set aside."""
        stands = self.judged.standing
        return bool(stands.accepted or stands.overridden)

    @property
    def missing(self) -> str:
        """What it needs and the patient lacks."""
        found = self.judged.assessment
        return ", ".join(RESOURCES[code] for code in found.missing) if found else ""


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """A line of the program: a card, or a removed exercise that can be put back."""

    card: Card | None = None
    removed: ProgramItem | None = None
    removed_name: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A purpose with its lines."""

    code: str
    label: str
    rows: list[ProgramLine]


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


def card_of(
    judgement: Judgement,
    judged: JudgedItem,
    *,
    editing: bool = False,
    bound: Mapping[str, Any] | None = None,
    is_new: bool = False,
) -> Card:
    """A card with the forms that have to be open. ``bound``: forms that came back with errors."""
    bound = bound or {}
    card = Card(judged, needs=list(item_blocks(judged)), is_new=is_new)
    if judged.assessment is None:
        return card
    if "dose" in bound:
        card.dose_form = bound["dose"]
    elif editing or judged.missing_dose:
        card.dose_form = dose_form(judged)
        card.dose_form.flag_missing(judged.missing_dose)
    stands = judged.standing
    if stands.to_accept or "accept" in bound:
        card.accept_form = bound.get("accept") or accept_form(judged)
        card.accept_keys = [decision_key(r) for r in stands.to_accept]
    adapts = [r for r in (*stands.to_accept, *stands.accepted) if r.verdict == "adapt"]
    contested = stands.blocked or tuple(adapts)
    card.can_override = not judgement.stopped and not stands.forbidden
    if (contested and card.can_override) or "override" in bound:
        card.override_form = bound.get("override") or override_form(judgement, card.pk)
        card.override_keys = [decision_key(r) for r in contested]
        card.override_open = "override" in bound
    return card


def dose_form(judged: JudgedItem, data: Any = None) -> DoseForm:
    """The dose form of an item, empty of input or with what was posted."""
    sided = bool(judged.definition and judged.definition.traits.sided)
    return DoseForm(data, item=judged.item, sided=sided, seen=fingerprint(judged.item))


def accept_form(judged: JudgedItem, data: Any = None) -> AcceptForm:
    """The form to accept cautions; an adaptation starts from what the rules suggest."""
    asked = [r for r in judged.standing.to_accept if r.verdict == "adapt"]
    parts = [judged.item.modification, *(r.modification for r in asked)]
    suggestion = " ".join(dict.fromkeys(part for part in parts if part))
    return AcceptForm(
        data,
        item_id=judged.item.pk,
        adapts=bool(judged.standing.adaptations),
        initial={"modification": suggestion},
    )


def override_form(judgement: Judgement, key: str, data: Any = None) -> OverrideForm:
    """The form to prescribe against a rule; the last day starts at the practice's review."""
    weeks = judgement.settings.review_weeks_max
    return OverrideForm(data, key=key, today=judgement.today, weeks=weeks)


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


def sections_of(
    judgement: Judgement,
    *,
    editing: str = "",
    bound: Mapping[str, Mapping[str, Any]] | None = None,
    new: frozenset[str] = frozenset(),
    now: dt.datetime,
) -> list[Section]:
    """The program by purpose, removed exercises in their old places for a while."""
    bound = bound or {}
    lines: list[tuple[str, int, str, ProgramLine]] = []
    for judged in judgement.items:
        pk = str(judged.item.pk)
        card = card_of(
            judgement, judged, editing=pk == editing, bound=bound.get(pk), is_new=pk in new
        )
        lines.append((judged.phase, judged.item.position, pk, ProgramLine(card=card)))
    lines += _removed(judgement, now)
    order = list(PURPOSES)
    found: dict[str, list[ProgramLine]] = {}
    for phase, _, _, row in sorted(lines, key=lambda x: (order.index(x[0]), x[1], x[2])):
        found.setdefault(phase, []).append(row)
    return [Section(code, PURPOSES[code], rows) for code, rows in found.items()]


def _removed(judgement: Judgement, now: dt.datetime) -> list[tuple[str, int, str, ProgramLine]]:
    here = {(j.item.exercise_id, j.item.side) for j in judgement.items}
    rows = (
        judgement.program.items.filter(removed_at__gt=now - dt.timedelta(minutes=UNDO_MINUTES))
        .select_related("exercise")
        .defer("exercise__data")
        .order_by("-removed_at")
    )
    out = []
    for row in rows:
        if (row.exercise_id, row.side) not in here:
            here.add((row.exercise_id, row.side))
            name = with_side(row.exercise.name, row.side)
            out.append(
                (
                    row.exercise.phase,
                    row.position,
                    str(row.pk),
                    ProgramLine(removed=row, removed_name=name),
                )
            )
    return out
