"""The symptom questions as the page shows them, with what is chosen and what was said last."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Protocol, cast
from uuid import UUID

from django import forms

from patients.body import BODY_REGIONS, regions_of
from patients.response.facts import Phase
from patients.vocabulary import Chain
from programs.portal.symptoms.body_picture import BodyPicture, pictures_of
from programs.portal.symptoms.words import (
    ARM_KIND_WORDS,
    KIND_QUESTIONS,
    KIND_WORDS,
    PAIN_QUESTIONS,
    WHERE_QUESTIONS,
    said_words,
)

NOWHERE: Final = "nowhere"
NONE: Final = "none"
PAIN_KEYS: Final = [(str(n), str(n)) for n in range(11)]
_PLACES: Final = MappingProxyType(
    {
        chain: [(NOWHERE, "Nowhere"), *((r.code, r.label) for r in regions_of(chain))]
        for chain in Chain
    }
)
FEELINGS: Final = MappingProxyType(
    {
        chain: [*((str(kind), said) for kind, said in words.items()), (NONE, "None of these")]
        for chain, words in ((Chain.LEG, KIND_WORDS), (Chain.ARM, ARM_KIND_WORDS))
    }
)
PAIN_ENDS: Final = MappingProxyType({0: "no pain", 10: "the worst pain"})


class Said(Protocol):
    """What was said at one moment: a stored log or an entry."""

    @property
    def pain(self) -> int | None:
        """0 to 10."""

    @property
    def regions(self) -> Sequence[str] | None:
        """Codes of ``patients.body``."""

    @property
    def kinds(self) -> Sequence[str] | None:
        """Codes of ``Kind``."""


@dataclass(frozen=True, slots=True)
class SymptomOption:
    """One box or key on the page."""

    value: str
    label: str
    id: str
    checked: bool


class SymptomQuestions(forms.Form):
    """How it is at one moment.

    ``exercises``: pairs of item and name to ask "did any of them bring it on?" about; empty: not
    asked. ``last``: what one button repeats. ``same_words``: the words on that button. ``said``:
    what the fields start with. ``phase`` chooses the words of the questions. ``chain``: whether
    back and leg or neck and arm are asked about.
    """

    pain = forms.TypedChoiceField(
        choices=PAIN_KEYS,
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Choose a number from 0 to 10."},
    )
    regions = forms.MultipleChoiceField(
        required=False,
        error_messages={"invalid_choice": "Choose places of the list."},
    )
    kinds = forms.MultipleChoiceField(
        required=False,
        error_messages={"invalid_choice": "Choose feelings of the list."},
    )
    # Plain fields: an odd sign in what only a button or a hidden field sends is no mistake.
    same = forms.Field(required=False)
    id = forms.Field(required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        prefix: str = "now",
        exercises: Iterable[tuple[str, str]] = (),
        last: Said | None = None,
        same_words: str = "The same as last time",
        said: Said | None = None,
        phase: str = Phase.BEFORE,
        chain: Chain = Chain.LEG,
    ) -> None:
        super().__init__(data, prefix=prefix, initial=_initial(said))
        self.chain = chain
        self.places, self.feelings = _PLACES[chain], FEELINGS[chain]
        for name, choices in (("regions", self.places), ("kinds", self.feelings)):
            cast(forms.MultipleChoiceField, self.fields[name]).choices = choices
        self.exercises = tuple(exercises)
        self.last, self.same_words, self.phase = last, same_words, Phase(phase)
        self.blamed = [*self.exercises, (NONE, "None of them")] if self.exercises else []
        self.fields["provoked"] = forms.MultipleChoiceField(
            choices=self.blamed,
            required=False,
            error_messages={"invalid_choice": "Choose exercises of the list."},
        )

    @property
    def pictures(self) -> tuple[BodyPicture, ...]:
        """The body from behind and from the front."""
        return pictures_of(self.chain)

    @property
    def ids(self) -> str:
        """What the ids of its regions begin with."""
        return f"id_{self.prefix}-regions"

    @property
    def entry_id(self) -> str:
        """A fresh id, or the one that was posted with a mistake."""
        return str(uuid_of(self.data.get(self.add_prefix("id")) if self.is_bound else None))

    @property
    def pain_question(self) -> str:
        """The first question."""
        return PAIN_QUESTIONS.get(self.phase, "How bad is the pain now?")

    @property
    def where_question(self) -> str:
        """The second one."""
        return WHERE_QUESTIONS.get(self.phase, "Where is it?")

    @property
    def kind_question(self) -> str:
        """The third one."""
        return KIND_QUESTIONS.get(self.phase, "What does it feel like?")

    @property
    def pain_choices(self) -> list[tuple[SymptomOption, str]]:
        """Keys 0 to 10, the ends with what they mean."""
        return [(c, PAIN_ENDS.get(int(c.value), "")) for c in self._choices("pain", PAIN_KEYS)]

    @property
    def nowhere(self) -> SymptomOption:
        """The box for no symptoms anywhere."""
        return self._choices("regions", self.places)[0]

    @property
    def region_groups(self) -> list[tuple[str, list[SymptomOption]]]:
        """The boxes of the list, by view."""
        boxes = self._choices("regions", self.places)[1:]
        return [
            (p.title, [b for b in boxes if BODY_REGIONS[b.value].view is p.view])
            for p in self.pictures
        ]

    @property
    def kind_choices(self) -> list[SymptomOption]:
        """The boxes for what it feels like."""
        return self._choices("kinds", self.feelings)

    @property
    def provoked_choices(self) -> list[SymptomOption]:
        """The boxes for what brought it on."""
        return self._choices("provoked", self.blamed)

    @property
    def chosen_words(self) -> str:
        """The places that are ticked now, in words."""
        boxes = self._choices("regions", self.places)
        return ", ".join(b.label for b in boxes if b.checked)

    @property
    def last_key(self) -> str:
        """What the button for "the same" sends."""
        return last_key(self.last) if self.last is not None else ""

    @property
    def last_words(self) -> str:
        """What was said last, in one line."""
        last = self.last
        return said_words(last.pain, last.regions, last.kinds) if last is not None else ""

    @property
    def last_values(self) -> dict[str, str]:
        """What was said last, as the script fills it in; a missing key: not said."""
        return {} if self.last is None else _shown(self.last)

    def _choices(self, name: str, offered: Iterable[tuple[str, str]]) -> list[SymptomOption]:
        bound = self[name]
        value = bound.value()
        chosen = {str(v) for v in ([value] if isinstance(value, str | int) else value or ())}
        return [
            SymptomOption(code, label, f"{bound.auto_id}-{code}", code in chosen)
            for code, label in offered
        ]


def last_key(last: Said) -> str:
    """The id of what was said last, whether it is a stored log or an entry."""
    return str(getattr(last, "client_id", None) or getattr(last, "id", ""))


def _initial(said: Said | None) -> dict[str, Any]:
    if said is None:
        return {}
    blamed: Sequence[str] | None = getattr(said, "provoked", None)
    return {
        "pain": None if said.pain is None else str(said.pain),
        "regions": _boxes(said.regions, NOWHERE),
        "kinds": _boxes(said.kinds, NONE),
        "provoked": _boxes(blamed, NONE),
    }


def _boxes(codes: Sequence[str] | None, nothing: str) -> list[str]:
    return [] if codes is None else list(codes) or [nothing]


def _shown(said: Said) -> dict[str, str]:
    found = {
        "pain": None if said.pain is None else str(said.pain),
        "regions": None if said.regions is None else ",".join(_boxes(said.regions, NOWHERE)),
        "kinds": None if said.kinds is None else ",".join(_boxes(said.kinds, NONE)),
    }
    return {key: value for key, value in found.items() if value is not None}


def uuid_of(text: object) -> UUID:
    """The id that was posted; a fresh one where it is none."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return uuid.uuid4()
