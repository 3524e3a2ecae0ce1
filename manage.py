#!/usr/bin/env python
"""Homeward's command line. Local commands are development unless DEBUG says otherwise."""

import os
import sys

OURS = {"clinic", "patients", "programs", "tests"}


def main() -> None:
    """Run one management command; a machine that is not ready gets one clear sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    # A server process (clinic.wsgi) has no such default: there, DEBUG unset means production.
    os.environ.setdefault("DEBUG", "1")
    try:
        from clinic.server.startup import run_command

        run_command(sys.argv)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] in OURS:
            raise
        sys.exit(f"Homeward: the Python package {error.name!r} is missing. Run: make setup")


if __name__ == "__main__":
    main()
