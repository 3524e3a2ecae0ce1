"""Static files of Python packages: of each only what the pages use."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from xstatic.pkg import bootstrap

#: Only what the pages use, of the many files that the package brings.
FILES = (
    "css/bootstrap.min.css",
    "css/bootstrap.min.css.map",
    "js/bootstrap.bundle.min.js",
    "js/bootstrap.bundle.min.js.map",
)
PREFIX = "bootstrap"
UNUSED = ("django_htmx/ht*-4.*", "django_htmx/htmx-2.js", "django_htmx/ext/*")
"""Other editions of htmx: squeezing them took as long as all of our own files together."""


class AppFinder(AppDirectoriesFinder):
    """Django's, but for what a package brings and no page of ours loads."""

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        """Every file, for ``collectstatic``."""
        yield from super().list([*(ignore_patterns or ()), *UNUSED])


class BootstrapFinder(BaseFinder):
    """Finds Bootstrap at ``bootstrap/css/bootstrap.min.css`` and its like."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        """Point a storage at the package's data."""
        self.storage = FileSystemStorage(location=bootstrap.BASE_DIR)
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file's place on disk, or nothing."""
        prefix, _, name = path.partition("/")
        if prefix != PREFIX or name not in FILES:
            return [] if find_all else None
        found = str(Path(bootstrap.BASE_DIR) / name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        """Every file, for ``collectstatic``."""
        for name in FILES:
            yield name, self.storage
