"""The form by which a program becomes a template, or the next phase of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from patients.fields import text_field
from programs.builder.form_parts import fields_only
from programs.exercises.starters import LONGEST_GO_ON, MOST_PHASE_WEEKS, StarterDefinition
from programs.exercises.theirs.starters import own_number


class OwnStarterForm(forms.Form):
    """The name of a template that is made of a program, who may use it, and for which weeks."""

    name = text_field("Name of the template", max_length=90)
    shared = forms.BooleanField(label="For everybody in the practice", required=False)
    weeks = forms.IntegerField(
        label="For how many weeks",
        required=False,
        min_value=1,
        max_value=MOST_PHASE_WEEKS,
        help_text="Only for a plan in phases: the handout then says which weeks it is for.",
        error_messages={
            "invalid": "Write a whole number of weeks.",
            "min_value": "Write 1 week or more.",
            "max_value": f"Write {MOST_PHASE_WEEKS} weeks or fewer.",
        },
    )
    go_on = text_field("Go on to the next phase when", max_length=LONGEST_GO_ON, rows=2)
    follows = forms.ChoiceField(label="Next phase of", required=False)

    def __init__(self, *args: Any, phased: list[tuple[str, str]], **kwargs: Any):
        """``phased``: templates in phases that this one can follow on, by slug."""
        super().__init__(*args, **{"auto_id": "keep-%s", **kwargs})
        self.fields["go_on"].help_text = "What you want to see first. You read it then."
        if phased:
            none = ("", "None: a template of its own")
            self.fields["follows"].choices = [none, *phased]  # type: ignore[attr-defined]
        else:
            del self.fields["follows"]
        self.helper = fields_only()

    def clean_name(self) -> str:
        """On one line."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean(self) -> dict[str, Any]:
        """A template has a name; a phase has its weeks."""
        data = super().clean() or {}
        follows = data.get("follows", "")
        if follows and not data.get("weeks") and "weeks" not in self.errors:
            self.add_error("weeks", "Say for how many weeks this phase is.")
        if not follows and not data.get("name") and "name" not in self.errors:
            self.add_error("name", "Give the template a name.")
        return data

    @property
    def number(self) -> int:
        """The key of the template that it follows on; 0 for none."""
        return own_number(self.cleaned_data.get("follows", ""))


def phased_of(starters: Mapping[str, StarterDefinition]) -> list[tuple[str, str]]:
    """Templates in phases, which only a practice makes: slug and name."""
    return [(slug, starter.name) for slug, starter in starters.items() if starter.phases]
