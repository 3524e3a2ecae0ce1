"""``make screenshots``: the pictures of the README, taken anew from the demo practice."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.__main__ import ROOT, environment

FOLDER = ROOT / "docs" / "screenshots"


def main() -> int:
    """Start the site with a demo of its own, take the pictures, leave nothing behind."""
    (ROOT / "var").mkdir(exist_ok=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="screenshots-", dir=ROOT / "var") as folder:
        environment(folder)
        # Only now may Django be loaded: its settings read the environment.
        from benchmarks import suite

        with suite.prepared():
            from benchmarks import camera

            for path in camera.take_all(Path(FOLDER)):
                print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
