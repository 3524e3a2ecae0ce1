"""A migration holds nobody up for as long as it takes to read a table that only grows."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader

GROWING: Final = {
    *("symptomlog", "exerciselog", "sessionlog"),
    *("look", "auditentry", "caserevision", "alert"),
}


def steps(found: Iterable[Any]) -> Iterator[Any]:
    """All that is done to the database, one step after the other; what only models learn is not."""
    for step in found:
        yield step
        yield from steps(getattr(step, "database_operations", []))


def reads_all_under_a_lock(step: Any) -> bool:
    """Whether the table is read while others wait: for an index, a check or a key of its rows.

    What is unique is an index as well.
    """
    if isinstance(step, AddIndexConcurrently):
        return False
    return isinstance(step, operations.AddIndex | operations.AddConstraint)


def test_no_table_of_logs_is_read_under_a_lock() -> None:
    """``ChangeCheck``, ``AddIndexConcurrently`` and the steps of ``clinic.wall`` do without."""
    found = set()
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        done = list(steps(migration.operations))
        new = {s.name.lower() for s in done if isinstance(s, operations.CreateModel)}
        for step in done:
            model = str(getattr(step, "model_name", "") or "").lower()
            if model in GROWING - new and reads_all_under_a_lock(step):
                found.add((app, name, model))
    assert found == set()
