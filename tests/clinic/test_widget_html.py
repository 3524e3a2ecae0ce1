"""Fields are written as Django's own templates write them, to the sign."""

import datetime as dt
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.functional import lazy
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from clinic.widget_html import WidgetHtml

NASTY = "<b>\"Tom\" & 'Ann'</b>"
SAFE = mark_safe("<i>&amp;</i>")
LATER = lazy(lambda: SAFE, SafeString)()
ATTRS: tuple[dict[str, Any], ...] = (
    {},
    {
        "id": "a",
        "required": True,
        "disabled": False,
        "data-x": NASTY,
        "aria-label": SAFE,
        "title": LATER,
    },
    {"max": 12000, "min": 0, "step": 1.5, "class": gettext_lazy("Yes"), "rows": None},
)
VALUES: tuple[Any, ...] = (
    *(None, "", "a", NASTY, SAFE, LATER, 0, 12345, 1234.5, True, False),
    *(dt.date(2026, 11, 20), dt.time(9, 30), ("a", "b"), gettext_lazy("No"), "A\nB\x00"),
)
CHOICES: tuple[tuple[Any, Any], ...] = (
    ("", "---------"),
    ("a", NASTY),
    (NASTY, SAFE),
    (LATER, LATER),
    (0, 12345),
    (None, gettext_lazy("Unknown")),
    (f"Group {NASTY}", [("b", "B"), (12345, 1.5)]),
    ("", [("c", "C")]),
)
WIDGETS: tuple[forms.Widget, ...] = (
    *(forms.TextInput(), forms.NumberInput(), forms.EmailInput(), forms.URLInput()),
    *(forms.PasswordInput(render_value=True), forms.HiddenInput(), forms.DateInput()),
    *(forms.TimeInput(), forms.CheckboxInput(), forms.Textarea(), forms.FileInput()),
    *(forms.Select(choices=CHOICES), forms.SelectMultiple(choices=CHOICES)),
    *(forms.NullBooleanSelect(), forms.ClearableFileInput(), forms.MultipleHiddenInput()),
    *(forms.RadioSelect(choices=CHOICES[:2]), forms.CheckboxSelectMultiple(choices=CHOICES[:2])),
)
LISTS = (forms.SelectMultiple, forms.CheckboxSelectMultiple, forms.MultipleHiddenInput)


class OwnOption(forms.Select):
    """Choices with a template of their own stay with it."""

    option_template_name = "django/forms/widgets/radio_option.html"


def test_each_field_is_written_as_django_writes_it() -> None:
    ours, djangos = WidgetHtml(), DjangoTemplates()
    different = []
    for widget in (*WIDGETS, OwnOption(choices=CHOICES)):
        for attrs, value in (*((attrs, "a") for attrs in ATTRS), *(({}, v) for v in VALUES)):
            told = [value] if isinstance(widget, LISTS) else value
            made = [widget.render(f"n{NASTY}", told, attrs, to) for to in (ours, djangos)]
            if made[0] != made[1]:
                different.append((type(widget).__name__, attrs, value, *made))
    assert different == []


def test_the_forms_of_the_site_are_written_so() -> None:
    assert isinstance(get_default_renderer(), WidgetHtml)
