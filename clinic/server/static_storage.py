"""Static files under names that change with their content, scripts that import others included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Our own modules import each other by their hashed names.

    Without this a page kept on a phone could pair a script of one release with a script of the
    next. Scripts of packages are left as they came.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((f"{app}/*.js", _IMPORTS) for app in ("clinic", "patients", "programs")),
    )

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what pages name; under its plain name a file is the same, and nobody asks.

        Squeezing out the last byte takes nine tenths of the time in which files are made ready.
        """
        named = {*self.hashed_files.values()}
        yield from super().compress_files([path for path in paths if path in named])
