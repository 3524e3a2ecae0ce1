"""The rows of movements and of doses as one thing, with room for however many there are."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import QueryDict

from patients.cases.row_forms import RowsFormSet, rows_of
from programs.exercises.own.asked import ASKED_MOVES
from programs.exercises.own.row_forms import MovementForm, PresetForm

MOST_MOVEMENTS: Final = 2 * len(ASKED_MOVES)
"""Room for all that the eight questions can come to."""
MOST_PRESETS: Final = 4


class OwnRows(RowsFormSet):
    """Rows that may be removed and added, in the order they are written."""

    def clean(self) -> None:
        """A row that repeats an earlier one is told at the row."""
        earlier: set[tuple[str, ...]] = set()
        for form in self.used():
            key = tuple(form.row())
            if key in earlier and not form.errors:
                form.add_error(form.names[0], "This is here twice. Remove one.")
                raise ValidationError("Two rows are the same.")
            earlier.add(key)

    def used(self) -> list[Any]:
        """The forms that say something."""
        return [form for form in self.forms if form.is_used]


def rows_in(kind: type[OwnRows], data: QueryDict | None, prefix: str, there: list[Any]) -> OwnRows:
    """The rows as they were sent, or those that are ``there``: however many, there is room."""
    rows = kind(data, prefix=prefix, initial=None if data else there)
    rows.max_num = max(rows.max_num, len(there))
    rows.absolute_max = max(rows.absolute_max, len(there) + 10)
    return rows


MovementFormSet = rows_of(OwnRows, MovementForm, blank=2, most=MOST_MOVEMENTS)
PresetFormSet = rows_of(OwnRows, PresetForm, blank=1, most=MOST_PRESETS)
