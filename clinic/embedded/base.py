"""The backend itself: PostgreSQL's own, with a server that starts when it is first needed."""

from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from clinic.embedded import account as postgres_account
from clinic.embedded.postgres import PORT, EmbeddedServer
from clinic.wall import base

_servers: dict[Path, EmbeddedServer] = {}


def server_for(home: Path, *, durable: bool) -> EmbeddedServer:
    """This process's handle on the server that keeps its data under ``home``."""
    return _servers.setdefault(home, EmbeddedServer(home, durable=durable))


class DatabaseClient(PostgresClient):
    """``manage.py dbshell`` with the wheel's own psql."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Any
    ) -> tuple[list[str], dict[str, str] | None]:
        """Start the server, and name the program by its path."""
        cls.executable_name = str(postgres_account.programs() / "psql")
        return super().settings_to_cmd_args_env(settings_dict, parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects through the embedded server's private socket; there is no network port."""

    client_class = DatabaseClient

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        """Take ``EMBEDDED_HOME`` and ``EMBEDDED_DURABLE`` from the settings."""
        self.server = server_for(
            Path(settings_dict["EMBEDDED_HOME"]), durable=settings_dict["EMBEDDED_DURABLE"]
        )
        settings_dict["HOST"] = str(self.server.socket_dir)
        settings_dict["PORT"] = str(PORT)
        super().__init__(settings_dict, alias)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Start the server where it is down, also one that was up and was killed; then connect."""
        self.server.ensure_running()
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            self.server.start_again()
            return super().get_new_connection(conn_params)
