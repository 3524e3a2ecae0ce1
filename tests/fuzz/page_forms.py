"""The forms on a page, filled in as the page shows them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Fields = dict[str, list[str]]


@dataclass
class ShownForm:
    """One form: where it goes, and what it would send if nobody touched it."""

    action: str
    method: str
    fields: Fields = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[ShownForm] = []
        self._choice: str | None = None
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(
                ShownForm(known.get("action", ""), known.get("method", "get").lower())
            )
        elif self.forms:
            self._field(tag, known)

    def _field(self, tag: str, known: dict[str, str]) -> None:
        form, name = self.forms[-1], known.get("name", "")
        if tag == "option" and self._choice:
            values = form.fields.setdefault(self._choice, [])
            if "selected" in known or not values:
                values[:] = [known.get("value", "")]
        elif not name:
            return
        elif tag == "select":
            self._choice = name
        elif tag == "textarea":
            self._text = name
            form.fields.setdefault(name, [""])
        elif known.get("type") == "file":
            form.files.add(name)
        elif known.get("type") in ("checkbox", "radio"):
            # One of them at least, so that what is behind a tick is reached.
            if "checked" in known or name not in form.fields:
                form.fields[name] = [known.get("value", "on")]
        elif tag in ("input", "button"):
            form.fields.setdefault(name, []).append(known.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._choice = None
        elif tag == "textarea":
            self._text = None

    def handle_data(self, data: str) -> None:
        if self.forms and self._text:
            self.forms[-1].fields[self._text][0] += data


def forms_on(page: str) -> list[ShownForm]:
    """The forms of a page that are sent, in order."""
    reader = _Reader()
    reader.feed(page)
    return [form for form in reader.forms if form.method == "post"]
