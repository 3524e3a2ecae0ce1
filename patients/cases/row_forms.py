"""The rows of a case's form: one condition a row, one operation a row."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError

from patients import vocabulary
from patients.cases.limit_fields import LimitFields, limit_initial
from patients.fields import choices, day_field, with_blank, word_choices
from patients.models import Case
from patients.models.conditions import SUBSCAPULARIS, trimmed
from patients.vocabulary import MAX_WEEKS_AGO, Side

MOST_ROWS = 30
_SURGERY_SIDES = (Side.LEFT, Side.RIGHT, Side.BILATERAL)
_ABOUT_SURGERY = (
    "performed_on",
    "side",
    "approach",
    "tear_size",
    "subscapularis",
    "cleared_on",
)


class RowForm(forms.Form):
    """A row that counts once its ``code`` is chosen; an empty one is passed over."""

    remove = forms.BooleanField(label="Remove", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the errors."""
        super().__init__(*args, **kwargs)
        word_choices(self)

    @property
    def is_used(self) -> bool:
        """The row says something and is not to be removed."""
        return bool(self.cleaned_data.get("code")) and not self.cleaned_data.get("remove")

    def clean(self) -> dict[str, Any]:
        """A row to be removed may be as wrong as it likes."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("remove"):
            self.errors.clear()
        return values


class ConditionForm(RowForm):
    """A diagnosis, and its side where the rules depend on it."""

    code = forms.ChoiceField(
        label="Condition",
        required=False,
        choices=with_blank(
            "Choose a condition",
            [(code, item.label) for code, item in vocabulary.CONDITIONS.items()],
        ),
    )
    side = forms.ChoiceField(
        label="Side", required=False, choices=with_blank("Side", choices(vocabulary.SIDE_LABELS))
    )
    stage = forms.ChoiceField(
        label="Stage, of a frozen shoulder",
        required=False,
        choices=with_blank("Stage", choices(vocabulary.STAGE_LABELS)),
    )
    began_on = day_field("Day of a sprain or dislocation")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """``today`` bounds the day."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Ask for the side where it is needed; elsewhere none means not recorded."""
        values = super().clean()
        code, side = values.get("code"), values.get("side")
        if values.get("remove") or "code" not in values:
            return values
        if not code:
            if side or values.get("stage") or values.get("began_on"):
                self.add_error("code", "Choose the condition for this side.")
            return values
        self._check_course(vocabulary.CONDITIONS[code], values)
        if vocabulary.CONDITIONS[code].needs_side:
            if "side" in values and side not in _SURGERY_SIDES:
                self.add_error("side", "Choose left, right or both sides.")
        elif not side:
            values["side"] = Side.UNSPECIFIED.value
        return values

    def _check_course(self, condition: vocabulary.Condition, values: dict[str, Any]) -> None:
        """Stage and day belong to the conditions whose rules read them."""
        day = values.get("began_on")
        if values.get("stage") and not condition.has_stage:
            self.add_error("stage", "Only a frozen shoulder has a stage. Clear it.")
        if day and not condition.has_start:
            self.add_error("began_on", "No rule reads the day of this condition. Clear it.")
        elif day and day > self.today:
            self.add_error("began_on", "The day cannot be in the future.")

    def row(self) -> list[str]:
        """The row as ``patients.record.snapshot`` writes it."""
        values = self.cleaned_data
        began = values["began_on"].isoformat() if values["began_on"] else ""
        return trimmed([values["code"], values["side"], values["stage"], began], 2)


