"""``manage.py run``: everything ready, then the site on this machine, until Ctrl-C."""

import contextlib
import errno
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.utils import OperationalError
from gunicorn.app.base import BaseApplication

from clinic import demo
from clinic.collector import as_usual
from clinic.models import User
from clinic.server import due_process, environment, gunicorn_config, preparation, startup


class Command(BaseCommand):
    """Prepares what is missing, prints the address and the demo sign-in, and serves."""

    help = "Prepare the database and serve Homeward on this machine. Ctrl-C stops everything."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """An address, and whether to stop short of serving."""
        parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
        parser.add_argument("--port", type=int, default=8000, help="default: 8000")
        parser.add_argument(
            "--prepare", action="store_true", help="get everything ready and do not serve"
        )

    def handle(self, *args: Any, host: str, port: int, prepare: bool, **options: Any) -> None:
        """Take the port first: it costs nothing, and a busy one ends it here."""
        listener = None if prepare else take_port(host, port)
        if listener is not None:
            # Set before the demo practice is made, and kept for the commands beside this server.
            settings.PUBLIC_URL = startup.public_url(host, port)
            startup.keep_address(settings.VAR_DIR / "address", settings.PUBLIC_URL)
        try:
            preparation.prepare(self.stdout.write)
        except OperationalError as error:
            startup.refuse(startup.database_sentence(error))
        if listener is None:
            self.stdout.write("Everything is ready. Start it with: make run")
            return
        with due_process.DueWork() as due_work:
            Server(listener, self.greeting(host, port), due_work).run()

    @staticmethod
    def greeting(host: str, port: int) -> str:
        """The address, and who can sign in."""
        lines = [f"Homeward is ready: http://{host}:{port}/"]
        with contextlib.suppress(User.DoesNotExist):
            User.objects.get_by_natural_key(demo.EMAIL)
            lines.append(f"Demo sign-in: {demo.EMAIL}, password {demo.PASSWORD}")
        return "\n".join([*lines, "Press Ctrl-C to stop."])


def take_port(host: str, port: int) -> socket.socket:
    """The port, kept for the server; when it is taken, the program ends with one sentence."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # Two sockets may share a port until one listens, so the check is to listen.
        listener.listen(64)
    except (OSError, OverflowError) as error:
        listener.close()
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            reason = (
                "is used by another program; stop that, or choose another: "
                f"make run PORT={port + 1 if port < 65_535 else port - 1}"
            )
        elif getattr(error, "errno", None) == errno.EACCES:
            reason = "is not open to this account; choose one above 1024"
        else:
            reason = f"cannot be used ({error})"
        startup.refuse(f"port {port} on {host} {reason}.")
    return listener


class Server(BaseApplication):
    """gunicorn in this process, on a port that is already taken."""

    def __init__(
        self, listener: socket.socket, greeting: str, due_work: due_process.DueWork
    ) -> None:
        self.listener = listener
        self.greeting = greeting
        self.due_work = due_work
        super().__init__()

    def load_config(self) -> None:
        """The settings of ``clinic.server.gunicorn_config``, on our own port."""
        for name in self.cfg.settings:
            if hasattr(gunicorn_config, name):
                self.cfg.set(name, getattr(gunicorn_config, name))
        self.cfg.set("bind", f"fd://{self.listener.fileno()}")
        self.cfg.set("when_ready", self._greet)
        # Ctrl-C on one's own machine should not wait for a worker that is still starting.
        self.cfg.set("graceful_timeout", environment.number("WEB_GRACE_SECONDS", 3))

    def _greet(self, server: Any) -> None:
        sys.stdout.write(self.greeting + "\n")
        sys.stdout.flush()
        self.due_work.start()

    def load(self) -> Any:
        """The site, which looks after its memory as it does in the container."""
        from clinic.wsgi import application

        as_usual()
        return application
