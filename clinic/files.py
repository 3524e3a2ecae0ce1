"""A file that is made whole before it is sent, on disk and not in memory."""

from __future__ import annotations

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from django.http import FileResponse

_IN_MEMORY = 1_000_000
"""Bytes; a larger one goes to the disk, where nobody else can open it."""


def draft() -> IO[bytes]:
    """A file without a name, which is gone when it is closed."""
    return cast(IO[bytes], SpooledTemporaryFile(max_size=_IN_MEMORY))


def download(parts: Iterable[bytes] | IO[bytes], *, name: str, content_type: str) -> FileResponse:
    """An answer with this file. What is made is made now, while the wall is open."""
    if hasattr(parts, "seek"):
        whole = cast(IO[bytes], parts)
    else:
        whole = draft()
        for part in parts:
            whole.write(part)
    whole.seek(0)
    return FileResponse(whole, as_attachment=True, filename=name, content_type=content_type)
