"""Working as the owner of the tables, for the few commands that migrate or load the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from clinic.wall import policies

#: The parts of a database's settings that say who signs in and where.
_WHO = ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")


@contextmanager
def as_owner() -> Iterator[None]:
    """Use the owner's connection meanwhile, where the settings name one (``OWNER``).

    Where they name none, the application's own role is the owner, as on a machine that one
    password was given for. Nothing may be under way on the connection.
    """
    settings = connection.settings_dict
    owner = settings.get("OWNER")
    if not owner:
        yield
        return
    before = {key: settings[key] for key in _WHO}
    connection.close()
    settings.update({key: owner[key] for key in _WHO if key in owner})
    try:
        yield
    finally:
        connection.close()
        settings.update(before)


def put_up_the_wall() -> None:
    """Bring policies and rights of a migrated database up to date, all or nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        policies.build(cursor, application_role())


def application_role() -> str:
    """The role that serves requests."""
    settings = connection.settings_dict
    return str(settings.get("BEHIND_ROLE") or settings["APPLICATION_ROLE"])
