"""As whom and where a database is read for a backup, or written to by a restore."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from psycopg.conninfo import make_conninfo

from clinic.embedded import account
from clinic.embedded.postgres import SUPERUSER

READER: Final = "BACKUP"
OWNER: Final = "OWNER"
_CONNECTION: Final = {
    "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port", "NAME": "dbname"
}  # fmt: skip
Address = Mapping[str, str]
"""What libpq takes, the password included."""


def address(who: str, database: str = "") -> Address:
    """How to connect as one of the roles, to the site's database or to another on its server.

    The embedded server is started where it is down.
    """
    settings = connection.settings_dict
    server = getattr(connection, "server", None)
    if server is not None:
        server.ensure_running()
    named = settings.get(who) or settings.get(OWNER) or {}
    merged = {**settings, **{key: value for key, value in named.items() if key in _CONNECTION}}
    found = {ours: str(merged[key]) for key, ours in _CONNECTION.items() if merged.get(key)}
    if database:
        found["dbname"] = database
    options = (named or settings).get("OPTIONS") or {}
    wanted = {"sslmode", "sslrootcert", "connect_timeout"}
    return {**{k: str(v) for k, v in options.items() if k in wanted}, **found}


def server_address() -> Address:
    """As whom databases are made and dropped: the embedded server's superuser, or the owner."""
    found = dict(address(OWNER))
    if getattr(connection, "server", None) is not None:
        found |= {"user": SUPERUSER, "dbname": "postgres"}
    return found


@contextmanager
def connected(to: Address) -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own, whose answers do not depend on this machine's habits."""
    with psycopg.connect(**to, autocommit=True) as opened:  # type: ignore[arg-type]
        opened.execute(
            "SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; "
            "SET bytea_output = 'hex'; SET extra_float_digits = 1; SET statement_timeout = 0; "
            "SET idle_in_transaction_session_timeout = 0"
        )
        yield opened


def program(name: str) -> str:
    """``pg_dump`` or ``pg_restore``: those of the wheel, which read every release until theirs."""
    with suppress(ImproperlyConfigured):
        return str(account.programs() / name)
    found = shutil.which(name)
    if found is None:
        raise ImproperlyConfigured(f"{name} is not on this machine.")
    return found


def command(name: str, to: Address, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """The command line and the environment; the password is in no list of processes."""
    public = {key: value for key, value in to.items() if key != "password"}
    environment = {**os.environ, "PGPASSWORD": to.get("password", "")}
    return [program(name), "--dbname", make_conninfo(**public), *arguments], environment
