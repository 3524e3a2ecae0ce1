"""What goes into a progress report: for whom it is, a note, and which parts."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from programs.followup.goals.forms import REPORT_PARTS
from programs.followup.report.report import ReportOrder


class ReportForm(forms.Form):
    """What a progress report holds, and the words that go with it."""

    to = forms.CharField(
        label="To", max_length=160, required=False, help_text="Who gets it. May stay empty."
    )
    note = forms.CharField(
        label="Your note",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Your assessment, your question, what you propose. It is printed, not kept here.",
    )
    parts = forms.MultipleChoiceField(
        label="Include",
        choices=REPORT_PARTS,
        required=False,
        initial=[code for code, _ in REPORT_PARTS],
        widget=forms.CheckboxSelectMultiple,
    )

    #: Codes of signs that may print as boxes.
    boxes_agreed = forms.CharField(required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The page writes the form's tag, and what stands between the fields and the button."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("to", "note", "parts")

    @property
    def choice(self) -> ReportOrder:
        """What was chosen."""
        data = self.cleaned_data
        return ReportOrder(to=data["to"], note=data["note"], parts=frozenset(data["parts"]))
