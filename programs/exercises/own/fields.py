"""Fields for describing an exercise: lists a line each, ranges as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from patients.fields import readable, with_blank
from programs.exercises.dosage import BOUNDS, Dosage, Span
from programs.exercises.own.trait_words import LIMB_LABELS

_RANGE: Final = re.compile(
    r"(\d{1,5})(?:\s*(?:-|–|—|to)\s*(\d{1,5}))?\s*"
    r"(s|sec|secs|second|seconds|min|mins|minute|minutes)?\.?",
    re.IGNORECASE,
)
CHOOSE: Final = "Choose one."
YES_NO: Final = (("yes", "Yes"), ("no", "No"))
MISSING: Final = "required"
"""The code of an error that says no more than that something is not there yet; Django's own."""
UNSURE: Final = "unsure"
UNSURE_LABEL: Final = "Not sure: count it as possible"


def free_name(name: str, taken: frozenset[str]) -> str:
    """The name with one space between words; refused where another has it or it is ambiguous."""
    name = " ".join(name.split())
    if name.casefold() in taken:
        raise ValidationError("Another exercise has this name. Give this one its own.")
    if name.casefold() == "pelvic tilt":
        raise ValidationError("Say posterior or anterior: they are opposite movements.")
    return name


class LinesField(forms.CharField):
    """A list, one entry a line. Empty lines are passed over."""

    def __init__(
        self, *, least: int = 0, most: int, longest: int, rows: int = 3, **kwargs: Any
    ) -> None:
        """``least`` and ``most`` entries of at most ``longest`` characters each."""
        self.least, self.most, self.longest = least, most, longest
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(required=least > 0, widget=widget, max_length=8000, **kwargs)

    def clean(self, value: Any) -> list[str]:
        """The entries; an error names the line."""
        text = super().clean(value) or ""
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if not self.least <= len(lines) <= self.most:
            least = f"{self.least} to " if self.least else "at most "
            raise ValidationError(f"Write {least}{self.most} lines. There are {len(lines)}.")
        for number, line in enumerate(lines, start=1):
            readable(line)
            if len(line) > self.longest:
                raise ValidationError(
                    f"Line {number} has {len(line)} characters. Use {self.longest} or fewer."
                )
            if line in lines[: number - 1]:
                raise ValidationError(f"Line {number} is there twice.")
        return lines

    def prepare_value(self, value: Any) -> Any:
        """A list is shown a line each."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


class SpanField(forms.CharField):
    """A number or a range: ``5``, ``5 to 8``; times with their unit: ``30 s``, ``5 to 10 min``."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        """``name``: the field of a dose, which has its bounds."""
        self.name = name
        self.timed = name in {"hold_s", "duration_s", "rest_s"}
        super().__init__(required=False, max_length=40, **kwargs)
        self.widget.attrs |= {"autocomplete": "off"}

    def clean(self, value: Any) -> list[int] | None:
        """Smallest and largest, times in seconds; ``None`` where nothing is written."""
        text = (super().clean(value) or "").strip()
        if not text:
            return None
        found = _RANGE.fullmatch(text)
        if found is None or (found[3] and not self.timed):
            example = "30 s, or 5 to 10 min" if self.timed else "5, or 5 to 8"
            raise ValidationError(f"Write it like: {example}.")
        if self.timed and not found[3]:
            raise ValidationError("Add s for seconds or min for minutes.")
        factor = 60 if found[3] and found[3].lower().startswith("m") else 1
        low = int(found[1]) * factor
        high = int(found[2]) * factor if found[2] else low
        least, most = BOUNDS[self.name]
        if low > high:
            raise ValidationError("The smaller number comes first.")
        if low < least or high > most:
            unit = " seconds" if self.timed else ""
            raise ValidationError(f"From {least} to {most}{unit}.")
        return [low, high]


def span_words(name: str, span: Span | None) -> str:
    """A range as the field reads it back."""
    if span is None:
        return ""
    if name not in {"hold_s", "duration_s", "rest_s"}:
        return span.words
    if span.low and span.low % 60 == 0 and span.high % 60 == 0:
        return f"{Span(span.low // 60, span.high // 60).words} min"
    return f"{span.words} s"


def dose_of(row: Mapping[str, Any]) -> Dosage:
    """The numbers of a dose as a definition has it, without its name and source."""
    words_of = {"label", "source", "item", "therapist_sets"}
    return Dosage.from_dict({k: v for k, v in row.items() if k not in words_of})


def pick(
    label: str, labels: Mapping[str, str], *, unsure: bool = False, **kwargs: Any
) -> forms.ChoiceField:
    """One of several, none of them chosen for anybody; ``unsure``: or nobody knows."""
    more = [(UNSURE, UNSURE_LABEL)] if unsure else []
    return forms.ChoiceField(
        label=label,
        choices=with_blank("Choose", [*labels.items(), *more]),
        error_messages={"required": CHOOSE, "invalid_choice": "Choose from the list."},
        **kwargs,
    )


def which(label: str) -> forms.ChoiceField:
    """One limb or both; both where nothing is chosen."""
    return forms.ChoiceField(
        label=label,
        choices=list(LIMB_LABELS.items()),
        required=False,
        initial="both",
        error_messages={"invalid_choice": "Choose from the list."},
    )


def ask(label: str, *, unsure: bool | str = False, **kwargs: Any) -> forms.ChoiceField:
    """A question with yes and no, and neither of them to begin with.

    ``unsure`` as in `pick`, or the words for it.
    """
    told = unsure if isinstance(unsure, str) else UNSURE_LABEL
    return forms.ChoiceField(
        label=label,
        choices=(*YES_NO, (UNSURE, told)) if unsure else YES_NO,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Answer yes or no. The rules need to know.",
            "invalid_choice": "Answer yes or no.",
        },
        **kwargs,
    )


def tick(
    label: str,
    options: Iterable[tuple[str, str]],
    *,
    required: bool = False,
    unsure: str = "",
    **kwargs: Any,
) -> forms.MultipleChoiceField:
    """Any of several; ``unsure``: what is ticked where nobody knows the rest."""
    return forms.MultipleChoiceField(
        label=label,
        choices=[*options, *([(UNSURE, unsure)] if unsure else [])],
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one.", "invalid_choice": "Choose from these."},
        **kwargs,
    )
