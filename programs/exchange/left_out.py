"""Files that an export could not have: named in it and on record, so that none is taken for whole.

A file may lie in a bucket that is away, or no longer have the bytes it had. The rest is worth
having all the same, to somebody who may be leaving; what is missing is said in so many words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from django.db import models

from clinic import audit
from clinic.models import Practice, StoredFile, User
from clinic.storehouse.place import Tries

NAME: Final = "INCOMPLETE.txt"
_WORDS: Final = """This export is not complete.

When it was made, the files below could not be read from where they are kept. Everything else is
here. Please make the export again later. If files are still missing then, tell whoever runs this
site: "manage.py move_files --check" says which files are gone.

"""
_Entry = tuple[str, Iterable[bytes]]


class LeftOutFiles:
    """What one export has to do without."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._tries = Tries()

    def entry(self, name: str, row: StoredFile) -> Iterator[_Entry]:
        """The row's file under this name, or nothing where it cannot be had."""
        content = self._tries.one(row.whole) if row.stored_digest else row.whole()
        if content is None:
            self.names.append(name)
        else:
            yield name, [content]


def whole_or_told(
    files: Iterable[_Entry],
    left_out: LeftOutFiles,
    *,
    practice: Practice,
    actor: User,
    target: models.Model,
) -> Iterator[_Entry]:
    """The files, and after the last of them what had to be left out, which goes on record."""
    yield from files
    if left_out.names:
        listed = "".join(f"{name}\n" for name in left_out.names)
        yield NAME, [f"{_WORDS}{listed}".encode()]
        audit.record(
            practice=practice,
            actor=actor,
            action="export.incomplete",
            target=target,
            files=len(left_out.names),
        )
