"""What the forms about a program share: printed texts, days, and how a template shows them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django.core.exceptions import ValidationError

from patients.fields import text_field
from programs.verdicts.standing import LONGEST_OVERRIDE_DAYS

SIDE_CHOICES = (("left", "Left"), ("right", "Right"))


MOST_LINES = 60
"""Of a printed note. A thousand line breaks in every note took minutes to print."""


def _few_lines(value: str) -> None:
    """Refuse a text that is mostly line breaks: printed, it would be pages of nothing."""
    lines = len(value.splitlines())
    if lines > MOST_LINES:
        raise ValidationError(f"Use {MOST_LINES} lines or fewer. This has {lines}.")


def printed_field(label: str, *, max_length: int, rows: int) -> Any:
    """A text of several lines that is printed on the handout."""
    field = text_field(label, max_length=max_length, rows=rows)
    field.validators.append(_few_lines)
    return field


def fields_only() -> FormHelper:
    """Fields only: the template writes the form tag and the token."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


def check_day(day: dt.date, today: dt.date) -> None:
    """Refuse a day that is not after today, or further off than a year."""
    if day <= today:
        raise ValidationError("Choose a day after today.")
    if day > today + dt.timedelta(days=LONGEST_OVERRIDE_DAYS):
        raise ValidationError("Choose a day within a year from today.")
