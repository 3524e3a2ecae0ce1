"""What goes into a progress report: for whom it is, a note, and which parts."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The form's buttons are part of it."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout("to", "note", "parts", Submit("make", "Make the PDF"))

    @property
    def choice(self) -> ReportOrder:
        """What was chosen."""
        data = self.cleaned_data
        return ReportOrder(to=data["to"], note=data["note"], parts=frozenset(data["parts"]))
