"""What the application's role could do that it must not: any of it would be a hole in the wall."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from clinic.wall.tables import MIXED, OWNED, Rows

_ROLE: Final = """
SELECT rolsuper, rolbypassrls, rolcreaterole OR rolcreatedb,
       has_schema_privilege(current_schema(), 'CREATE'),
       EXISTS (SELECT FROM pg_class WHERE relnamespace = current_schema()::regnamespace
               AND pg_has_role(relowner, 'MEMBER'))
FROM pg_roles WHERE rolname = current_user
"""
_WORDS: Final = (
    "is a superuser",
    "bypasses row-level security",
    "may create roles or databases",
    "may create tables",
    "owns tables, or is a member of the role that does",
)
_OPEN: Final = """
SELECT relname FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relname = ANY (%s) AND NOT relrowsecurity
"""
_MAY: Final = """
SELECT name FROM unnest(%s::text[]) name
WHERE has_table_privilege(name, 'TRUNCATE')
   OR (name = ANY (%s) AND has_table_privilege(name, 'UPDATE, DELETE'))
"""


def faults() -> list[str]:
    """What is wrong with the role of this connection, in words; empty where the wall holds."""
    owned = {**OWNED, **MIXED}
    kept = [table for table, row in owned.items() if row.rows == Rows.KEPT]
    with connection.cursor() as cursor:
        cursor.execute(_ROLE)
        found = [word for word, so in zip(_WORDS, cursor.fetchone(), strict=True) if so]
        cursor.execute(_OPEN, [list(owned)])
        found += [f"finds {table} without a wall" for (table,) in cursor.fetchall()]
        cursor.execute(_MAY, [list(owned), kept])
        found += [f"may change or empty {table}" for (table,) in cursor.fetchall()]
    return found


def refuse_a_hole_in_the_wall() -> None:
    """Do not serve as a role that the wall does not hold; one that does not answer holds nobody up.

    Raises ``ImproperlyConfigured`` with one sentence.
    """
    try:
        found = faults()
    except DatabaseError:
        # Nothing is served from it now; readiness says so.
        return
    finally:
        connection.close()
    if found:
        raise ImproperlyConfigured(
            f"the role in DATABASE_URL {found[0]}, so that nothing would keep practices apart in "
            "the database. Run migrate, and see clinic/wall/roles.sql for a role that may not."
        )
