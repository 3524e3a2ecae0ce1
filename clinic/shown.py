"""A form of settings that two people may have open: each changes only what each has touched.

The page carries the values it showed. What is posted as it was shown has not been touched, and
keeps what is saved by now; what both have changed is asked about at its field.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import QueryDict


class ShownValuesForm(forms.ModelForm):
    """A model form that knows what its page showed. ``shown``: those values, as JSON."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.saved = {name: getattr(self.instance, name) for name in self._meta.fields or ()}
        """What is saved now, before what was typed is written over it."""
        self.untouched: set[str] = set()
        self.fields["shown"].initial = self._shown_now()

    def _shown_now(self) -> str:
        return json.dumps({name: self._as_shown(name, v) for name, v in self.saved.items()})

    def _as_shown(self, name: str, value: Any) -> str:
        """A value as its field writes it into a page, without what browsers change on the way."""
        prepared = self.fields[name].prepare_value(value)
        return "" if prepared is None else "\n".join(str(prepared).splitlines())

    def clean(self) -> dict[str, Any] | None:
        """Take what is saved where nothing was touched; ask where somebody else changed it too."""
        super().clean()
        shown, values = self._read_shown(), self.cleaned_data
        for name, was in shown.items():
            now = self._as_shown(name, self.saved[name])
            mine = self._as_shown(name, self[name].value())
            if mine == was:
                self.untouched.add(name)
                self.errors.pop(name, None)
                values[name] = self.saved[name]
            elif now not in (was, mine):
                self.add_error(
                    name,
                    f"Somebody changed this meanwhile, to: {now or 'nothing'}. "
                    "Save again to use what you typed.",
                )
        if self.errors:
            # The next time it is known: what stands there now has been shown.
            said = {**self.data.dict()} if isinstance(self.data, QueryDict) else {**self.data}
            self.data = {**said, self.add_prefix("shown"): self._shown_next(shown)}
        return values

    def _shown_next(self, shown: dict[str, str]) -> str:
        """What this page knows from now on: for what was touched, what is saved by now."""
        now = {name: self._as_shown(name, value) for name, value in self.saved.items()}
        return json.dumps({name: was if name in self.untouched else now[name]
                           for name, was in shown.items()})  # fmt: skip

    def _read_shown(self) -> dict[str, str]:
        try:
            found = json.loads(self.data.get(self.add_prefix("shown"), "") or "{}")
        except (ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {name: value for name, value in found.items()
                if name in self.saved and isinstance(value, str)}  # fmt: skip

    @property
    def changed_data(self) -> list[str]:
        """The fields that differ from what is saved, and were touched."""
        return [n for n in super().changed_data if n not in self.untouched and n != "shown"]
