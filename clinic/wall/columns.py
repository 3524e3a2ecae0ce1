"""Steps of a migration that give a table its practice while others go on reading and writing.

Every step can be begun again where it was broken off, and holds a strong lock only for as long as
PostgreSQL takes to note a name: rows are filled in batches, indexes are built and constraints are
checked beside the running work. A migration that uses them is not atomic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.migrations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation

PRACTICE = "practice_id"
#: Pages of 8 kB that one transaction fills: some thousands of logs, locked for seconds at the most.
PAGES = 200

_Cursor = Any
_INDEX = """
SELECT i.indisvalid FROM pg_index i
WHERE i.indexrelid = to_regclass(%s)
"""
_UNIQUE_OVER = """
SELECT c.relname, EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid
                          AND k.contype = 'u')
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = to_regclass(%s) AND i.indisunique AND NOT i.indisprimary AND i.indisvalid
  AND (SELECT array_agg(a.attname::text ORDER BY a.attname::text)
       FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)) = %s
  AND (i.indpred IS NOT NULL) = %s
"""


@dataclass(frozen=True)
class Child:
    """A table, the column that names its parent's row, and the parent's table."""

    table: str
    column: str
    parent: str


@dataclass(frozen=True)
class DatabaseStep:
    """One thing that is done to the database, and how it is undone."""

    forward: Callable[[Any], object]
    backward: Callable[[Any], object] = lambda editor: None


class Steps(Operation):
    """Steps one after the other, undone from the last to the first. The models are not asked.

    One operation for all of them: Django copies every model for each operation of a migration.
    """

    reduces_to_sql = False

    def __init__(self, *steps: DatabaseStep) -> None:
        self.steps = steps

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """There."""
        for step in self.steps:
            step.forward(schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """And back."""
        for step in reversed(self.steps):
            step.backward(schema_editor)


class Models(SeparateDatabaseAndState):
    """What the models are after the steps; Django builds them anew once, not for each operation."""

    def __init__(self, *operations: Operation) -> None:
        super().__init__(state_operations=list(operations))

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change the state without the models that were built of it; they are built when asked."""
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)


def sql(forward: str, backward: str = "") -> DatabaseStep:
    """One statement, and one that undoes it."""
    return DatabaseStep(lambda editor: _run(editor, forward), lambda editor: _run(editor, backward))


def column(child: Child) -> DatabaseStep:
    """The column, empty, with its trigger."""
    make, undo = looked_up(child)
    add = f"ALTER TABLE {child.table} ADD COLUMN practice_id bigint;"
    drop = f"ALTER TABLE {child.table} DROP COLUMN practice_id CASCADE;"
    return sql(f"{add}\n{make}", f"{undo}\n{drop}")


def looked_up(child: Child) -> tuple[str, str]:
    """SQL of a trigger that looks the practice up where a row comes without, and of its end.

    A row that has it is not looked at any further: the foreign key tells whether it is right.
    """
    table, parent = child.table, child.parent
    make = f"""
CREATE FUNCTION {table}_practice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT parent.practice_id INTO NEW.practice_id FROM {parent} parent
    WHERE parent.id = NEW.{child.column};
    RETURN NEW;
END;
$$;
CREATE TRIGGER {table}_practice BEFORE INSERT OR UPDATE ON {table}
    FOR EACH ROW WHEN (NEW.practice_id IS NULL) EXECUTE FUNCTION {table}_practice();
"""  # noqa: S608 - our own names
    undo = f"""
DROP TRIGGER {table}_practice ON {table};
DROP FUNCTION {table}_practice();
"""
    return make, undo


def fill(child: Child) -> DatabaseStep:
    """Give every row that was there before its parent's practice, a batch at a time."""

    def forward(editor: Any) -> None:
        with editor.connection.cursor() as cursor:
            last = _pages(cursor, child.table)
            for start in range(0, last, PAGES):
                cursor.execute(
                    f"UPDATE {child.table} child SET practice_id = parent.practice_id "  # noqa: S608
                    f"FROM {child.parent} parent WHERE parent.id = child.{child.column} "
                    "AND child.practice_id IS NULL "
                    f"AND child.ctid >= '({start},0)' AND child.ctid < '({start + PAGES},0)'"
                )

    return DatabaseStep(forward)


def require(table: str) -> DatabaseStep:
    """From here on no row of the table is without a practice."""
    check = f"{table}_practice_there"

    def forward(editor: Any) -> None:
        with editor.connection.cursor() as cursor:
            _constraint(cursor, table, check, "CHECK (practice_id IS NOT NULL)")
            # The checked constraint spares PostgreSQL from reading the table under a lock; in one
            # statement with its end it would be gone before it is looked for.
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN practice_id SET NOT NULL")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {check}")

    def backward(editor: Any) -> None:
        with editor.connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN practice_id DROP NOT NULL")

    return DatabaseStep(forward, backward)


