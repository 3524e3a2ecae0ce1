"""The file: encrypted by age, a line about what is inside, then what ``pg_dump`` wrote.

Nothing is ever whole in memory, and nothing unencrypted touches a disk. age notices a file that was
cut short or changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import IO, Any, Final

import pyrage

_FIRST: Final = b"homeward backup 1\n"
_LONGEST_LINE: Final = 4 * 1024 * 1024


class ArchiveError(Exception):
    """A file, or a key, that is not what it should be; says which in one sentence."""


class _Begun:
    """What is read for encryption: the first lines, then the rest as it comes."""

    def __init__(self, begin: bytes, rest: IO[bytes]) -> None:
        self.begin, self.rest = begin, rest

    def read(self, size: int = -1) -> bytes:
        if self.begin:
            piece, self.begin = self.begin[:size], self.begin[size:]
            return piece
        return self.rest.read(size)


class _Opened:
    """What is written to while a file is decrypted: its lines are read, and the rest goes on."""

    def __init__(self, begin: Callable[[dict[str, Any]], IO[bytes]]) -> None:
        self.begin = begin
        self.line = b""
        self.rest: IO[bytes] | None = None

    def write(self, piece: bytes) -> int:
        if self.rest is not None:
            self.rest.write(piece)
            return len(piece)
        self.line += piece
        if not self.line.startswith(_FIRST[: len(self.line)]) or len(self.line) > _LONGEST_LINE:
            raise ArchiveError("The file holds no backup of Homeward.")
        first, found, rest = self.line[len(_FIRST) :].partition(b"\n")
        if len(self.line) >= len(_FIRST) and found:
            self.rest = self.begin(json.loads(first))
            self.rest.write(rest)
        return len(piece)

    def flush(self) -> None:
        if self.rest is not None:
            self.rest.flush()


def write_archive(
    about: dict[str, Any], dump: IO[bytes], target: IO[bytes], recipients: Sequence[str]
) -> None:
    """Encrypt what is known about the dump, and the dump, for everybody who may read it."""
    line = json.dumps(about, sort_keys=True).encode()
    reader = _Begun(_FIRST + line + b"\n", dump)
    pyrage.encrypt_io(reader, target, [recipient(text) for text in recipients])


def read_archive(
    source: IO[bytes], identity: str, begin: Callable[[dict[str, Any]], IO[bytes]]
) -> None:
    """Decrypt; ``begin`` is told what is inside and gives where the dump goes."""
    opened = _Opened(begin)
    try:
        pyrage.decrypt_io(source, opened, identities(identity))
    except pyrage.DecryptError as error:
        raise ArchiveError(
            f"The file cannot be read with this key, or is damaged: {error}."
        ) from error
    except OSError as error:
        if isinstance(error.__cause__, ArchiveError):
            raise error.__cause__ from None
        raise ArchiveError(f"The file is damaged, or ends too early: {error}.") from error
    if opened.rest is None:
        raise ArchiveError("The file holds no backup of Homeward.")


def recipient(text: str) -> Any:
    """A public key of age; ``ArchiveError`` where it is none."""
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise ArchiveError("A recipient begins with age1; make one with --make-key.") from error


def identities(text: str) -> list[Any]:
    """The secret keys in the text of a key file; lines that begin with # are passed over."""
    lines = [line.strip() for line in text.splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    try:
        found = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except pyrage.IdentityError as error:
        raise ArchiveError("The key file holds no key of age.") from error
    if not found:
        raise ArchiveError("The key file holds no key of age.")
    return found


def new_key() -> tuple[str, str]:
    """A key file's text and the recipient that belongs to it."""
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    return f"# public key: {public}\n{identity}\n", public
