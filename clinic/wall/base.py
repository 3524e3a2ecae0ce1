"""Django's PostgreSQL backend, which tells the database with each statement whose work it is.

What is open (``clinic.wall``) goes along in the same message as the statement, so that it costs no
way to the server. It is a setting of the transaction: where a statement is a transaction by itself,
it ends with it; where several are one, it is said with the first and again when it changes. So
nothing is left on a connection that a pooler gives to somebody else. The beginning of a transaction
goes along with its first statement as well.

``BEHIND_ROLE`` in the settings of a database: the role to be while something is open or closed, for
a connection that otherwise works as the owner, as the tests' does.
"""

from __future__ import annotations

import select
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations
from psycopg import ClientCursor, sql
from psycopg.pq import ConnStatus, TransactionStatus

from clinic import wall

_Told = tuple[str, str, str, str]
_NOTHING: _Told = ("", "", "", "none")
"""What a transaction begins with: no practice, case or person, and the role that signed in."""
_NAMES = ("homeward.practice", "homeward.case", "homeward.user", "role")
_ROLL_BACK = "ROLLBACK TO SAVEPOINT"


class WalledCursor(base.Cursor, ClientCursor[Any]):
    """Sends along what is open."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Run one statement; the answers to what was sent along are passed over."""
        begins, telling = self._begins(), self._telling()
        ahead = [words for words in (begins, telling) if words]
        if ahead:
            joined = "; ".join([*ahead, ""])
            whole = joined + query if isinstance(query, str) else sql.SQL(joined) + query
            with _begun(self.connection) if begins else nullcontext():
                super().execute(whole, params, **options)
            for _ in ahead:
                self.nextset()
        else:
            super().execute(query, params, **options)
        if isinstance(query, str) and query.startswith(_ROLL_BACK):
            # What was told since the savepoint has been rolled back with the rest.
            told_by: Any = self.connection
            told_by.wall_told = None
        return self

    def executemany(self, query: Any, params_seq: Iterable[Any], **options: Any) -> None:
        """Run one statement for each."""
        for params in params_seq:
            self.execute(query, params, **options)

    def copy(self, statement: Any, params: Any = None, **options: Any) -> Any:
        """Copy rows, which takes a transaction of its own that can be told first."""
        self.tell()
        return super().copy(statement, params, **options)

    def tell(self) -> None:
        """Say what is open, before a statement that nothing can be sent along with."""
        if telling := self._telling():
            super().execute(telling)

    def _begins(self) -> str:
        """How the transaction begins, where this is its first statement; else empty."""
        connection: Any = self.connection
        if connection.autocommit or connection.pgconn.transaction_status != TransactionStatus.IDLE:
            return ""
        return str(connection._get_tx_start_command().decode())

    def _telling(self) -> str:
        """What the transaction has to be told; empty where it knows."""
        connection: Any = self.connection
        status = connection.pgconn.transaction_status
        if status == TransactionStatus.INERROR:
            return ""
        role = getattr(connection, "wall_role", "")
        wanted = _wanted(role)
        begun = status != TransactionStatus.IDLE
        known = getattr(connection, "wall_told", None) if begun else _NOTHING
        # In autocommit this is forgotten at once: the next statement finds the connection idle.
        connection.wall_told = wanted
        if wanted == known:
            return ""
        parts = (
            f"set_config('{name}', '{value}', true)"
            for name, value in zip(_NAMES, wanted, strict=True)
            if role or name != "role"
        )
        return "SELECT " + ", ".join(parts)


@contextmanager
def _begun(connection: Any) -> Iterator[None]:
    """What is sent meanwhile begins the transaction itself; else the driver does so before it.

    In a message of its own, that is: one way to the server more for each transaction.
    """
    connection._autocommit = True
    try:
        yield
    finally:
        connection._autocommit = False


class DatabaseOperations(operations.DatabaseOperations):
    """How statements are put together."""

    compiler_module = "clinic.wall.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL behind the wall."""

    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """With our cursor for every statement."""
        params = super().get_connection_params()
        params["cursor_factory"] = WalledCursor
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that knows which role it is behind the wall, where that is another."""
        connection = super().get_new_connection(conn_params)
        connection.wall_role = self.settings_dict.get("BEHIND_ROLE", "")
        return connection

    def is_usable(self) -> bool:
        """Whether the line stands as far as this end has heard, and takes a statement.

        Nothing is asked of the server.

        A server that ends, or is killed, closes the line, and that is here before the next request
        is. Django asks with a statement of its own before the first of each request.
        """
        line = self.connection
        return line is not None and not line.closed and _stands(line.pgconn)

    def chunked_cursor(self) -> Any:
        """A cursor of the server, which lives in a transaction; outside of one, a plain cursor."""
        if not self.in_atomic_block:
            return self.cursor()
        with self.cursor() as cursor:
            cursor.cursor.tell()
        return super().chunked_cursor()


def _stands(line: Any) -> bool:
    """Take in what has come unasked, such as the word that the server ends; False at the end."""
    poll = select.poll()
    poll.register(line.socket, select.POLLIN)
    try:
        while poll.poll(0):
            line.consume_input()
    except psycopg.OperationalError:
        return False
    broken_off = line.transaction_status == TransactionStatus.INERROR
    return bool(line.status == ConnStatus.OK) and not broken_off


def _wanted(role: str) -> _Told:
    scope = wall.scope()
    if scope is None:
        return _NOTHING
    return (
        "" if scope.practice is None else str(int(scope.practice)),
        "" if scope.case is None else str(scope.case),
        "" if scope.user is None else str(int(scope.user)),
        role or "none",
    )
