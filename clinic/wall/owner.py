"""Working as the owner of the tables, for the few commands that migrate or load the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from clinic.wall import policies

#: The parts of a database's settings that say who signs in and where.
_WHO = ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")
_OWNS: Final = """
SELECT current_setting('server_encoding'),
       has_schema_privilege(session_user, current_schema(), 'CREATE')
       AND NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace
                       AND relkind = 'r' AND NOT pg_has_role(session_user, relowner, 'MEMBER'))
"""


@contextmanager
def as_owner() -> Iterator[None]:
    """Use the owner's connection meanwhile, where the settings name one (``OWNER``).

    Where they name none, the application's own role is the owner, as on a machine that one
    password was given for. Nothing may be under way on the connection.

    Raises ``ImproperlyConfigured`` with one sentence where the role does not own the tables, or the
    database keeps text in another way than UTF-8.
    """
    settings = connection.settings_dict
    owner = settings.get("OWNER")
    if not owner:
        _refuse_a_stranger()
        yield
        return
    before = {key: settings[key] for key in _WHO}
    connection.close()
    settings.update({key: owner[key] for key in _WHO if key in owner})
    try:
        _refuse_a_stranger()
        yield
    finally:
        connection.close()
        settings.update(before)


def _refuse_a_stranger() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OWNS)
        encoding, owns = cursor.fetchone()
    if encoding != "UTF8":
        raise ImproperlyConfigured(
            f"the database keeps text as {encoding}, which does not hold every name; make it anew "
            "with ENCODING 'UTF8'."
        )
    if not owns:
        raise ImproperlyConfigured(
            "this works only as the role that owns the tables; name it in MIGRATION_DATABASE_URL "
            "(in compose: docker compose run --rm prepare python manage.py …)."
        )


def put_up_the_wall() -> None:
    """Bring policies and rights of a migrated database up to date, all or nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        policies.build(cursor, application_role())


def application_role() -> str:
    """The role that serves requests."""
    settings = connection.settings_dict
    return str(settings.get("BEHIND_ROLE") or settings["APPLICATION_ROLE"])
