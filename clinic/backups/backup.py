"""Making a backup while the site goes on: one moment of the database, summed up and dumped."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import psycopg
from django.utils import timezone

from clinic.backups.address import READER, Address, address, command, connected
from clinic.backups.archive import write_archive
from clinic.backups.contents import Contents, contents, rows

NAMES: Final = "homeward-*.age"


class DumpError(Exception):
    """``pg_dump`` or ``pg_restore`` gave up; its own last line says why."""


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup that is whole and on the disk."""

    path: Path
    rows: int
    bytes: int


def back_up(path: Path, recipients: Sequence[str]) -> BackupFile:
    """Write a backup; what is unfinished never has its name.

    What is summed up and what is dumped are the same moment: both read one snapshot.
    """
    source = address(READER)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with connected(source) as opened, _private(unfinished) as target:
            with opened.transaction():
                opened.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                snapshot = opened.execute("SELECT pg_export_snapshot()").fetchone()
                inside = contents(opened)
                about = _about(opened, inside)
                _dump(source, str(snapshot[0] if snapshot else ""), about, target, recipients)
            target.flush()
            os.fsync(target.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return BackupFile(path, rows(inside), path.stat().st_size)


def name_of(now: dt.datetime) -> str:
    """``homeward-20261126T221500Z.age``"""
    return f"homeward-{now:%Y%m%dT%H%M%SZ}.age"


def drop_old(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest; the names sort by their time."""
    old = sorted(folder.glob(NAMES))[:-keep] if keep else []
    for path in old:
        path.unlink()
    return old


def _about(opened: psycopg.Connection[Any], inside: Contents) -> dict[str, Any]:
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "server": opened.info.server_version,
        "contents": inside,
    }


def _dump(
    source: Address, snapshot: str, about: dict[str, Any], target: Any, recipients: Sequence[str]
) -> None:
    line, environment = command(
        "pg_dump", source, "--format=custom", "--compress=6", "--no-owner",
        f"--snapshot={snapshot}",
    )  # fmt: skip
    with subprocess.Popen(
        line, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as dump:  # fmt: skip
        assert dump.stdout is not None and dump.stderr is not None  # noqa: S101, PT018
        try:
            write_archive(about, dump.stdout, target, recipients)
        except BaseException:
            dump.kill()
            raise
        said = dump.stderr.read().decode(errors="replace")
        if dump.wait():
            raise DumpError(last_line(said))


def last_line(said: str) -> str:
    """What a program said last, which is why it gave up."""
    lines = said.strip().splitlines() or ["no reason given"]
    return lines[-1][:300]


def _private(path: Path) -> IO[bytes]:
    """A new file that only this account reads."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
