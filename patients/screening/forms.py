"""The safety screen as a form, and the note that clears a red flag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from patients import vocabulary
from patients.fields import choices, put
from patients.models import Case, ScreenAnswer
from patients.record.merge import Conflict
from patients.screening.actions import Disagreement
from patients.screening.pregnancy_form import PregnancyFields
from patients.vocabulary import Answer, Route

_SHORTEST_NOTE = 10
"""Characters; less does not say what was done."""

QUESTIONS: dict[str, vocabulary.RedFlag | vocabulary.Finding] = {
    **vocabulary.RED_FLAGS,
    **vocabulary.FINDINGS,
}
PREGNANCY = "pregnancy"
"""The one question of the screen whose answer is a fact of the case itself."""
ALL_CODES = (*QUESTIONS, PREGNANCY)


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the screen, as the template shows it."""

    code: str
    text: str
    label: str
    field: forms.BoundField
    saved: ScreenAnswer | None
    route: Route | None
    again: forms.BoundField | None

    @property
    def stops(self) -> bool:
        """A yes stops prescribing."""
        return self.code in vocabulary.STOPPING_CODES

    @property
    def route_label(self) -> str:
        """How fast a yes needs a medical answer, in words; empty where it does not."""
        return vocabulary.ROUTE_LABELS[self.route] if self.route else ""


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions under one heading."""

    title: str
    questions: list[Question]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the screen: red flags, then findings."""

    title: str
    lead: str
    groups: list[QuestionGroup]


def wanted_codes(text: str) -> list[str]:
    """The questions that ``?only=`` asks for, in the screen's order; all where it names none."""
    named = {code.strip() for code in text.split(",")}
    return [code for code in ALL_CODES if code in named] or list(ALL_CODES)


class ScreenForm(PregnancyFields):
    """Yes, no or not asked for each of ``codes``.

    ``seen`` and ``revision`` carry the number of the latest answer and of the case at loading, so
    that what other people save meanwhile is neither overwritten nor mistaken for this reader's own.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, case: Case, codes: list[str], **kwargs: Any) -> None:
        """``case`` comes with its facts."""
        super().__init__(*args, **kwargs)
        self.codes = codes
        self.current = case.current_answers
        self.today = case.today()
        self.initial = {
            "seen": latest_number(case),
            "revision": case.revision,
            "pregnant": case.pregnant,
            "due_date": case.due_date,
        }
        self.asks_pregnancy = PREGNANCY in codes
        if not self.asks_pregnancy:
            del self.fields["pregnant"], self.fields["due_date"]
        for code in codes:
            if code in QUESTIONS:
                self._add_question(code)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def _add_question(self, code: str) -> None:
        saved = self.current.get(code)
        self.fields[code] = forms.ChoiceField(
            label=QUESTIONS[code].question,
            choices=choices(vocabulary.ANSWER_LABELS),
            widget=forms.RadioSelect,
            initial=saved.answer if saved else Answer.UNKNOWN.value,
            required=False,
            error_messages={"invalid_choice": "Choose yes, no or not asked."},
        )
        if saved and saved.is_cleared:
            self.fields[f"again-{code}"] = forms.BooleanField(
                label="It is there again. Open this red flag once more.", required=False
            )

    def answers(self) -> dict[str, str]:
        """Code → answer for each question that was sent."""
        values = self.cleaned_data
        return {code: values[code] for code in QUESTIONS if values.get(code)}

    def again(self) -> set[str]:
        """Cleared red flags that are there once more."""
        return {code for code in QUESTIONS if self.cleaned_data.get(f"again-{code}")}

    def number(self, name: str) -> int:
        """``seen`` or ``revision`` as the reader had it; 0, before everything, where it is lost."""
        return self.cleaned_data.get(name) or 0

    def show_disagreements(self, found: tuple[Disagreement, ...], latest: int) -> None:
        """Say at each question who answered otherwise; saving again keeps what is chosen here."""
        for item in found:
            answer = vocabulary.ANSWER_LABELS[Answer(item.theirs.answer)].lower()
            self.add_error(
                item.code,
                f"{item.theirs.answered_by} answered {answer} while you had this page open. "
                "Save again to keep your answer.",
            )
        put(self, "seen", latest)

    def show_conflict(self, conflict: Conflict) -> None:
        """Say at the question who changed the pregnancy; saving again keeps what is typed here."""
        names = " and ".join(sorted({row.who for row in conflict.others}))
        self.add_error(
            "pregnant",
            f"{names or 'Somebody'} changed this while you had this page open. "
            "Save again to keep yours.",
        )
        put(self, "revision", conflict.case.revision)

    @property
    def parts(self) -> list[Part]:
        """What the page shows, red flags first; what has no question is left out."""
        red_flags = Part(
            "Red flags",
            "A yes may need a doctor before any exercise.",
            list(self._groups(vocabulary.RED_FLAG_GROUPS, vocabulary.RED_FLAGS)),
        )
        findings = Part(
            "Health questions",
            "A yes rules out or changes some exercises.",
            list(self._groups(vocabulary.FINDING_GROUPS, vocabulary.FINDINGS)),
        )
        return [part for part in (red_flags, findings) if part.groups]

    def _groups(self, titles: Any, items: Any) -> Iterator[QuestionGroup]:
        for key, title in titles.items():
            mine = [code for code, item in items.items() if item.group == key]
            questions = [self._question(code) for code in mine if code in self.codes]
            if questions:
                yield QuestionGroup(title, questions)

    def _question(self, code: str) -> Question:
        again = f"again-{code}"
        return Question(
            code=code,
            text=QUESTIONS[code].question,
            label=QUESTIONS[code].label,
            field=self[code],
            saved=self.current.get(code),
            route=vocabulary.route_of(code),
            again=self[again] if again in self.fields else None,
        )


def latest_number(case: Case) -> int:
    """The number of the case's latest answer; 0 before the first."""
    return max((row.pk for row in case.current_answers.values()), default=0)


class ClearRedFlagForm(forms.Form):
    """What was done about a red flag."""

    note = forms.CharField(
        label="What was done, and why exercise is safe to start",
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        max_length=2000,
        help_text="Stays in the record with your name and the time.",
        error_messages={
            "required": "Write what was done. The note stays in the record.",
            "max_length": "Use %(limit_value)d characters or fewer. This has %(show_value)d.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the form out without a tag of its own."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_note(self) -> str:
        """A note that says something."""
        note: str = self.cleaned_data["note"].strip()
        if len(note) < _SHORTEST_NOTE or not any(char.isalnum() for char in note):
            raise ValidationError(
                f"Write at least {_SHORTEST_NOTE} characters: who looked, and what they found."
            )
        return note
