"""``python -m tests.plain_tables``: what all migrations make when Django runs them its own way.

A first start and the tests run them in a quicker way (``clinic.server.lazy_states``). This writes
down what the plain one comes to, and a test holds the quick one against that. With ``--check`` it
writes nothing and fails where the file says something else.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FILE = Path(__file__).with_suffix(".txt")
_NAME = "plain_homeward"


def main(arguments: list[str]) -> int:
    """Run every migration in a database of their own; the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    told = _plainly_made()
    if arguments == ["--check"]:
        same = FILE.read_text().splitlines() == told
        if not same:
            sys.stderr.write(f"{FILE.name} is out of date: run make tables\n")
        return 0 if same else 1
    FILE.write_text("\n".join(told) + "\n")
    return 0


def _plainly_made() -> list[str]:
    from django.core.management import call_command
    from django.db import connection

    from tests.kept_database import run
    from tests.tables_told import tables_told

    name = f"{_NAME}_{os.getpid()}"
    run(f'CREATE DATABASE "{name}"')
    try:
        connection.settings_dict["NAME"] = name
        call_command("migrate", verbosity=0, interactive=False)
        return tables_told()
    finally:
        connection.close()
        run(f'DROP DATABASE "{name}"')


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
