"""Emptying the tables after a test whose rows others could see.

Truncating makes new files for every table and every index of the database, though a test fills a
tenth of them: only what holds rows is emptied here. Kinds of content and permissions are what the
models say; they stay, and nobody has to make them anew.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

OF_THE_MODELS = {"django_content_type", "auth_permission"}
#: Kept rows may go, and in any order.
_EMPTY = """
    DO $$
    DECLARE
        name text;
        filled boolean;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOREACH name IN ARRAY string_to_array('{tables}', ',') LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO filled;
            IF filled THEN
                EXECUTE format('DELETE FROM %I', name);
            END IF;
        END LOOP;
    END $$
"""


def empty_all(*_: Any) -> None:
    """What Django's ``flush`` does after such a test, in place of it."""
    names = set(connection.introspection.django_table_names(only_existing=True))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_EMPTY.format(tables=",".join(sorted(names - OF_THE_MODELS))))
