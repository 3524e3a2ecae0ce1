"""What the right half of the builder shows of each exercise: its card, with the open forms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from clinic.addresses import address_of
from patients.vocabulary import RESOURCES
from programs.builder.actions.base import fingerprint
from programs.builder.alternatives import Alternative, alternatives
from programs.builder.dose_form import DoseForm
from programs.builder.dose_line_form import LineForm
from programs.builder.forms import AcceptForm, OverrideForm
from programs.exercises.sides import with_side
from programs.prescriptions.models import ProgramItem
from programs.rules.book import VERDICT_LABELS
from programs.rules.traits import PURPOSES
from programs.rules.unsaid import unsaid_words
from programs.rules.verdict import Reason
from programs.verdicts.blockers import item_blocks
from programs.verdicts.judgement import JudgedItem, Judgement
from programs.verdicts.standing import decision_key

_PARTS: Final = ("line", "swap", "remove", "move", "accept", "override", "revoke")
_NAMED: Final = 3
"""Of what nobody has said, so much is named on a card."""
UNDO_MINUTES = 30
"""How long a removed exercise can be put back by one press."""


def item_urls(program_id: UUID, item_id: UUID) -> dict[str, str]:
    """The addresses of an exercise of a program, by the end of each one's name."""
    names = {"item": "program_item", **{part: f"program_item_{part}" for part in _PARTS}}
    return {part: address_of(name, program_id, item_id) for part, name in names.items()}


@dataclass
class Card:
    """One exercise of the draft as it is shown. Forms are there only when they are open."""

    judged: JudgedItem
    needs: list[str]
    line_form: LineForm | None = None
    dose_form: DoseForm | None = None
    accept_form: AcceptForm | None = None
    accept_keys: list[str] = field(default_factory=list)
    override_form: OverrideForm | None = None
    override_keys: list[str] = field(default_factory=list)
    override_open: bool = False
    can_override: bool = True
    is_new: bool = False
    accepts_above: bool = False
    """Whether all that it waits for is accepted for several exercises at once, above."""
    swaps: list[Alternative] | None = None
    """What it could be swapped for, where that was asked."""

    @property
    def pk(self) -> str:
        """The item's id."""
        return str(self.judged.item.pk)

    @cached_property
    def urls(self) -> dict[str, str]:
        """Where its forms and parts go, by the end of the address's name."""
        return item_urls(self.judged.item.program_id, self.judged.item.pk)

    @property
    def purpose(self) -> str:
        """What it is for, in words."""
        return PURPOSES[self.judged.phase]

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

    @property
    def unsaid(self) -> str:
        """What nobody has said of the exercise; how much, where that is a lot."""
        definition = self.judged.definition
        unknown = definition.traits.unknown if definition else ()
        return unsaid_words(unknown) if len(unknown) <= _NAMED else f"{len(unknown)} things"


@dataclass(frozen=True, slots=True)
class RemovedItem:
    """A removed exercise that can be put back."""

    item: ProgramItem
    name: str


def card_of(
    judgement: Judgement,
    judged: JudgedItem,
    *,
    editing: bool = False,
    bound: Mapping[str, Any] | None = None,
    is_new: bool = False,
    swapping: bool = False,
) -> Card:
    """A card with the forms that have to be open. ``bound``: forms that came back with errors."""
    bound = bound or {}
    card = Card(judged, needs=list(item_blocks(judged)), is_new=is_new)
    if judged.assessment is None:
        return card
    if swapping:
        card.swaps = alternatives(judgement, judged)
    if "dose" in bound:
        card.dose_form = bound["dose"]
    elif editing:
        card.dose_form = dose_form(judged)
        card.dose_form.flag_missing(judged.missing_dose)
    elif not judged.is_advice:
        card.line_form = bound.get("line") or line_form(judged)
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


def line_form(judged: JudgedItem, data: Any = None) -> LineForm:
    """The dose as one line; what is missing is said at it."""
    missing = judged.missing_dose
    return LineForm(data, item=judged.item, seen=fingerprint(judged.item), missing=missing)


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


def cards_of(
    judgement: Judgement,
    *,
    editing: str = "",
    bound: Mapping[str, Mapping[str, Any]] | None = None,
    new: frozenset[str] = frozenset(),
    swapping: str = "",
) -> list[Card]:
    """The program in its order."""
    bound = bound or {}
    out = []
    for judged in judgement.items:
        pk = str(judged.item.pk)
        card = card_of(
            judgement,
            judged,
            editing=pk == editing,
            bound=bound.get(pk),
            is_new=pk in new,
            swapping=pk == swapping,
        )
        out.append(card)
    return mark_shared(judgement, out)


def removed_of(judgement: Judgement, now: dt.datetime) -> list[RemovedItem]:
    """What was removed a short while ago and is not there again, the latest first."""
    here = set(judgement.there)
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
            out.append(RemovedItem(row, with_side(row.exercise.name, row.side)))
    return out


@dataclass(frozen=True, slots=True)
class SharedCaution:
    """A caution that several exercises wait for. ``keys``: item and decision, as the form sends."""

    reason: Reason
    names: list[str]
    keys: list[str]


def shared_cautions(judgement: Judgement) -> list[SharedCaution]:
    """Cautions of one rule, in the same words, that more than one exercise waits for."""
    found: dict[tuple[str, str], SharedCaution] = {}
    for judged in judgement.items:
        for reason in judged.standing.to_accept:
            if reason.verdict != "caution":
                continue
            row = found.setdefault((reason.rule, reason.reason), SharedCaution(reason, [], []))
            row.names.append(with_side(judged.name, judged.item.side))
            row.keys.append(f"{judged.item.pk}={decision_key(reason)}")
    return [row for row in found.values() if len(row.keys) > 1]


def mark_shared(judgement: Judgement, cards: list[Card]) -> list[Card]:
    """Say of each card whether all that it waits for is accepted above."""
    shared = {key for row in shared_cautions(judgement) for key in row.keys}
    for card in cards:
        asked = {f"{card.pk}={key}" for key in card.accept_keys}
        card.accepts_above = bool(asked) and asked <= shared
    return cards
