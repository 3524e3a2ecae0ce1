"""The safety screen as a form, and the note that clears a red flag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from patients import vocabulary
from patients.fields import choices, put, with_blank
from patients.models import Case
from patients.questions import (
    FOLLOWS,
    GATES,
    PREGNANCY,
    QUESTIONS,
    Gate,
    first_lines,
    to_ask,
    wanted,
)
from patients.record.merge import Conflict
from patients.screening import lines
from patients.screening.actions import Disagreement
from patients.screening.gates import contradicted, settled
from patients.screening.pregnancy_form import DATES, PregnancyFields
from patients.vocabulary import Answer, Side

ALL_GROUPS = "rest-all"
"""The press that says no to what is open in every group that a press may answer."""
_SHORTEST_NOTE = 10
"""Characters; less does not say what was done."""
_SIDES = (Side.LEFT, Side.RIGHT, Side.BILATERAL)


def lines_for(case: Case, only: str = "", also: Sequence[str] = ()) -> list[str]:
    """What ``?only=`` asks for, in the screen's order; all that this patient is asked without.

    ``also``: lines that exercises add to all of it.
    """
    known = case.known_answers()
    asked = wanted({code.strip() for code in only.split(",")}, known)
    if asked:
        return asked
    pregnancy = case.asks_about_pregnancy_on(case.today())
    lines_of = first_lines(to_ask(known, case.about))
    return [*(code for code in lines_of if code != PREGNANCY or pregnancy), *also]


class ScreenForm(PregnancyFields):
    """Yes, no or not asked for each of ``codes``: gates and single questions.

    ``seen`` and ``revision`` carry the number of the latest answer and of the case at loading, so
    that what other people save meanwhile is neither overwritten nor mistaken for this reader's own.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, case: Case, codes: list[str], named: bool = False, **kwargs: Any
    ) -> None:
        """``case`` comes with its facts; ``named``: the page was asked for these very questions."""
        super().__init__(*args, **kwargs)
        self.codes = codes
        self.all_in_view = named or self.is_bound
        self.current = case.current_answers
        self.known = case.known_answers()
        self.today = case.today()
        self.initial = {
            "seen": latest_number(case),
            "revision": case.revision,
            "pregnant": case.pregnant,
            "due_date": case.due_date,
            "gave_birth": case.gave_birth,
            "birth_on": case.birth_on,
        }
        if PREGNANCY not in codes:
            self.leave_out_pregnancy()
        else:
            for day in DATES.values():
                self.fields[day].widget.attrs["class"] = "form-control"
                self.fields[day].help_text = ""
        for code in codes:
            if code in GATES:
                self._add_gate(GATES[code])
            for each in lines.fields_of(code):
                if each in QUESTIONS:
                    self._add_question(each)
        self._add_rests()
        self.helper = FormHelper()
        self.helper.form_tag = False

    def _add_gate(self, gate: Gate) -> None:
        stands = gate.answer(self.known)
        self.fields[f"gate-{gate.code}"] = _answer_field(gate.question, stands)
        self.fields[f"was-{gate.code}"] = forms.CharField(
            required=False, initial=stands, widget=forms.HiddenInput()
        )

    def _add_question(self, code: str) -> None:
        saved = self.current.get(code)
        item = QUESTIONS[code]
        self.fields[code] = _answer_field(
            item.question, saved.answer if saved else Answer.UNKNOWN.value
        )
        if getattr(item, "sided", False):
            self.fields[f"side-{code}"] = forms.ChoiceField(
                label="Which side?",
                choices=with_blank("Side not said", choices(vocabulary.SIDE_LABELS, _SIDES)),
                widget=forms.Select(attrs={"class": "form-select"}),
                initial=saved.side if saved else "",
                required=False,
                error_messages={"invalid_choice": "Choose from the list."},
            )
        if saved and saved.is_cleared:
            self.fields[f"again-{code}"] = forms.BooleanField(
                label="It is there again. Open this red flag once more.", required=False
            )

    def _add_rests(self) -> None:
        """One press for each group of which more than one question is open, and one for them all.

        None for what must be asked one by one.
        """
        for key in lines.GROUPS:
            if key == lines.ONE_BY_ONE:
                continue
            mine = [code for code in self.codes if lines.group_of(code) == key]
            if sum(self._stands(code) == Answer.UNKNOWN for code in mine) > 1:
                self.fields[f"rest-{key}"] = forms.BooleanField(required=False)
        if sum(f"rest-{key}" in self.fields for key in lines.GROUPS) > 1:
            self.fields[ALL_GROUPS] = forms.BooleanField(required=False)

    def _is_rested(self, key: str) -> bool:
        """Whether a press says no to what is open in this group."""
        said = self.cleaned_data.get
        return key != lines.ONE_BY_ONE and bool(said(f"rest-{key}") or said(ALL_GROUPS))

    def _stands(self, code: str) -> str:
        if code in GATES:
            return GATES[code].answer(self.known)
        return self.known.get(code, Answer.UNKNOWN)

    def clean(self) -> dict[str, Any]:
        """Let a press for a group and gates speak for their questions, then look at the dates."""
        for code in self.codes:
            if self._is_rested(lines.group_of(code)):
                self._say_no(code)
        for code in self.codes:
            if code in GATES:
                self._settle(GATES[code])
        for answer, day in DATES.items():
            if self.cleaned_data.get(answer) == Answer.NO:
                # The date of an answer that was taken back; the page does not show it any more.
                self.cleaned_data[day] = None
                self.errors.pop(day, None)
        return super().clean()

    def _say_no(self, code: str) -> None:
        """No to what is still open of one line: the question, or the gate, or what it opened."""
        values = self.cleaned_data
        names = [code]
        if code in GATES:
            said = [values.get(f"gate-{code}"), *(values.get(c) for c in GATES[code].members)]
            names = [f"gate-{code}"]
            if Answer.YES in said:
                names = [
                    c
                    for c in lines.fields_of(code)
                    if c not in FOLLOWS or any(values.get(p) == Answer.YES for p in FOLLOWS[c])
                ]
        for name in names:
            if values.get(name) == Answer.UNKNOWN:
                values[name] = Answer.NO.value

    def _settle(self, gate: Gate) -> None:
        values = self.cleaned_data
        said = values.get(f"gate-{gate.code}")
        if not said:
            return
        sent = {
            "said": said,
            "was": values.get(f"was-{gate.code}") or Answer.UNKNOWN.value,
            "members": {code: values[code] for code in gate.members if values.get(code)},
            "recorded": self.known,
        }
        wrong = contradicted(**sent)
        if wrong:
            for code in wrong:
                self.add_error(code, "You said no to this group and yes here. Choose one.")
            return
        values.update(settled(gate, **sent))

    def answers(self) -> dict[str, str]:
        """Code → answer for each question that was sent."""
        values = self.cleaned_data
        return {code: values[code] for code in QUESTIONS if values.get(code)}

    def sides(self) -> dict[str, str]:
        """Code → side for each question that was sent with one."""
        return {
            code: self.cleaned_data[name]
            for code in QUESTIONS
            if (name := f"side-{code}") in self.data and name in self.cleaned_data
        }

    def again(self) -> set[str]:
        """Cleared red flags that are there once more."""
        return {code for code in QUESTIONS if self.cleaned_data.get(f"again-{code}")}

    def rested(self) -> bool:
        """Whether a group was answered in one press, so that the reader may want to go on."""
        return any(self._is_rested(key) for key in lines.GROUPS)

    def number(self, name: str) -> int:
        """``seen`` or ``revision`` as the reader had it; 0, before everything, where it is lost."""
        return self.cleaned_data.get(name) or 0

    def show_disagreements(self, found: tuple[Disagreement, ...], latest: int) -> None:
        """Say at each question who answered otherwise; saving again keeps what is chosen here."""
        for item in found:
            answer = vocabulary.ANSWER_LABELS[Answer(item.theirs.answer)].lower()
            self.add_error(
                item.code if item.code in self.fields else None,
                f"{item.theirs.who} answered {answer} while you had this page open. "
                "Save again to keep your answer.",
            )
        put(self, "seen", latest)

    def show_conflict(self, conflict: Conflict) -> None:
        """Say at the question who changed the pregnancy; saving again keeps what is typed here."""
        names = " and ".join(sorted({row.who for row in conflict.others}))
        self.add_error(
            next((name for name in DATES if {name, DATES[name]} & set(conflict.fields)), None),
            f"{names or 'Somebody'} changed this while you had this page open. "
            "Save again to keep yours.",
        )
        put(self, "revision", conflict.case.revision)

    @property
    def all_groups(self) -> str:
        """The name of the press for all groups; empty where there is one group or none."""
        return ALL_GROUPS if ALL_GROUPS in self.fields else ""

    @property
    def parts(self) -> list[lines.Part]:
        """What the page shows, red flags first; what has no question is left out."""
        return lines.parts(self)


def _answer_field(question: str, stands: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=question,
        choices=choices(vocabulary.ANSWER_LABELS),
        widget=forms.RadioSelect,
        initial=stands,
        required=False,
        error_messages={"invalid_choice": "Choose yes, no or not asked."},
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
