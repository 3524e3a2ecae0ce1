"""Files to take away: made whole on disk before they are sent, or made while they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import FileResponse, StreamingHttpResponse

from clinic import wall

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


class _Pipe:
    """Takes what a writer writes, and hands it on."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def zipped(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """A zip of these names and contents, part by part, of which little is ever in memory."""
    pipe = _Pipe()
    with ZipFile(cast(IO[bytes], pipe), "w", ZIP_DEFLATED) as whole:
        for name, parts in files:
            with whole.open(name, "w", force_zip64=True) as entry:
                for part in parts:
                    entry.write(part)
                    if ready := pipe.taken():
                        yield ready
    yield pipe.taken()


def streamed(
    parts: Iterable[bytes], *, practice: int, name: str, content_type: str
) -> StreamingHttpResponse:
    """An answer that is made while it is sent, within its practice."""

    def within() -> Iterator[bytes]:
        with wall.within(practice):
            yield from parts

    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(within(), content_type=content_type, headers=headers)
