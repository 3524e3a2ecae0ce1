"""Where a test puts the folder of a database server of its own."""

import shutil
import tempfile
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
_ROOM = 1 << 30
"""Bytes that are to be free there: a few servers at once take a quarter of it."""


def folder_of_its_own() -> tempfile.TemporaryDirectory[str]:
    """A short path, and in memory where there is room.

    A server is made of a thousand files, which go again with the test. Where the disk remembers
    for minutes what has gone, each new file takes longer the more of them there were.
    """
    roomy = _IN_MEMORY.is_dir() and shutil.disk_usage(_IN_MEMORY).free > _ROOM
    return tempfile.TemporaryDirectory(prefix="homeward-", dir=_IN_MEMORY if roomy else None)
