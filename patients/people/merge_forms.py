"""The form that makes two records of one person one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.formats import date_format

from patients.fields import put, text_field
from patients.models import MergeChoice, Patient, Sex
from patients.record.actions import PATIENT_FIELDS
from patients.record.merge_actions import NOTES_APART

FIELD_WORDS = {
    "full_name": "Name",
    "date_of_birth": "Date of birth",
    "sex": "Sex recorded at birth",
    "email": "E-mail",
    "phone": "Phone",
    "clinician_notes": "Notes for clinicians",
}
_NOTHING = "Nothing recorded"
_LONGEST_NOTES = 5000


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One field of the two records, side by side."""

    label: str
    kept: str
    gone: str

    @property
    def differs(self) -> bool:
        """Whether somebody has to choose."""
        return self.kept != self.gone


class PatientMergeForm(forms.Form):
    """Whose value stands where the two differ, and why they are one person."""

    reason = text_field("Why these are one person", max_length=500, required=True)
    seen_kept = forms.IntegerField(required=False, widget=forms.HiddenInput())
    seen_gone = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, kept: Patient, gone: Patient, **kwargs: Any):
        """Ask about each field in which the two differ; what only one of them says is proposed."""
        super().__init__(*args, **kwargs)
        self.kept, self.gone = kept, gone
        self.fields["seen_kept"].initial, self.fields["seen_gone"].initial = self._seen_now()
        self.fields["reason"].error_messages["required"] = "Say in a few words why."
        self.fields[
            "reason"
        ].help_text = "For example: same phone and address, she says she came twice."
        self.asked = [n for n in PATIENT_FIELDS if getattr(kept, n) != getattr(gone, n)]
        for name in self.asked:
            self.fields[name] = self._choice(name)
        self.order_fields([*self.asked, "reason"])
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.asked, "reason", "seen_kept", "seen_gone")

    def rows(self) -> list[MergeRow]:
        """Each field of both, in words."""
        return [
            MergeRow(FIELD_WORDS[name], shown(self.kept, name), shown(self.gone, name))
            for name in PATIENT_FIELDS
        ]

    def clean(self) -> dict[str, Any]:
        """Two notes that are kept both have to fit."""
        values = super().clean() or {}
        if values.get("clinician_notes") == MergeChoice.BOTH:
            both = NOTES_APART.join([self.kept.clinician_notes, self.gone.clinician_notes])
            if len(both) > _LONGEST_NOTES:
                self.add_error(
                    "clinician_notes",
                    f"Both together are {len(both)} characters, {_LONGEST_NOTES} fit. "
                    "Choose one; the other stays in the record of the merge.",
                )
        return values

    def choices(self) -> dict[str, str]:
        """Whose value stands, by field."""
        return {name: self.cleaned_data[name] for name in self.asked}

    def seen(self) -> tuple[int, int]:
        """The revisions that the page showed; 0, which is never current, where one is lost."""
        return self.cleaned_data.get("seen_kept") or 0, self.cleaned_data.get("seen_gone") or 0

    def is_stale(self) -> bool:
        """Whether the page that was sent showed another state of the two."""
        said = (self.data.get("seen_kept"), self.data.get("seen_gone"))
        return self.is_bound and said != tuple(map(str, self._seen_now()))

    def show_now(self) -> None:
        """What the page shows again is known from now on."""
        now = self._seen_now()
        for name, value in zip(("seen_kept", "seen_gone"), now, strict=True):
            put(self, name, value)

    def _seen_now(self) -> tuple[int, int]:
        return self.kept.revision, self.gone.revision

    def _choice(self, name: str) -> forms.ChoiceField:
        mine, theirs = getattr(self.kept, name), getattr(self.gone, name)
        options = [
            (MergeChoice.KEPT.value, shown(self.kept, name)),
            (MergeChoice.GONE.value, shown(self.gone, name)),
        ]
        if name == "clinician_notes" and mine and theirs:
            options.append((MergeChoice.BOTH.value, str(MergeChoice.BOTH.label)))
        initial = MergeChoice.KEPT if mine else MergeChoice.GONE
        if name == "clinician_notes" and mine and theirs:
            initial = MergeChoice.BOTH
        return forms.ChoiceField(
            label=FIELD_WORDS[name],
            choices=options,
            initial=initial.value,
            widget=forms.RadioSelect(),
            error_messages={
                "required": "Choose which one stands.",
                "invalid_choice": "Choose which one stands.",
            },
        )


def shown(patient: Patient, name: str) -> str:
    """One field of a patient in words."""
    return shown_value(name, getattr(patient, name))


def shown_value(name: str, value: Any) -> str:
    """A value of this field in words, as a patient or the record of a merge holds it."""
    if name == "sex" and value:
        return str(Sex(value).label)
    if name == "date_of_birth":
        day = value if isinstance(value, date) else date.fromisoformat(value)
        return date_format(day)
    return value or _NOTHING
