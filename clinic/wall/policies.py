"""The wall itself: row-level security on every owned table, and what the application may do.

``build`` brings a database that is fully migrated to what stands here and in
``clinic.wall.tables``; what is so already is left alone. The tables' owner is not held back by the
policies, so the application must not be the owner: see :mod:`clinic.wall.powers`.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from clinic.wall import erasing, passage_list
from clinic.wall.tables import FRAMEWORK, MIXED, OWNED, SHARED, Rows

_Cursor = Any
#: Every policy: table and name, and the rest of its definition.
Policies = dict[tuple[str, str], str]

HELPERS: Final = """
CREATE OR REPLACE FUNCTION wall_practice() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT NULLIF(current_setting('homeward.practice', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION wall_case() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT NULLIF(current_setting('homeward.case', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION wall_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT NULLIF(current_setting('homeward.user', true), '')::bigint $$;
"""
_MINE: Final = "practice_id = wall_practice()"
_EVERYBODYS: Final = f"practice_id IS NULL OR {_MINE}"
_MEMBER: Final = (
    "id = wall_practice() OR EXISTS (SELECT FROM clinic_membership m WHERE m.is_active "
    "AND m.practice_id = clinic_practice.id AND m.user_id = wall_user())"
)
#: What is not simply "the rows of the practice": read by more than change.
_READ_BY: Final = {
    # Which practices somebody can choose from, before one of them is open.
    "clinic_practice": ("id = wall_practice()", _MEMBER),
    "clinic_membership": (_MINE, f"{_MINE} OR user_id = wall_user()"),
    "programs_exercise": (_MINE, _EVERYBODYS),
}


def policies() -> Policies:
    """Every policy that the database is to have."""
    wanted: Policies = {}
    for table, owned in {**OWNED, **MIXED}.items():
        changes, reads = _READ_BY.get(table, (_MINE, _MINE))
        wanted[table, "of_the_practice"] = f"FOR ALL USING ({changes}) WITH CHECK ({changes})"
        if reads != changes:
            wanted[table, "read_beyond"] = f"FOR SELECT USING ({reads})"
        if owned.case != "true":
            limit = f"wall_case() IS NULL OR {owned.case}"
            wanted[table, "of_the_case"] = f"AS RESTRICTIVE FOR ALL USING ({limit})"
    # A patient's page adds to the record of who did what, and reads none of it.
    wanted["clinic_auditentry", "of_the_case"] = (
        "AS RESTRICTIVE FOR SELECT USING (wall_case() IS NULL)"
    )
    return wanted


def build(cursor: _Cursor, role: str) -> None:
    """Put up the wall for the application's role."""
    cursor.execute(HELPERS)
    cursor.execute(erasing.ERASING)
    _protect(cursor)
    passage_list.build(cursor, role)
    _grant(cursor, role)


def _protect(cursor: _Cursor) -> None:
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
        "AND relkind = 'r' AND NOT relrowsecurity"
    )
    open_tables = {name for (name,) in cursor.fetchall()}
    for table in sorted(open_tables & {*OWNED, *MIXED}):
        cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    wanted, found = policies(), _found(cursor)
    for key in sorted(set(wanted) | set(found)):
        table, name = key
        digest = _digest(wanted[key]) if key in wanted else None
        if digest == found.get(key, ""):
            continue
        if key in found:
            cursor.execute(f"DROP POLICY {name} ON {table}")
        if key in wanted:
            cursor.execute(f"CREATE POLICY {name} ON {table} {wanted[key]}")
            cursor.execute(f"COMMENT ON POLICY {name} ON {table} IS '{digest}'")


def _found(cursor: _Cursor) -> dict[tuple[str, str], str | None]:
    """The policies that are there, with the digest of what each was made from."""
    cursor.execute(
        "SELECT c.relname, p.polname, obj_description(p.oid, 'pg_policy') "
        "FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid "
        "WHERE c.relnamespace = current_schema()::regnamespace"
    )
    return {(table, name): digest or "-" for table, name, digest in cursor.fetchall()}


def _grant(cursor: _Cursor, role: str) -> None:
    """The application's rights, by the kind of each table, and no other."""
    cursor.execute(
        "SELECT current_schema(), current_database(), tableowner FROM pg_tables "
        "WHERE schemaname = current_schema() AND tablename = 'clinic_practice'"
    )
    schema, database, owner = cursor.fetchone()
    if owner == role:
        return
    lines = [
        f'REVOKE CREATE ON SCHEMA "{schema}" FROM PUBLIC, "{role}"',
        f'REVOKE TEMPORARY, CREATE ON DATABASE "{database}" FROM PUBLIC, "{role}"',
        f'GRANT USAGE ON SCHEMA "{schema}" TO "{role}"',
        f'REVOKE ALL ON ALL TABLES IN SCHEMA "{schema}" FROM PUBLIC, "{role}"',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA "{schema}" TO "{role}"',
        *(f'GRANT {rows.value} ON {table} TO "{role}"' for table, rows in _rights().items()),
    ]
    cursor.execute("; ".join(lines))


def _rights() -> dict[str, Rows]:
    owned = {table: row.rows for table, row in {**OWNED, **MIXED}.items()}
    return {**owned, **{table: rows for table, (rows, _) in SHARED.items()}, **FRAMEWORK}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
