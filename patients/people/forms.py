"""Forms about a patient."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError

from clinic.mail_address import MailAddressField
from clinic.models import Practice
from patients.fields import day_field, put, text_field, token_field, with_blank
from patients.identity.regions import region_of
from patients.models import Patient, Sex, patient_search
from patients.record.actions import PATIENT_FIELDS, StalePatient
from patients.vocabulary import MAX_AGE

_NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A patient's number, as it stands in an address."""


class PatientForm(forms.Form):
    """Name, date of birth, contact and notes. ``today`` is the practice's date."""

    full_name = text_field("Full name", max_length=150, required=True)
    date_of_birth = day_field("Date of birth", required=True)
    sex = forms.ChoiceField(
        label="Sex recorded at birth, if it matters for safety questions",
        required=False,
        choices=with_blank("Not recorded", list(Sex.choices)),
        help_text="For somebody recorded as male, pregnancy is not asked about.",
        error_messages={"invalid_choice": "Choose from the list."},
    )
    email = MailAddressField(
        label="E-mail",
        required=False,
        max_length=254,
        error_messages={"invalid": "This is not an e-mail address. It looks like ann@example.org."},
    )
    phone = text_field("Phone", max_length=40)
    clinician_notes = text_field("Notes for clinicians", max_length=5000, rows=4)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())
    token = token_field()
    #: Patients that the reader was shown and knows to be somebody else.
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, today: date, patient: Patient | None = None, **kwargs: Any):
        """Start from ``patient``, or empty."""
        if patient is not None:
            kwargs["initial"] = {name: getattr(patient, name) for name in PATIENT_FIELDS}
            kwargs["initial"]["seen"] = patient.revision
        super().__init__(*args, **kwargs)
        self.today, self.patient = today, patient
        self.stale: StalePatient | None = None
        self.theirs: list[tuple[str, Any]] = []
        self.fields["full_name"].error_messages["required"] = "Enter the patient's name."
        self.fields["date_of_birth"].error_messages["required"] = "Enter the date of birth."
        self.fields["clinician_notes"].help_text = "Only your practice sees these."
        for name in ("full_name", "email", "phone", "date_of_birth"):
            # A shared computer must not offer one patient's details for the next.
            self.fields[name].widget.attrs["autocomplete"] = "off"
        if patient is None:
            self.fields["full_name"].widget.attrs["autofocus"] = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Row(Column("full_name", css_class="col-md-8"), Column("date_of_birth")),
            "sex",
            Row(Column("email"), Column("phone")),
            "clinician_notes",
            "seen",
            "token",
            "confirmed",
        )

    def clean_full_name(self) -> str:
        """One space between words, none around."""
        return " ".join(self.cleaned_data["full_name"].split())

    def clean_date_of_birth(self) -> date:
        """A day that somebody alive was born on."""
        born: date = self.cleaned_data["date_of_birth"]
        if born > self.today:
            raise ValidationError("The date of birth is in the future. Check the year.")
        if Patient(date_of_birth=born).age_on(self.today) > MAX_AGE:
            raise ValidationError(f"That is more than {MAX_AGE} years ago. Check the year.")
        return born

    def clean_seen(self) -> int:
        """The revision this page was loaded with; 0, which is never current, where it is lost."""
        return self.cleaned_data.get("seen") or 0

    def show_stale(self, stale: StalePatient) -> None:
        """Tell what somebody else saved meanwhile; saving again then keeps what was typed here."""
        self.stale = stale
        words = {"sex": stale.patient.get_sex_display()}
        self.theirs = [
            (str(self.fields[name].label), words.get(name, getattr(stale.patient, name)))
            for name in stale.fields
        ]
        put(self, "seen", stale.patient.revision)

    def twins(self, practice: Practice) -> list[Patient]:
        """Patients of this practice that this may be, each asked about once.

        An edit that leaves alone who it is asks about nobody.
        """
        values = self.cleaned_data
        who = {name: values[name] for name in ("full_name", "date_of_birth", "phone")}
        if self.patient and all(getattr(self.patient, name) == who[name] for name in who):
            return []
        mine = [self.patient.pk] if self.patient else [values["token"]]
        known = set(_NUMBER.findall(values["confirmed"]))
        others = practice.patients.exclude(pk__in=mine).exclude(merged_into__in=mine)
        region = region_of(practice.time_zone)
        found = patient_search.twins(others, practice=practice, **who, region=region)
        new = [twin for twin in found if str(twin.pk) not in known][: patient_search.TWINS_TOLD]
        if new:
            put(self, "confirmed", " ".join(sorted(known | {str(twin.pk) for twin in new})))
        return new

    def values(self) -> dict[str, Any]:
        """What ``patients.record.actions`` writes."""
        return {name: self.cleaned_data[name] for name in PATIENT_FIELDS}
