"""Getting everything ready before serving; a second time, only what has changed."""

import hashlib
import io
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from clinic.models import Practice
from clinic.server.lazy_states import built_when_asked
from clinic.wall.owner import as_owner, put_up_the_wall

Say = Callable[[str], object]


def prepare(say: Say) -> None:
    """Bring database, catalogue, demo practice and static files up to date."""
    probe_database()
    with as_owner():
        migrate(say)
        put_up_the_wall()
        call_command("load_catalogue", verbosity=0, stdout=io.StringIO())
        if settings.DEVELOPMENT and not Practice.objects.exists():
            say("Making the demo practice …")
            call_command("create_demo", verbosity=0, stdout=io.StringIO())
    collect_static_files(say)


def probe_database() -> None:
    """Connect once, so that what is wrong is told before anything is begun."""
    connection.ensure_connection()
    connection.close()


def migrate(say: Say) -> None:
    """Apply the migrations that are missing, if any are.

    All of them in a new database, whose first start somebody waits for: that has a quicker way.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date …")
        is_new = not executor.loader.applied_migrations
        with built_when_asked() if is_new else nullcontext():
            call_command("migrate", interactive=False, verbosity=0)


def collect_static_files(say: Say) -> None:
    """Copy, name and compress the static files, when one of them has changed."""
    stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
    found = _fingerprint()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if settings.DEBUG or (manifest.exists() and stamp.exists() and stamp.read_text() == found):
        return
    say("Preparing the static files …")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(found)


def _fingerprint() -> str:
    """Changes when a static file is added, removed or edited."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in sorted(finder.list([]), key=lambda entry: entry[0]):
            path = Path(storage.path(name))
            details = path.stat()
            digest.update(f"{path}:{details.st_size}:{details.st_mtime_ns}\n".encode())
    return digest.hexdigest()
