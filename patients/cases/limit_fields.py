"""How far the surgeon lets joints go: the fields of an operation's row, three for each limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField

from patients.fields import choices, with_blank
from patients.vocabulary import (
    LIMITED_MOVEMENTS,
    MOST_DEGREES,
    MOST_LIMIT_WEEKS,
    MovementLimit,
)

MOST_LIMITS: Final = 12
_LEAST_SHOWN: Final = 3
_TO_SPARE: Final = 2
_PARTS: Final = ("movement", "degrees", "until")
_MOVEMENTS: Final = with_blank("No limit", choices(LIMITED_MOVEMENTS))


def _whole(label: str, least: int, most: int, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            f"Write a whole number from {least} to {most}.",
        ),
    )


def limit_initial(limits: Sequence[MovementLimit]) -> dict[str, Any]:
    """What the fields start from."""
    out: dict[str, Any] = {}
    for n, limit in enumerate(limits):
        values = (limit.movement, limit.degrees, limit.until_week)
        out |= dict(zip(_names(n), values, strict=True))
    return out


def _names(n: int) -> tuple[str, ...]:
    return tuple(f"limit_{n}_{part}" for part in _PARTS)


class LimitFields(forms.Form):
    """An operation's limits; two rows to spare, a limit without a movement is empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As many rows as there are limits, and some to spare."""
        super().__init__(*args, **kwargs)
        used = [n for n in range(MOST_LIMITS) if self._holds(n)]
        last = used[-1] + 1 if used else 0
        self.slots = min(MOST_LIMITS, max(_LEAST_SHOWN, last + _TO_SPARE))
        self.any_limit = bool(used)
        for n in range(self.slots):
            movement, degrees, until = _names(n)
            self.fields[movement] = forms.ChoiceField(
                label="Limited movement", required=False, choices=_MOVEMENTS
            )
            self.fields[degrees] = _whole("Degrees at most", 0, MOST_DEGREES)
            self.fields[until] = _whole("Until week", 1, MOST_LIMIT_WEEKS)

    def _holds(self, n: int) -> bool:
        """Whether a limit has something in it, right or wrong."""
        given: Any = self.data if self.is_bound else self.initial
        names = [self.add_prefix(x) if self.is_bound else x for x in _names(n)]
        return any(given.get(name) not in (None, "") for name in names)

    @property
    def limit_rows(self) -> Iterator[list[BoundField]]:
        """The fields of each limit, for the page."""
        for n in range(self.slots):
            yield [self[name] for name in _names(n)]

    @property
    def says_a_limit(self) -> bool:
        """Whether a limit is chosen, or a number stands without its movement."""
        return any(
            self.cleaned_data.get(name) not in (None, "")
            for n in range(self.slots)
            for name in _names(n)
        )

    def check_limits(self, values: dict[str, Any]) -> None:
        """Every limit has its movement and its degrees, and stands there once."""
        seen: set[tuple[str, int]] = set()
        for n in range(self.slots):
            movement, degrees, until = _names(n)
            code, number = values.get(movement), values.get(degrees)
            told = [values.get(name) is not None for name in (degrees, until)]
            if not code:
                if movement in values and any(told):
                    self.add_error(movement, "Choose the movement, or clear its numbers.")
                continue
            if degrees in values and number is None:
                self.add_error(degrees, "How many degrees does the surgeon allow?")
            elif number is not None and (code, number) in seen:
                self.add_error(movement, "This limit is here twice. Clear one.")
            elif number is not None:
                seen.add((code, number))

    def limits(self) -> list[MovementLimit]:
        """The limits that were given."""
        rows = [[self.cleaned_data[name] for name in _names(n)] for n in range(self.slots)]
        return [MovementLimit(*row) for row in rows if row[0]]
