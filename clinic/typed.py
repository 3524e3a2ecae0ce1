"""What somebody typed, carried on where it could not be taken: nothing is lost, nothing is kept.

The fields of a refused post go back to the browser inside the page that says why, and come again
with one press. The server stores none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, QueryDict

WHOSE: Final = "whose"
"""The field of every form that names the practice its page was loaded for."""
SWITCH: Final = "switch_to"
"""The button that says: this practice is meant, work there and take the form."""
WHOSE_HEADER: Final = "X-Practice"
KEPT: Final = "typed"
"""The field of the sign-in form that carries what was typed before."""
LONGEST_KEPT: Final = 400_000
"""Characters carried through signing in; a longer form has to be sent from its own tab."""
MOST_KEPT: Final = 2_000
NOT_CARRIED: Final = frozenset({"csrfmiddlewaretoken", SWITCH, KEPT})
Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a post, in order. ``files``: whether files came, which cannot be carried."""

    fields: Fields
    files: bool = False

    def __bool__(self) -> bool:
        return bool(self.fields) or self.files

    @property
    def written(self) -> list[str]:
        """What a person wrote, to be seen: texts with a space or a letter in them."""
        return [value for _, value in self.fields if " " in value.strip() and len(value) > 3]

    def as_json(self) -> str:
        """For a hidden field."""
        return json.dumps({"fields": self.fields, "files": self.files})


def typed_in(request: HttpRequest) -> Typed:
    """The fields of this post, without passwords and marks of the page."""
    return Typed(_carried(request.POST), bool(request.FILES))


def _carried(data: QueryDict) -> Fields:
    return [
        (name, str(value))
        for name, values in data.lists()
        if name not in NOT_CARRIED and "password" not in name
        for value in values
    ]


def read_typed(text: str) -> Typed | None:
    """The fields as the sign-in form carries them; ``None`` where there are none to be read."""
    if not text or len(text) > LONGEST_KEPT:
        return None
    try:
        data = json.loads(text)
        fields = _pairs(data["fields"])
        return Typed(fields, data["files"] is True)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _pairs(rows: Iterable[object]) -> Fields:
    out: Fields = []
    for row in rows:
        if not (isinstance(row, list) and len(row) == 2 and all(isinstance(v, str) for v in row)):
            raise TypeError("a field is a name and a value")
        # JSON can write half a character, which no page could show again.
        "".join(row).encode()
        if row[0] not in NOT_CARRIED:
            out.append((row[0], row[1].replace("\x00", "")))
        if len(out) > MOST_KEPT:
            raise ValueError("too many fields")
    return out
