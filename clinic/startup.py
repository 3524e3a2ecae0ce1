"""Running a command, with faults of the machine or its settings told in one sentence."""

import signal
import sys
from types import FrameType

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db.utils import OperationalError


def run_command(arguments: list[str]) -> None:
    """Run one management command."""
    # A polite stop ends the program in order, so that the embedded database is let go of.
    signal.signal(signal.SIGTERM, _leave)
    try:
        execute_from_command_line(arguments)
    except ImproperlyConfigured as error:
        sys.exit(f"Homeward: {error}")
    except OperationalError as error:
        sys.exit(f"Homeward: {database_sentence(error)}")


def database_sentence(error: Exception) -> str:
    """Why the database cannot be used, without its address, which holds a password."""
    reason = " ".join(str(error).split()) or "no answer"
    return f"the database named by DATABASE_URL cannot be used: {reason[:300]}"


def _leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(128 + signum)
