"""The form by which an owner keeps a rule otherwise."""

from __future__ import annotations

from typing import Any

from django import forms

from patients.fields import choices, text_field, word_choices
from programs.rules.own import AS_WRITTEN, WAY_LABELS

_SHORTEST = 10
"""Characters of a reason."""


class OwnRuleForm(forms.Form):
    """How the rule holds in the practice, why, and what its people read beside it."""

    way = forms.ChoiceField(label="In this practice", widget=forms.RadioSelect)
    reason = text_field("Why", max_length=500, rows=2)
    note = text_field("Note beside the rule", max_length=1000, rows=2)

    def __init__(self, *args: Any, ways: tuple[str, ...], **kwargs: Any) -> None:
        """``ways``: those that this rule allows."""
        super().__init__(*args, **{"auto_id": "own-%s", **kwargs})
        self.fields["way"].choices = choices(WAY_LABELS, ways)  # type: ignore[attr-defined]
        self.fields["reason"].help_text = "Kept for good, with your name and the day."
        self.fields["note"].help_text = "Clinicians read it wherever the rule speaks."
        word_choices(self)

    def clean(self) -> dict[str, Any]:
        """Whoever changes a rule says why."""
        cleaned = super().clean() or {}
        way, reason = cleaned.get("way"), cleaned.get("reason", "")
        if way == AS_WRITTEN:
            cleaned["reason"] = ""
        elif way and len(reason) < _SHORTEST and "reason" not in self.errors:
            self.add_error("reason", f"Say why, in {_SHORTEST} characters or more.")
        return cleaned
