"""Forms about a program. Each finds its errors at the field and keeps what was typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clinic.formats import day_words
from patients.fields import day_field, text_field
from programs.builder.form_parts import SIDE_CHOICES, check_day, fields_only, printed_field
from programs.builder.next_review import NextReview
from programs.prescriptions.models import Program
from programs.verdicts.standing import SHORTEST_REASON


class DetailsForm(forms.Form):
    """Title, note and review day of the whole program."""

    title = text_field("Title", max_length=120, required=True)
    note = printed_field("Note to the patient", max_length=4000, rows=3)
    review_on = day_field("Review day")
    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        *args: Any,
        program: Program,
        seen: str,
        today: dt.date,
        proposed: NextReview | None = None,
        **kwargs: Any,
    ):
        """Start from the program as it is. ``today`` is the practice's date.

        ``proposed``: a review day where the program needs another, which saving takes over.
        """
        to_come = program.review_on is not None and program.review_on > today
        kwargs["initial"] = {
            "title": program.title,
            "note": program.note,
            "review_on": program.review_on if to_come or proposed is None else proposed.day,
            "seen": seen,
        }
        super().__init__(*args, **{"auto_id": "details-%s", **kwargs})
        self.today = today
        self.fields["title"].error_messages["required"] = "Give the program a title."
        self.fields["title"].help_text = "Printed at the top of the handout."
        self.fields["note"].help_text = "Printed on the first page. Short sentences help."
        self.fields[
            "review_on"
        ].help_text = "Empty: the handout names your practice's usual review weeks."
        if proposed is not None:
            words = f" Proposed: {day_words(proposed.day)}, {proposed.how}."
            self.fields["review_on"].help_text += words
        self.helper = fields_only()

    def clean_review_on(self) -> dt.date | None:
        """A day after today, within a year."""
        day: dt.date | None = self.cleaned_data["review_on"]
        if day is not None:
            check_day(day, self.today)
        return day


class AcceptForm(forms.Form):
    """Accept cautions; where the rules ask for a change, in words the patient reads."""

    modification = printed_field("How it is changed", max_length=1000, rows=2)

    def __init__(self, *args: Any, item_id: Any, adapts: bool, **kwargs: Any):
        """``adapts``: whether a modification belongs to it."""
        super().__init__(*args, **{"auto_id": f"accept-{item_id}-%s", **kwargs})
        if adapts:
            self.fields["modification"].required = True
            self.fields["modification"].error_messages["required"] = (
                "Say how the exercise is changed. It is printed."
            )
            self.fields["modification"].help_text = "Printed for the patient. Change it as needed."
        else:
            del self.fields["modification"]
        self.helper = fields_only()


class OverrideForm(forms.Form):
    """Prescribe against a rule: why, and until when."""

    reason = text_field("Reason", max_length=2000, rows=2, required=True)
    expires_on = day_field("Last day", required=True)

    def __init__(self, *args: Any, key: str, today: dt.date, weeks: int, **kwargs: Any):
        """``key`` tells several such forms on one page apart; the last day starts ``weeks`` on."""
        kwargs.setdefault("initial", {"expires_on": today + dt.timedelta(weeks=weeks)})
        super().__init__(*args, **{"auto_id": f"override-{key}-%s", **kwargs})
        self.today = today
        self.fields["reason"].error_messages["required"] = "Write down the reason."
        self.fields["reason"].help_text = "Kept in the record with your name. Not printed."
        self.fields["expires_on"].error_messages["required"] = "Choose the last day."
        self.helper = fields_only()

    def clean_reason(self) -> str:
        """A reason long enough to mean something to the next clinician."""
        reason = str(self.cleaned_data["reason"]).strip()
        if len(reason) < SHORTEST_REASON:
            raise ValidationError(f"Write at least {SHORTEST_REASON} characters.")
        return reason

    def clean_expires_on(self) -> dt.date:
        """A day after today, within a year."""
        day: dt.date = self.cleaned_data["expires_on"]
        check_day(day, self.today)
        return day


class StarterForm(forms.Form):
    """Which template to fill the program from, and the side where the case does not tell.

    No page shows it: the list of templates has a button for each choice.
    """

    starter = forms.ChoiceField(label="Template")
    side = forms.ChoiceField(
        label="Side to treat",
        required=False,
        choices=(("", "Choose"), *SIDE_CHOICES, ("both", "Both sides")),
    )

    def __init__(
        self, *args: Any, starters: list[tuple[str, str]], sided: list[str], **kwargs: Any
    ):
        """``starters``: values and names. ``sided``: those that need a side from the clinician."""
        super().__init__(*args, **{"auto_id": "starter-%s", **kwargs})
        self.fields["starter"].choices = starters  # type: ignore[attr-defined]
        self.fields["starter"].error_messages["required"] = "Choose a template."
        self.sided = sided
        if not sided:
            del self.fields["side"]
        self.helper = fields_only()

    @property
    def problems(self) -> list[str]:
        """What is wrong with the choice, each once."""
        return list(dict.fromkeys(str(e) for found in self.errors.values() for e in found))

    def clean(self) -> dict[str, Any]:
        """The side where the template needs one."""
        data = super().clean() or {}
        if data.get("starter") in self.sided and "side" not in self.errors and not data["side"]:
            self.add_error("side", "Choose the side to treat.")
        return data