def same_practice(child: Child) -> DatabaseStep:
    """A foreign key over both columns: a row and its parent have one practice."""
    name = f"{child.table}_{child.column}_practice"

    def forward(editor: Any) -> None:
        with editor.connection.cursor() as cursor:
            _constraint(
                cursor,
                child.table,
                name,
                f"FOREIGN KEY ({child.column}, practice_id) "
                f"REFERENCES {child.parent} (id, practice_id) DEFERRABLE INITIALLY DEFERRED",
            )

    def backward(editor: Any) -> None:
        with editor.connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {child.table} DROP CONSTRAINT IF EXISTS {name}")

    return DatabaseStep(forward, backward)


def unique_in_practice(
    table: str, name: str, columns: Sequence[str], *, where: str = "", new: bool = False
) -> DatabaseStep:
    """Let a unique key of a practice include the practice; ``new``: there was none before."""
    with_practice = [*columns, PRACTICE]

    def forward(editor: Any) -> None:
        _swap(editor, table, name, with_practice, columns, where)

    def backward(editor: Any) -> None:
        if new:
            _drop(editor, table, with_practice, where)
        else:
            _swap(editor, table, name, columns, with_practice, where)

    return DatabaseStep(forward, backward)


def unless_null(table: str, column: str) -> tuple[list[str], list[str]]:
    """SQL that lets the key of a one-to-one leave out the rows that have none, and that undoes it.

    Each is a statement of its own, for a migration that is not atomic.
    """
    key, over = f"{table}_{column}_key", f"{table} ({column}, {PRACTICE})"
    make = [
        f"CREATE UNIQUE INDEX CONCURRENTLY {key}_new ON {over} WHERE {column} IS NOT NULL",
        f"ALTER TABLE {table} DROP CONSTRAINT {key}; ALTER INDEX {key}_new RENAME TO {key}",
    ]
    undo = [
        f"CREATE UNIQUE INDEX CONCURRENTLY {key}_new ON {over}",
        f"DROP INDEX {key}; ALTER INDEX {key}_new RENAME TO {key}; "
        f"ALTER TABLE {table} ADD CONSTRAINT {key} UNIQUE USING INDEX {key}",
    ]
    return make, undo


def _run(editor: Any, statement: str) -> None:
    if statement:
        with editor.connection.cursor() as cursor:
            cursor.execute(statement)


def _pages(cursor: _Cursor, table: str) -> int:
    cursor.execute(
        "SELECT pg_relation_size(%s::regclass) / current_setting('block_size')::bigint", [table]
    )
    return int(cursor.fetchone()[0])


def _constraint(cursor: _Cursor, table: str, name: str, definition: str) -> None:
    """Add a constraint for new rows at once, then check the old ones under a weak lock."""
    cursor.execute(
        "SELECT convalidated FROM pg_constraint WHERE conrelid = to_regclass(%s) AND conname = %s",
        [table, name],
    )
    found = cursor.fetchone()
    if found is None:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID")
    if found is None or not found[0]:
        cursor.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")


def _swap(
    editor: Any, table: str, name: str, columns: Sequence[str], old: Sequence[str], where: str
) -> None:
    """Build the new key beside the old one, then put it in its place."""
    with editor.connection.cursor() as cursor:
        if _unique_over(cursor, table, columns, where):
            return
        made = f"{name}_new"
        cursor.execute(_INDEX, [made])
        found = cursor.fetchone()
        if found and not found[0]:
            cursor.execute(f"DROP INDEX CONCURRENTLY {made}")
        if not found or not found[0]:
            cursor.execute(
                f"CREATE UNIQUE INDEX CONCURRENTLY {made} ON {table} "
                f"({', '.join(columns)}){f' WHERE {where}' if where else ''}"
            )
        with transaction.atomic(using=editor.connection.alias):
            _drop(editor, table, old, where)
            cursor.execute(f"ALTER INDEX {made} RENAME TO {name}")
            if not where:
                cursor.execute(
                    f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE USING INDEX {name}"
                )


def _drop(editor: Any, table: str, columns: Sequence[str], where: str) -> None:
    with editor.connection.cursor() as cursor:
        for name, is_constraint in _unique_over(cursor, table, columns, where):
            cursor.execute(
                f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'
                if is_constraint
                else f'DROP INDEX "{name}"'
            )


def _unique_over(
    cursor: _Cursor, table: str, columns: Sequence[str], where: str
) -> list[tuple[str, bool]]:
    cursor.execute(_UNIQUE_OVER, [table, sorted(columns), bool(where)])
    return [
        (name, constraint) for name, constraint in cursor.fetchall() if not name.endswith("_new")
    ]
