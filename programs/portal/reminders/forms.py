"""What a patient fills in to be reminded: an address, days, times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django import forms

from clinic.mail_address import check_mail_address
from programs.reminders.models import CalendarFeed, Reminder
from programs.reminders.plan import WEEKDAY_NAMES

OTHER: Final = "other"
_LONGEST: Final = 254
_CLOCK: Final = ("%H:%M", "%H:%M:%S", "%H.%M", "%H", "%I:%M %p", "%I.%M %p", "%I %p", "%I%p")


def masked(email: str) -> str:
    """Enough of an address to know it by, and no more: ``m…@e….org``."""
    name, _, host = email.rpartition("@")
    ending = host.rpartition(".")[2]
    return f"{name[:1]}…@{host[:1]}….{ending}"


class _Clock(forms.TimeField):
    """A time of day, typed in one of the usual ways; whole minutes."""

    def __init__(self, **options: Any) -> None:
        wrong = "Type a time like 9:00 or 17:30."
        super().__init__(
            input_formats=_CLOCK,
            error_messages={"required": wrong, "invalid": wrong},
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            **options,
        )

    def to_python(self, value: Any) -> dt.time | None:
        """The time without its seconds."""
        found = super().to_python(" ".join(str(value or "").split())[:20])
        return found.replace(second=0, microsecond=0) if found else None


class _Days(forms.TypedMultipleChoiceField):
    """Days of the week, Monday 0."""

    def __init__(self) -> None:
        wrong = "Choose at least one day."
        super().__init__(
            choices=list(enumerate(WEEKDAY_NAMES)),
            coerce=int,
            error_messages={"required": wrong, "invalid_choice": wrong, "invalid_list": wrong},
            widget=forms.CheckboxSelectMultiple,
        )


class EmailForm(forms.Form):
    """A reminder by e-mail. Addresses that are known are shown masked, to choose from."""

    to = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    email = forms.CharField(required=False)
    at = _Clock()
    days = _Days()

    def __init__(
        self, data: Any = None, *, reminder: Reminder | None, on_record: str, suggested: list[int]
    ) -> None:
        current = reminder.email if reminder else ""
        self.known = {
            name: email
            for name, email in (("current", current), ("record", on_record))
            if email and (name == "current" or email != current)
        }
        start = {
            "to": next(iter(self.known), OTHER),
            "at": reminder.at if reminder else dt.time(9),
            "days": reminder.days if reminder else suggested,
        }
        if data is not None and data.get("email"):
            data = data.copy()
            data["to"] = OTHER
        super().__init__(data, initial=start)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            *((name, masked(email)) for name, email in self.known.items()),
            (OTHER, "Another address"),
        ]

    def clean(self) -> dict[str, Any]:
        """The chosen address under ``email``; what was typed counts before it."""
        cleaned = super().clean() or {}
        if "email" in self.errors:
            return cleaned
        typed = str(cleaned.get("email", ""))
        known = self.known.get(cleaned.get("to", ""), "")
        if typed:
            self._check(typed)
        elif not known:
            self.add_error("email", "Type your e-mail address.")
        cleaned["email"] = typed or known
        return cleaned

    def _check(self, typed: str) -> None:
        try:
            if len(typed) > _LONGEST:
                raise forms.ValidationError("")
            check_mail_address(typed)
        except forms.ValidationError:
            self.add_error("email", "Type a whole e-mail address, like ann@example.org.")


class CalendarForm(forms.Form):
    """The times of a calendar: one to three a day."""

    days = _Days()

    def __init__(
        self,
        data: Any = None,
        *,
        feed: CalendarFeed | None,
        days: Sequence[int],
        times: Sequence[dt.time],
    ) -> None:
        start = feed.times if feed else times
        super().__init__(data, initial={"days": feed.days if feed else days})
        for n in range(max(len(start), len(times))):
            self.fields[f"time{n}"] = _Clock(
                required=n == 0, initial=start[n] if n < len(start) else None
            )

    def times(self) -> list[forms.BoundField]:
        """The fields of the times, in their order."""
        return [self[name] for name in self.fields if name.startswith("time")]

    def clean(self) -> dict[str, Any]:
        """All times under ``times``."""
        cleaned = super().clean() or {}
        names = [name for name in self.fields if name.startswith("time")]
        cleaned["times"] = [cleaned[name] for name in names if cleaned.get(name)]
        return cleaned
