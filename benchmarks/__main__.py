"""``python -m benchmarks``: measure in a database of its own, print a table and JSON lines.

The environment is set before Django is loaded: an embedded PostgreSQL in a new folder, the
settings of ``make run``. Your own data and your own server are not touched.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from clinic.server.room import with_room

ROOT = Path(__file__).resolve().parent.parent
GROUPS = (
    *("rules", "figures", "handout", "paper", "issuing", "batch", "respond", "search"),
    *("pages", "followup", "start", "memory", "logs", "longcases", "load", "scale", "journeys"),
)


@with_room
def main() -> int:
    """Run the chosen groups; the exit status is 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)}")
    parser.add_argument("--runs", type=int, default=25, help="runs of each measurement (25)")
    parser.add_argument("--minutes", type=float, help="how long the day of the group load is (2)")
    options = parser.parse_args()
    if unknown := set(options.groups) - set(GROUPS):
        parser.error(f"no such group: {', '.join(sorted(unknown))}")
    if options.minutes:
        os.environ["LOAD_SECONDS"] = str(round(options.minutes * 60))
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "var") as folder:
        environment(folder)
        # Only now may Django be loaded: its settings read the environment.
        from benchmarks import suite

        with suite.prepared():
            results = suite.run(options.groups or GROUPS, runs=options.runs)
    print(suite.table(results))
    for result in results:
        print(result.json_line())
    return 0 if all(result.holds is not False for result in results) else 1


def environment(folder: str) -> None:
    """What ``make run`` would see, with all its data under ``folder``."""
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(
        HOMEWARD_VAR=folder,
        DEBUG="1",
        TRACEBACKS="0",
        DJANGO_SETTINGS_MODULE="clinic.settings",
        LOG_LEVEL="WARNING",
    )


if __name__ == "__main__":
    sys.exit(main())
