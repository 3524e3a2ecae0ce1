"""The weeks of the rules as fields of a form, in groups that fold."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import HTML, Column, LayoutObject, Row
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from clinic.limits import (
    LIMIT_GROUPS,
    WEEK_LIMITS,
    WeekLimit,
    limit_errors,
    own_limits_of,
    week_limits,
)
from clinic.models import Practice
from clinic.shown import ShownValuesForm


def _field(limit: WeekLimit) -> forms.IntegerField:
    sentence = f"Choose a whole number from {limit.low} to {limit.high}."
    field = forms.IntegerField(
        label=limit.label[0].upper() + limit.label[1:],
        required=False,
        help_text=limit.help_text,
        error_messages={"invalid": sentence},
        validators=[
            MinValueValidator(limit.low, sentence),
            MaxValueValidator(limit.high, sentence),
        ],
    )
    field.widget.attrs |= {"min": limit.low, "max": limit.high, "inputmode": "numeric"}
    return field


def limits_layout() -> list[LayoutObject]:
    """Each group folded; one with something to look at stands open."""
    return [part for code, title in LIMIT_GROUPS.items() for part in _group(code, title)]


def _group(code: str, title: str) -> list[LayoutObject]:
    names = [limit.name for limit in WEEK_LIMITS.values() if limit.group == code]
    rows = (names[start : start + 2] for start in range(0, len(names), 2))
    is_open = f'{{% if "{code}" in form.open_groups %}} open{{% endif %}}'
    return [
        HTML(f'<details class="fold"{is_open}><summary>{title}</summary>'),
        *(Row(*(Column(name, css_class="col-sm") for name in row)) for row in rows),
        HTML("</details>"),
    ]


class LimitFieldsForm(ShownValuesForm):
    """A form of a practice with its limits; a limit left empty goes back to its default."""

    instance: Practice

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Add a field for each limit, with what is saved."""
        super().__init__(*args, **kwargs)
        for name, weeks in week_limits(self.instance.own_limits).items():
            self.fields[name] = _field(WEEK_LIMITS[name])
            self.initial[name] = self.saved[name] = weeks
        self.fields["shown"].initial = self._shown_now()

    @property
    def open_groups(self) -> set[str]:
        """The groups with an error in them."""
        return {WEEK_LIMITS[name].group for name in self.errors if name in WEEK_LIMITS}

    def clean(self) -> dict[str, Any] | None:
        """Write the limits into the practice, and say which of them end before a lesser one."""
        values = super().clean() or {}
        for name, limit in WEEK_LIMITS.items():
            if self.add_prefix(name) not in self.data:
                values[name] = self.saved[name]
            elif values.get(name, 0) is None:
                values[name] = limit.default
        chosen = {name: values.get(name, self.saved[name]) for name in WEEK_LIMITS}
        self.instance.own_limits = own_limits_of(chosen)
        for name, words in limit_errors(chosen).items():
            self.add_error(name, words)
        return values

    @property
    def changed_data(self) -> list[str]:
        """The fields that differ from what is saved; an empty limit counts as its default."""
        cleaned = getattr(self, "cleaned_data", {})
        return [
            name
            for name in super().changed_data
            if name not in WEEK_LIMITS or cleaned.get(name) != self.saved[name]
        ]
