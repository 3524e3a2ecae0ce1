"""The fields of forms, written as Django's templates write them, without its templates.

A page of forms holds hundreds of fields and choices, and each took up to four templates: that was
half of what such a page cost. What is not written here, or has a template of its own, is left to
Django; a test compares both, sign by sign.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template.base import render_value_in_context
from django.template.context import Context
from django.utils.html import conditional_escape

_ROOT: Final = "django/forms/widgets/"
_OPTION: Final = f"{_ROOT}select_option.html"
_PLAIN: Final = Context()
"""What says how a value is shown: escaped, and in the reader's own way of writing numbers."""

Widget = Mapping[str, Any]


class WidgetHtml(DjangoTemplates):
    """Django's renderer of forms, with a quicker way for the usual fields."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """The field as HTML."""
        written = _WRITTEN.get(template_name)
        html = written(context["widget"]) if written else None
        return super().render(template_name, context, request) if html is None else html


def _shown(value: object) -> str:
    return render_value_in_context(value, _PLAIN)


def _text(value: object) -> str:
    """The value of an attribute: as it is, whatever its kind."""
    return conditional_escape(str(value))


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {_shown(name)}" if value is True else f' {_shown(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{_text(value)}"'
    name = _shown(widget["name"])
    return f'<input type="{_shown(widget["type"])}" name="{name}"{said}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    value = widget["value"]
    said = _text(value) if value else ""
    return f'<textarea name="{_shown(widget["name"])}"{_attributes(widget)}>\n{said}</textarea>'


def _select(widget: Widget) -> str | None:
    """None where a choice has a template of its own."""
    parts = [f'<select name="{_shown(widget["name"])}"{_attributes(widget)}>']
    for title, options, _ in widget["optgroups"]:
        parts.append(f'\n  <optgroup label="{_shown(title)}">' if title else "")
        for option in options:
            if option["template_name"] != _OPTION:
                return None
            told = f'value="{_text(option["value"])}"{_attributes(option)}'
            parts.append(f"\n  <option {told}>{_shown(option['label'])}</option>\n")
        parts.append("\n  </optgroup>" if title else "")
    return "".join([*parts, "\n</select>"])


_INPUTS: Final = ("checkbox", "date", "email", "file", "hidden", "input", "number", "password",
                  "search", "tel", "text", "time", "url")  # fmt: skip
_WRITTEN: Final[Mapping[str, Callable[[Widget], str | None]]] = {
    **{f"{_ROOT}{name}.html": _input for name in _INPUTS},
    f"{_ROOT}select.html": _select,
    f"{_ROOT}textarea.html": _textarea,
}
