"""Migrating there and back inside a test, and the whole database again afterwards."""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from clinic.server.lazy_states import built_when_asked
from clinic.wall.owner import put_up_the_wall


def migrate(to: list[tuple[str, str]]) -> Any:
    """The models as they are there."""
    with built_when_asked():
        MigrationExecutor(connection).migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


def to_the_latest() -> None:
    """Every migration, and the wall: what went back took its policies along."""
    with built_when_asked():
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    put_up_the_wall()
