"""Workers of a run read the files of the tests, each beginning at a different one.

Where a file is read for the first time, pytest rewrites its assertions and keeps what comes of it
for whoever reads it next. Workers that read in one order would all do that with every file.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest


def read_in_turns(config: pytest.Config, worker: int, workers: int) -> None:
    """Read every file under the folders that are run; ``worker`` of ``workers`` begins at its own.

    One that cannot be read is told when it is collected.
    """
    folders = [
        folder for arg in config.args if (folder := config.invocation_params.dir / arg).is_dir()
    ]
    files = sorted(file for folder in folders for file in folder.rglob("test_*.py"))
    first = len(files) * worker // workers
    for file in files[first:] + files[:first]:
        with suppress(Exception):
            import_module(_name(file, config.rootpath))


def _name(file: Path, root: Path) -> str:
    return ".".join(file.relative_to(root).with_suffix("").parts)
