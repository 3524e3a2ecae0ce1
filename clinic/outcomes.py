"""What an action answers where it changes nothing: refused, or stale."""

from __future__ import annotations

import datetime as dt


class Refused(Exception):  # noqa: N818 - an outcome to show, not an error
    """A change that is not allowed; ``message`` says why in plain words.

    ``field``: the form field to show it at, empty for the form as a whole.
    """

    def __init__(self, message: str, field: str = "") -> None:
        self.message = message
        self.field = field
        super().__init__(message)


class Stale(Exception):  # noqa: N818 - an outcome to show, not an error
    """Somebody changed the same thing since the page was loaded.

    ``who`` and ``when`` say whose change it was; nothing has been written.
    """

    def __init__(self, who: str, when: dt.datetime | None) -> None:
        self.who = who
        self.when = when
        super().__init__(f"changed by {who}")
