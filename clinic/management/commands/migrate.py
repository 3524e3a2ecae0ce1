"""``manage.py migrate``: Django's, as the owner of the tables, and the wall afterwards."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from clinic.wall.owner import as_owner, put_up_the_wall


class Command(migrate.Command):
    """Brings policies and rights up to date, too, once no migration is left to apply."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then put up the wall for whatever tables there are."""
        with as_owner():
            super().handle(*args, **options)
            if not options["plan"] and is_whole():
                put_up_the_wall()


def is_whole() -> bool:
    """Whether every migration has been applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
