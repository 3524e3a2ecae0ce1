"""PostgreSQL servers of our own, to be killed, promoted, filled up; and a pooler before one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from clinic import wall
from clinic.embedded import account
from tests.clinic.server.processes import free_port
from tests.waiting import until

DATABASE = "homeward"
_NEW = (
    "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale",
    "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
)  # fmt: skip
CONFIG = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 40
wal_level = replica
max_wal_senders = 4
min_wal_size = 32MB
max_wal_size = 64MB
hot_standby = on
log_min_error_statement = panic
log_error_verbosity = terse
"""


class Cluster:
    """One server with its data under ``home``."""

    def __init__(self, home: Path) -> None:
        self.data = home / "data"
        self.port = free_port()

    def make(self) -> Cluster:
        """A new server with an empty database and the roles of the site, and start it."""
        _own(self.data)
        self._run("initdb", "-D", self.data, *_NEW)
        (self.data / "postgresql.auto.conf").write_text(CONFIG)
        hba = "host all all 127.0.0.1/32 trust\nhost replication all 127.0.0.1/32 trust\n"
        (self.data / "pg_hba.conf").write_text(hba)
        self.start()
        with self.superuser("postgres") as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        with self.superuser() as connection:
            connection.execute((Path(wall.__file__).parent / "roles.sql").read_bytes())
        return self

    def copy(self, home: Path) -> Cluster:
        """Another server with the same data; this one must be stopped."""
        other = Cluster(home)
        other.data.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(self.data, other.data)
        _own(other.data)
        return other

    def standby(self, home: Path) -> Cluster:
        """A server that follows this one, which tells nobody of a change before that has it."""
        other = Cluster(home)
        _own(other.data)
        self._run("pg_basebackup", "-h", "127.0.0.1", "-p", self.port, "-U", "postgres",
                  "-D", other.data, "-R", "-X", "stream", "-c", "fast")  # fmt: skip
        other.start()
        with self.superuser() as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")
            state = "SELECT sync_state FROM pg_stat_replication"
            until(lambda: connection.execute(state).fetchone() == ("sync",), "it follows")
        with other.superuser() as connection:
            connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
        return other

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._run("pg_ctl", "start", "-w", "-D", self.data, "-l", self.data / "server.log",
                  "-o", f"-p {self.port}")  # fmt: skip

    def stop(self) -> None:
        """Stop it in good order, where it runs."""
        self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data, check=False)

    def kill(self) -> None:
        """As the machine's own killer does it: the server and all it started, at once."""
        pids = [int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])]
        pids += account.processes_in(self.data)
        for pid in dict.fromkeys(pids):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        until(lambda: not account.processes_in(self.data), "the killed server is gone")

    def promote(self) -> None:
        """Let it take writes from now on."""
        self._run("pg_ctl", "promote", "-w", "-D", self.data)

    @contextmanager
    def superuser(self, database: str = DATABASE) -> Iterator[psycopg.Connection[Any]]:
        """A connection that may do anything."""
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname=database, autocommit=True
        ) as connection:
            yield connection

    def url(self, role: str) -> str:
        """Its address for a role of the site."""
        return f"postgres://{role}@127.0.0.1:{self.port}/{DATABASE}"

    def _run(self, program: str, *arguments: object, check: bool = True) -> None:
        # The server must not hold a pipe of ours open.
        result = subprocess.run(
            [str(account.programs() / program), *map(str, arguments)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            cwd="/", env={**os.environ, "LC_ALL": "C", "TZ": "UTC"}, check=False,
            **account.credentials(self.data),
        )  # fmt: skip
        if check and result.returncode:
            raise AssertionError(f"{program} ended with {result.returncode}")


@contextmanager
def pooler(folder: Path, to: Cluster, settings: Sequence[str]) -> Iterator[Pooler]:
    """PgBouncer in transaction mode, as the server's account."""
    made = Pooler(folder, settings)
    made.lead_to(to)
    process = subprocess.Popen(
        ["/usr/sbin/pgbouncer", "--quiet", str(made.config)],
        stdin=subprocess.DEVNULL, cwd="/", **account.credentials(to.data),
    )  # fmt: skip
    made.process = process
    try:
        yield made
    finally:
        process.kill()
        process.wait()


class Pooler:
    """Where it listens, and what it leads to."""

    process: subprocess.Popen[bytes]

    def __init__(self, folder: Path, settings: Sequence[str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        self.config, self.port, self.settings = folder / "pgbouncer.ini", free_port(), settings

    def lead_to(self, cluster: Cluster) -> None:
        """To another server from now on, as whoever looks after it would say after a failover."""
        lines = [
            "[databases]", f"* = host=127.0.0.1 port={cluster.port}",
            "[pgbouncer]", "listen_addr = 127.0.0.1", f"listen_port = {self.port}",
            "unix_socket_dir =", "auth_type = any", "pool_mode = transaction",
            "server_login_retry = 1", "max_client_conn = 60", *self.settings,
        ]  # fmt: skip
        lines[1] += " user=homeward_app"
        self.config.write_text("\n".join(lines) + "\n")
        if hasattr(self, "process"):
            self.process.send_signal(signal.SIGHUP)

    @property
    def url(self) -> str:
        """Its address for the site."""
        return f"postgres://homeward_app@127.0.0.1:{self.port}/{DATABASE}"


def _own(data: Path) -> None:
    """Give a folder to the account that the server runs as, and let it pass to there."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0:
        who = account.credentials(Path("/nowhere"))
        for path in (data, *data.rglob("*")):
            os.chown(path, who["user"], who["group"])
        account.open_the_way(data.parent)
