"""The form of a case: its columns, and the rows of conditions and operations."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q

from clinic.models import Practice, User
from clinic.permissions import Action, roles_that_may
from patients import vocabulary
from patients.fields import (
    choices,
    day_field,
    iso,
    put,
    text_field,
    token_field,
    with_blank,
    word_choices,
)
from patients.models import Case
from patients.models.case_reading import practice_today
from patients.record.snapshot import DEFICITS
from patients.screening.pregnancy_form import PregnancyFields
from patients.vocabulary import Answer, Irritability, Preference

WRONG_PAIN = "Enter a whole number from 0 to 10."
HIDDEN = frozenset({"seen", "overruled", "token"})
_PLACES: list[tuple[str, Any]] = [
    *with_blank("Not recorded", [("none", vocabulary.LOCATIONS["none"])]),
    ("Back and leg", choices(vocabulary.LOCATIONS)[1:]),
    ("Neck and arm", choices(vocabulary.ARM_LOCATIONS)[1:]),
]
_WEIGHTS = with_blank("No order on file", choices(vocabulary.WEIGHT_LABELS))
_KNOWN = with_blank("Not recorded", choices(DEFICITS))


def clinicians_of(practice: Practice, case: Case | None = None) -> Any:
    """People who treat in the practice, and whoever the case already names."""
    treating = roles_that_may(Action.TREAT)
    works_here = Q(memberships__in=practice.memberships.active().filter(role__in=treating))
    named = [case.clinician_id, case.preference_recorded_by_id] if case else []
    users = get_user_model()._default_manager.filter(works_here | Q(pk__in=filter(None, named)))
    return users.distinct().order_by("full_name", "pk")


class CaseForm(PregnancyFields):
    """Everything of a case that stands once. ``facts()`` turns it into what actions write."""

    title = text_field("Title of the case", max_length=120, required=True)
    clinician: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="Responsible clinician", queryset=None, empty_label=None
    )
    goals = text_field("Goals, in the patient's words", max_length=2000, rows=3)
    directional_preference = forms.ChoiceField(
        label="Directional preference", choices=choices(vocabulary.PREFERENCE_LABELS)
    )
    preference_recorded_on = day_field("Tested on")
    preference_recorded_by: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label="Tested by", queryset=None, required=False, empty_label="Nobody yet"
    )
    irritability = forms.ChoiceField(
        label="Irritability", choices=choices(vocabulary.IRRITABILITY_LABELS)
    )
    baseline_pain = forms.IntegerField(
        label="Pain at the start, 0 to 10",
        required=False,
        min_value=0,
        max_value=10,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WRONG_PAIN),
    )
    baseline_left = forms.ChoiceField(
        label="Worst place on the left", required=False, choices=_PLACES
    )
    baseline_right = forms.ChoiceField(
        label="Worst place on the right", required=False, choices=_PLACES
    )
    baseline_walking_left = forms.ChoiceField(
        label="On walking, on the left", required=False, choices=_PLACES
    )
    baseline_walking_right = forms.ChoiceField(
        label="On walking, on the right", required=False, choices=_PLACES
    )
    baseline_weakness = forms.ChoiceField(
        label="Known weakness, stable", required=False, choices=_KNOWN
    )
    baseline_numbness = forms.ChoiceField(
        label="Known numbness, stable", required=False, choices=_KNOWN
    )
    weight_bearing_left = forms.ChoiceField(label="Left leg", required=False, choices=_WEIGHTS)
    weight_bearing_right = forms.ChoiceField(label="Right leg", required=False, choices=_WEIGHTS)
    birth = forms.ChoiceField(
        label="How the baby was born",
        required=False,
        choices=with_blank("Not recorded", choices(vocabulary.BIRTH_LABELS)),
    )
    resources = forms.MultipleChoiceField(
        label="At home there is",
        required=False,
        choices=choices(vocabulary.RESOURCES),
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())
    overruled = forms.IntegerField(required=False, widget=forms.HiddenInput())
    token = token_field()

    SECTIONS = (
        ("about", (Row(Column("title", css_class="col-md-8"), Column("clinician")), "goals")),
        (
            "symptoms",
            (
                Row(Column("baseline_pain"), Column("baseline_left"), Column("baseline_right")),
                Row(Column("baseline_walking_left"), Column("baseline_walking_right")),
                Row(Column("baseline_weakness"), Column("baseline_numbness")),
                "irritability",
            ),
        ),
        (
            "direction",
            (
                "directional_preference",
                Row(Column("preference_recorded_on"), Column("preference_recorded_by")),
            ),
        ),
        (
            "pregnancy",
            (
                Row(Column("pregnant"), Column("due_date")),
                Row(Column("gave_birth"), Column("birth_on"), Column("birth")),
            ),
        ),
        ("weight", (Row(Column("weight_bearing_left"), Column("weight_bearing_right")),)),
        ("home", ("resources",)),
    )

    def __init__(
        self,
        *args: Any,
        practice: Practice,
        user: User,
        asks_pregnancy: bool,
        case: Case | None = None,
        **kwargs: Any,
    ) -> None:
        """Start from ``case``, or empty with ``user`` as the clinician."""
        kwargs["initial"] = _initial(case, user)
        super().__init__(*args, **kwargs)
        self.today = practice_today(practice)
        people = clinicians_of(practice, case)
        for name in ("clinician", "preference_recorded_by"):
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = people
        self.user = user
        self.asks_pregnancy = asks_pregnancy
        self._word()
        if case is None:
            self.fields["title"].widget.attrs["autofocus"] = True
        if not asks_pregnancy:
            self.leave_out_pregnancy()
            del self.fields["birth"]

    def _word(self) -> None:
        """Words around the fields: hints, and errors that say what to do."""
        word_choices(self)
        title = self.fields["title"]
        title.error_messages["required"] = "Give the case a short title."
        title.help_text = "Short, like: Low back and right leg."
        self.fields["pregnant"].label = "Pregnant?"
        self.fields[
            "baseline_walking_right"
        ].help_text = (
            "Where it is in both legs, at rest or on walking, a report of both legs is no alarm."
        )
        self.fields[
            "baseline_numbness"
        ].help_text = "What you record here is not new each time the patient reports it."
        self.fields["gave_birth"].label = "Had a baby in the past year?"
        for field in self.fields.values():
            if isinstance(field.widget, (forms.TextInput, forms.DateInput)):
                field.widget.attrs["autocomplete"] = "off"

    def helper(self, name: str) -> FormHelper:
        """How one section of the page lays its fields out."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*dict(self.SECTIONS)[name])
        return helper

    @property
    def helpers(self) -> dict[str, FormHelper]:
        """Section → helper, for the template."""
        return {name: self.helper(name) for name, _layout in self.SECTIONS}

    def clean_title(self) -> str:
        """One space between words, none around."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_preference_recorded_on(self) -> date | None:
        """A day up to today."""
        day: date | None = self.cleaned_data["preference_recorded_on"]
        if day is not None and day > self.today:
            raise ValidationError("The test cannot be in the future.")
        return day

    def clean(self) -> dict[str, Any]:
        """What belongs together is there together."""
        values: dict[str, Any] = super().clean() or {}
        self._clean_preference(values)
        return values

    def _clean_preference(self, values: dict[str, Any]) -> None:
        if "preference_recorded_on" not in values or "directional_preference" not in values:
            return
        tested = values["directional_preference"] != Preference.UNTESTED
        day = values["preference_recorded_on"]
        if tested and day is None:
            self.add_error("preference_recorded_on", "Enter the day it was tested.")
        if not tested and day is not None:
            self.add_error("preference_recorded_on", "Choose the result, or clear this date.")
        if tested and "preference_recorded_by" in values:
            values["preference_recorded_by"] = values["preference_recorded_by"] or self.user
        if not tested:
            values["preference_recorded_by"] = None

    def facts(self) -> dict[str, Any]:
        """The edited facts as ``patients.record.snapshot`` writes them."""
        values = self.cleaned_data
        by = values["preference_recorded_by"]
        plain = ("title", "goals", "directional_preference", "irritability")
        places = [n for n in self.fields if n.startswith(("baseline_", "weight_bearing_"))]
        return {
            **{name: values[name] for name in (*plain, *places)},
            "clinician": [values["clinician"].pk, str(values["clinician"])],
            **self.pregnancy(),
            **({"birth": values["birth"]} if "birth" in values else {}),
            "preference_recorded_on": iso(values["preference_recorded_on"]),
            "preference_recorded_by": by and [by.pk, str(by)],
            "resources": sorted(values["resources"]),
        }

    def show_current(self, revision: int) -> None:
        """Saving once more means: I have seen what others changed up to ``revision``."""
        put(self, "overruled", revision)


def _initial(case: Case | None, user: User) -> dict[str, Any]:
    if case is None:
        return {
            "clinician": user.pk,
            "pregnant": Answer.UNKNOWN.value,
            "gave_birth": Answer.UNKNOWN.value,
            "directional_preference": Preference.UNTESTED.value,
            "irritability": Irritability.UNKNOWN.value,
        }
    names = [name for name in CaseForm.base_fields if name not in HIDDEN]
    columns = {name: getattr(case, name) for name in names}
    columns["clinician"] = case.clinician_id
    columns["preference_recorded_by"] = case.preference_recorded_by_id
    return {**columns, "seen": case.revision, "overruled": 0}
