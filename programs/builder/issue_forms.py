"""The form that issues a version, and what was typed into it while the screen is open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from programs.verdicts.blockers import Unasked
from programs.verdicts.standing import SHORTEST_REASON

UNCHANGED = "unchanged"
CHANGED = "changed"
LONGEST_REASON = 1000


class IssueForm(forms.Form):
    """The version that was shown, and the key that makes a double click one.

    With a reason for each question in ``unasked``, and from the second version on a word on what
    has changed since the last screen.
    """

    issue_key = forms.UUIDField(widget=forms.HiddenInput())
    revision = forms.IntegerField(widget=forms.HiddenInput())
    case_revision = forms.IntegerField(required=False, widget=forms.HiddenInput())
    boxes_agreed = forms.CharField(required=False, max_length=2000)
    since = forms.ChoiceField(
        label="Since then",
        choices=[
            (UNCHANGED, "I asked, and nothing has changed"),
            (CHANGED, "Something has changed: open the safety screen"),
        ],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one."},
    )

    def __init__(self, *args: Any, unasked: Iterable[Unasked] = (), again: bool, **kwargs: Any):
        """``again``: a version went out before."""
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["since"]
        self.unasked = list(unasked)
        for question in self.unasked:
            self.fields[name_of(question.code)] = forms.CharField(
                label="Or why it goes out without",
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "form-control"}),
                error_messages={
                    "required": "Answer the question, or write why it goes out without.",
                    "max_length": "Use %(limit_value)d characters or fewer. "
                    "This has %(show_value)d.",
                },
                validators=[_says_something],
            )

    def clean_boxes_agreed(self) -> list[str]:
        """The codes of signs that may print as boxes."""
        return str(self.cleaned_data["boxes_agreed"]).split()

    def questions(self) -> list[tuple[Unasked, forms.BoundField]]:
        """Each open question with the field for its reason."""
        return [(question, self[name_of(question.code)]) for question in self.unasked]

    def waivers(self) -> dict[str, str]:
        """Question → why this version goes out with it not asked."""
        return {q.code: self.cleaned_data[name_of(q.code)] for q in self.unasked}


def name_of(code: str) -> str:
    """The field with the reason for one question."""
    return f"waive-{code}"


def _says_something(text: str) -> None:
    if len(text.strip()) < SHORTEST_REASON:
        raise ValidationError(f"Write at least {SHORTEST_REASON} characters.")


class TypedReasons:
    """The reasons typed so far, kept in the session while somebody answers a question."""

    def __init__(self, request: HttpRequest, program_id: Any) -> None:
        self.session = request.session
        self.key = f"issue-{program_id}"

    def keep(self, data: QueryDict) -> None:
        """Take over what a sent form holds."""
        names = [name for name in data if name.startswith("waive-") and data[name]]
        typed = {name: data[name][:LONGEST_REASON] for name in names}
        self.session[self.key] = typed

    def get(self) -> dict[str, str]:
        """Field → text."""
        return cast("dict[str, str]", self.session.get(self.key, {}))

    def forget(self) -> None:
        """The version is out."""
        self.session.pop(self.key, None)


def shown_again(data: QueryDict, **now: Any) -> QueryDict:
    """What was sent, on a page that is current again."""
    fresh = data.copy()
    for name, value in now.items():
        fresh[name] = str(value)
    return fresh


def said_by_button(data: QueryDict) -> QueryDict:
    """What was sent, with what the pressed button says in words: that nothing has changed."""
    if not data.get("then", "").startswith(UNCHANGED):
        return data
    said = data.copy()
    said["since"] = UNCHANGED
    return said
