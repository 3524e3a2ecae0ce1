"""Which entries of the record of access are shown."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils import timezone

from clinic.models import Practice
from patients.identity.regions import region_of
from patients.models import ErasureReason
from patients.oversight.entries import WORDS_OF_KINDS, Choice

_MOST_PATIENTS = 50
"""A name that fits more patients than these is too short to filter by."""


class AccessFilterForm(forms.Form):
    """Person, patient, kind and days; all of them may be left out."""

    person = forms.ChoiceField(required=False, choices=[])
    patient = forms.CharField(required=False, max_length=100, help_text="A name, or the number.")
    kind = forms.ChoiceField(
        required=False, label="What", choices=[("", "Everything"), *WORDS_OF_KINDS.items()]
    )
    since = forms.DateField(
        required=False, label="From", widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        required=False, label="To", widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        """Offer everybody who works or worked here."""
        super().__init__(*args, **kwargs)
        self.practice = practice
        members = practice.memberships.select_related("user").order_by("user__full_name", "pk")
        people = [(str(row.user_id), row.user.full_name) for row in members]
        self.fields["person"].choices = [("", "Everybody"), *people]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout(
            Row(*(Column(name, css_class="col-sm-4") for name in ("person", "patient", "kind"))),
            Row(*(Column(name, css_class="col-sm-4") for name in ("since", "until"))),
            StrictButton("Show", type="submit", css_class="btn-primary"),
        )

    def wanted(self) -> Choice:
        """What was asked for; nothing at all where a field says what cannot be."""
        if not self.is_valid():
            return Choice(patients=())
        data = self.cleaned_data
        return Choice(
            person=int(data["person"]) if data["person"] else None,
            patients=self._patients(data["patient"].strip()),
            kind=data["kind"],
            since=_midnight(data["since"]),
            until=_midnight(data["until"], days=1),
        )

    def _patients(self, typed: str) -> tuple[UUID, ...] | None:
        """By the number, which also finds who was erased, or by the name."""
        if not typed:
            return None
        try:
            return (UUID(typed),)
        except ValueError:
            region = region_of(self.practice.time_zone)
            found = self.practice.patients.all().search(
                typed, practice=self.practice, region=region
            )
            return tuple(found.values_list("pk", flat=True)[:_MOST_PATIENTS])


class EraseForm(forms.Form):
    """Why a record is erased."""

    reason = forms.ChoiceField(label="Why", choices=ErasureReason.choices, widget=forms.RadioSelect)


class RetentionForm(forms.ModelForm):
    """For how many years a record is kept after the last contact."""

    class Meta:
        model = Practice
        fields = ["keep_years"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """One field and a button."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout(
            "keep_years", StrictButton("Save", type="submit", css_class="btn-primary")
        )


def _midnight(day: dt.date | None, *, days: int = 0) -> dt.datetime | None:
    """When the day begins where the practice is."""
    if day is None:
        return None
    start = dt.datetime.combine(day, dt.time())
    return timezone.make_aware(start + dt.timedelta(days=days))