class SurgeryForm(RowForm, LimitFields):
    """An operation with its date, side and approach where they matter, and the surgeon's limits."""

    code = forms.ChoiceField(
        label="Operation",
        required=False,
        choices=with_blank(
            "Choose an operation",
            [(code, item.label) for code, item in vocabulary.SURGERIES.items()],
        ),
    )
    performed_on = day_field("Date")
    side = forms.ChoiceField(
        label="Side",
        required=False,
        choices=with_blank("Side", choices(vocabulary.SIDE_LABELS, _SURGERY_SIDES)),
    )
    approach = forms.ChoiceField(
        label="Approach",
        required=False,
        choices=with_blank("Approach", choices(vocabulary.APPROACH_LABELS)),
    )
    tear_size = forms.ChoiceField(
        label="Tear, of a cuff repair",
        required=False,
        choices=with_blank("Tear", choices(vocabulary.TEAR_LABELS)),
    )
    subscapularis = forms.BooleanField(label="Subscapularis torn too", required=False)
    cleared_on = day_field("Limits of load lifted by the surgeon on")

    def __init__(self, *args: Any, today: date, born: date, **kwargs: Any) -> None:
        """``born`` and ``today`` bound the date."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.born = born

    def clean(self) -> dict[str, Any]:
        """Everything the rules need to know about this operation."""
        values = super().clean()
        code, day = values.get("code"), values.get("performed_on")
        if values.get("remove") or "code" not in values:
            return values
        if not code:
            if any(values.get(name) for name in _ABOUT_SURGERY) or self.says_a_limit:
                self.add_error("code", "Choose the operation, or remove this row.")
            return values
        if "performed_on" in values:
            self._check_day(day)
        surgery = vocabulary.SURGERIES[code]
        if surgery.sided and "side" in values and not values["side"]:
            self.add_error("side", "Choose left, right or both sides.")
        if not surgery.sided and values.get("side"):
            self.add_error("side", "This operation has no side. Clear it.")
        if surgery.has_approach and "approach" in values and not values["approach"]:
            self.add_error("approach", "Choose the approach, or not known.")
        if not surgery.has_approach and values.get("approach"):
            self.add_error("approach", "Only a hip replacement has an approach. Clear it.")
        if not surgery.has_tear and (values.get("tear_size") or values.get("subscapularis")):
            self.add_error("tear_size", "Only a cuff repair has a tear. Clear it.")
        if values.get("cleared_on") and values["cleared_on"] > self.today:
            self.add_error("cleared_on", "The day cannot be in the future.")
        self.check_limits(values)
        return values

    def _check_day(self, day: date | None) -> None:
        if day is None:
            self.add_error("performed_on", "Enter the date. The rules count weeks from it.")
        elif day > self.today:
            self.add_error("performed_on", "The operation cannot be in the future.")
        elif day < self.born:
            self.add_error("performed_on", "That is before the patient was born.")
        elif (self.today - day).days // 7 > MAX_WEEKS_AGO:
            self.add_error("performed_on", "That is more than 100 years ago. Check the year.")

    def row(self) -> list[str]:
        """The row as ``patients.record.snapshot`` writes it."""
        values = self.cleaned_data
        cleared = values["cleared_on"].isoformat() if values["cleared_on"] else ""
        done = [values["code"], values["performed_on"].isoformat(), values["side"]]
        tear = [values["tear_size"], SUBSCAPULARIS if values["subscapularis"] else ""]
        limits = vocabulary.limits_written(self.limits())
        return trimmed([*done, values["approach"], *tear, cleared, limits], 4)


class RowsFormSet(forms.BaseFormSet):
    """Rows that may be removed and added; the same row twice is an error at the second."""

    default_error_messages: ClassVar = {
        **forms.BaseFormSet.default_error_messages,
        "missing_management_form": "Part of this page did not arrive. Save again.",
        "too_many_forms": "Use %(num)d rows or fewer.",
    }

    def clean(self) -> None:
        """Find rows that repeat an earlier one."""
        if any(self.errors):
            return
        earlier: set[tuple[str, ...]] = set()
        for form in self.forms:
            if not form.is_used:
                continue
            key = tuple(form.row())
            if key in earlier:
                form.add_error("code", "This is here twice. Remove one.")
            earlier.add(key)
        if any(form.errors for form in self.forms):
            raise ValidationError("Two rows are the same.")

    def rows(self) -> list[list[str]]:
        """Every row in use, as ``patients.record.snapshot`` writes them."""
        return sorted(form.row() for form in self.forms if form.is_used)


Rows = TypeVar("Rows", bound=RowsFormSet)


def rows_of(kind: type[Rows], form: type[forms.Form], *, blank: int, most: int) -> type[Rows]:
    """``kind`` with rows of ``form``: so many blank ones to start from, and so many at the most."""
    made = forms.formset_factory(
        form,
        formset=kind,
        extra=blank,
        max_num=most,
        validate_max=True,
        absolute_max=most + 10,
    )
    return cast(type[Rows], made)


ConditionFormSet = rows_of(RowsFormSet, ConditionForm, blank=2, most=MOST_ROWS)
SurgeryFormSet = rows_of(RowsFormSet, SurgeryForm, blank=1, most=MOST_ROWS)


def condition_rows(case: Case | None) -> list[dict[str, Any]]:
    """What the condition rows start from."""
    rows = case.current_conditions if case else []
    names = ("code", "side", "stage", "began_on")
    return [{name: getattr(row, name) for name in names} for row in rows]


def surgery_rows(case: Case | None) -> list[dict[str, Any]]:
    """What the surgery rows start from."""
    names = ("code", *_ABOUT_SURGERY)
    rows = case.current_surgeries if case else []
    return [
        {name: getattr(row, name) for name in names} | limit_initial(row.movement_limits)
        for row in rows
    ]
