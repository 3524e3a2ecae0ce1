"""Rows that many tests start from: made once by the real code, then copied.

Loading the catalogue takes a fifth of a second and making the demo several seconds, and hundreds
of tests want one or the other. What is copied is what the real code made, down to its keys; it is
put only into tables that are as empty as they were then, and everything else runs the real code.

The catalogue is made once in a process. The demo is made once for all of them and kept in a file,
under a name that says what it was made from. Both lie in a schema of their own beside the tables
that they are copied into, so that their words are read and packed once and not for every test.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models, transaction

from clinic.models import Practice
from programs.exercises import library
from programs.exercises.catalogue_files import built_in
from programs.exercises.catalogue_load import load
from programs.exercises.models import CatalogueLoad, Exercise, Rule, Starter
from tests import clock
from tests.kept_database import alone, highest_number, numbers_above

CATALOGUE: tuple[type[models.Model], ...] = (Exercise, Rule, Starter, CatalogueLoad)
FRAMEWORK = {"contenttypes", "auth", "sessions", "sites"}
"""Apps whose rows are not made by ours; the first two are filled by the migrations."""

FIRST_OF_THE_DEMO = 1_000_000
"""Numbers of rows of the demo begin here: no process has given one of them to a row of its own,
and what it keeps under a number is never taken for the demo's."""

_kept: dict[str, Mapping[str, bytes]] = {}
_libraries: dict[tuple[str, library._Version], library.Library] = {}


def put_catalogue() -> None:
    """What ``load_catalogue`` makes of the files."""
    _made_or_copied("catalogue", _tables(CATALOGUE), lambda: load(built_in()))
    _keep_library("catalogue")


def put_demo() -> None:
    """What ``load_catalogue`` and ``create_demo`` make in an empty database."""
    ours = [m for m in apps.get_models() if m._meta.app_label not in FRAMEWORK]
    tables = _tables(ours)
    if "demo" in _kept:
        _made_or_copied("demo", tables, _make_demo)
    else:
        with _in_a_file("demo"):
            numbers_above(FIRST_OF_THE_DEMO)
            _made_or_copied("demo", tables, _make_demo)
    _keep_library("demo")


def _keep_library(name: str) -> None:
    """Have the catalogue of these rows at hand, and nothing that another test has read.

    Rows that were copied carry the key of the first load, so that what a test has changed in them
    would be found under it by the next. Reading and weighing them all is slow: once is enough.
    """
    library._read.cache_clear()
    version = library._version(Practice(pk=0))
    if (name, version) not in _libraries:
        _libraries[name, version] = library._read(version, Practice(pk=0))
    assert library._read.cache is not None
    library._read.cache[version] = _libraries[name, version]


@contextmanager
def _in_a_file(name: str) -> Iterator[None]:
    """Have what another process has kept, or keep what is made within: the first one makes it."""
    folder = Path(settings.VAR_DIR) / "postgres-tests"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"kept-{name}-{_made_from()}.rows"
    with alone(folder / f"kept-{name}.lock"):
        if path.exists():
            highest, _kept[name] = pickle.loads(path.read_bytes())  # noqa: S301 - our own file
            numbers_above(highest)
        yield
        if not path.exists() and name in _kept:
            for old in folder.glob(f"kept-{name}-*"):
                old.unlink()
            unfinished = path.with_suffix(".unfinished")
            unfinished.write_bytes(pickle.dumps((highest_number(), _kept[name])))
            unfinished.rename(path)


def _made_from() -> str:
    """The bytes of all that has a part in it: the project's own, the suite's clock, Django's."""
    digest = hashlib.sha256(django.__version__.encode())
    digest.update(Path(clock.__file__).read_bytes())
    for app in sorted(Path(config.path) for config in apps.get_app_configs()):
        if app.parent != settings.BASE_DIR:
            continue
        for file in sorted(app.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(app)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _make_demo() -> None:
    call_command("load_catalogue", verbosity=0)
    call_command("create_demo", verbosity=0)


def _tables(found: Sequence[type[models.Model]]) -> list[str]:
    return [connection.ops.quote_name(m._meta.db_table) for m in found if m._meta.managed]


def _made_or_copied(name: str, tables: list[str], make: Callable[[], object]) -> bool:
    """Whether the rows were copied; else ``make`` has made them."""
    empty = not _have_rows(tables)
    if empty and name in _kept:
        _put(name)
        return True
    make()
    if empty:
        _kept[name] = {table: content for table in tables if (content := _taken(table))}
    return False


def _have_rows(tables: list[str]) -> bool:
    """Whether there is a row in any of them."""
    with connection.cursor() as cursor:
        each = " OR ".join(f"EXISTS (SELECT FROM {table})" for table in tables)
        cursor.execute(f"SELECT {each}")
        return bool(cursor.fetchone()[0])


def _taken(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(bytes(part) for part in copy)


@transaction.atomic
def _put(name: str) -> None:
    """Without triggers: what one would write is among the rows, and their order does not matter."""
    _laid_beside(name)
    puts = "; ".join(f"INSERT INTO {table} TABLE kept_{name}.{table}" for table in _kept[name])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
        cursor.execute(puts)
        cursor.execute("SET LOCAL session_replication_role = 'origin'")


def _laid_beside(name: str) -> None:
    """Have the kept rows in this database, whatever becomes of the transaction that is open."""
    schema = f"kept_{name}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [schema])
        if cursor.fetchone()[0]:
            return
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(f"CREATE SCHEMA {schema}")
            for table, content in _kept[name].items():
                cursor.execute(f"CREATE UNLOGGED TABLE {schema}.{table} (LIKE public.{table})")
                with cursor.copy(f"COPY {schema}.{table} FROM STDIN") as copy:
                    copy.write(content)
            cursor.execute("COMMIT")
    finally:
        other.close()
