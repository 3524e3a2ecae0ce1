"""Static files under names that change with their content, scripts that import others included."""

from __future__ import annotations

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
