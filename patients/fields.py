"""Form fields with plain-word errors, shared by the forms of this app."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

Choices = list[tuple[str, str]]
_LONGEST_LIFE = 125


class DayInput(forms.DateInput):
    """A date box of the browser; its value is ISO whatever dates look like on the page."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        """``attrs`` go to the tag."""
        super().__init__(attrs=attrs, format="%Y-%m-%d")


def past_day(day: date, today: date) -> date:
    """A day of somebody's life that is not to come; a slip of the year is told."""
    if day > today:
        raise ValidationError("This day is still to come.")
    if day.year < today.year - _LONGEST_LIFE:
        raise ValidationError(f"That is more than {_LONGEST_LIFE} years ago. Check the year.")
    return day


def day_field(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """A date; what cannot be read as one is told how to write it."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=DayInput(),
        error_messages={
            "invalid": "This is not a date. Write it like 20/11/2026.",
            "required": "Enter a date.",
        },
    )


def text_field(label: str, *, max_length: int, required: bool = False, rows: int = 0) -> Any:
    """One line of text, or ``rows`` lines."""
    widget: forms.Widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    widget.attrs["dir"] = "auto"
    return forms.CharField(
        label=label,
        required=required,
        max_length=max_length,
        widget=widget,
        validators=[readable] if not rows else [],
        error_messages={
            "max_length": "Use %(limit_value)d characters or fewer. This has %(show_value)d.",
            "required": "Enter this.",
        },
    )


def token_field() -> forms.UUIDField:
    """The number of a form: the row it makes bears it, so that a second click makes no second."""
    return forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput())


def readable(value: str) -> None:
    """Refuse text in which there is nothing to see."""
    if not any(char.isprintable() and not char.isspace() for char in value):
        raise ValidationError("Use at least one letter.")


def choices(labels: Mapping[Any, str], codes: Iterable[Any] | None = None) -> Choices:
    """Choices for the codes, with their labels."""
    return [(str(code), labels[code]) for code in (labels if codes is None else codes)]


def with_blank(label: str, options: Choices) -> Choices:
    """The choices after an empty one."""
    return [("", label), *options]


def word_choices(form: forms.BaseForm) -> None:
    """Let every list of the form say plainly that something else was sent."""
    for field in form.fields.values():
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
            field.error_messages["invalid_choice"] = "Choose from the list."


def iso(day: date | None) -> str | None:
    """The date as snapshots hold it."""
    return day.isoformat() if day else None


def put(form: forms.BaseForm, name: str, value: int | str) -> None:
    """Let a hidden field of a sent form say something new when it is shown again."""
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix(name)] = str(value)
    form.data = data
