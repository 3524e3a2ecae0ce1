"""Running a command, with faults of the machine or its settings told in one sentence."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import OperationalError

from clinic.collector import seldom
from clinic.server.room import with_room


@with_room
def run_command(arguments: list[str]) -> None:
    """Run one management command."""
    seldom()
    command = arguments[1] if len(arguments) > 1 else "help"
    if command == "run":
        # A trial shows the product's own pages when something goes wrong, not tracebacks.
        os.environ.setdefault("TRACEBACKS", "0")
    leave_in_order()
    try:
        execute_from_command_line(arguments)
    except ImproperlyConfigured as error:
        refuse(str(error))
    except OperationalError as error:
        refuse(database_sentence(error))
    except KeyboardInterrupt:
        sys.exit(130)


def leave_in_order() -> None:
    """Let a polite stop end this program in order, so that the embedded database is let go of."""
    signal.signal(signal.SIGTERM, _leave)


def refuse(sentence: str) -> NoReturn:
    """End the program with one clear sentence."""
    sys.exit(f"Homeward: {sentence}")


def database_sentence(error: Exception) -> str:
    """Why the database cannot be used, without its address, which holds a password."""
    lines = str(error).strip().splitlines() or ["no answer"]
    reason = lines[0].removeprefix("connection failed: ").strip()
    return f"the database cannot be used; check DATABASE_URL ({reason[:300]})."


def public_url(host: str, port: int) -> str:
    """Where patients reach a server of this address, unless ``PUBLIC_URL`` says so."""
    return os.environ.get("PUBLIC_URL", "").rstrip("/") or f"http://{host}:{port}"


def keep_address(file: Path, address: str) -> None:
    """Keep where a trial server is, so that a command of another process prints the same links."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{address}\n")


def _leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(128 + signum)
