"""The files of ours that a patient's pages need, by the addresses of this release."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

STYLES: Final = (
    "programs/portal/portal.css",
    "programs/portal/today/day.css",
    "programs/portal/session/session.css",
    "programs/portal/symptoms/symptoms.css",
    "programs/portal/warning_signs/wrong.css",
)
IMPORTED: Final = (
    "clinic/focus.js",
    "clinic/typing.js",
    "programs/portal/app/outbox.js",
    "programs/portal/app/store.js",
    "programs/portal/app/sender.js",
    "programs/portal/symptoms/nerves.js",
)
"""What no page names as a script: others import it."""
SCRIPTS: Final = (
    *IMPORTED,
    "programs/exercises/pictures/movement.js",
    "clinic/escape.js",
    "programs/portal/app/offline.js",
    "programs/portal/symptoms/symptoms.js",
    "programs/portal/today/check.js",
    "programs/portal/warning_signs/wrong.js",
)
MODULES: Final = "programs/portal/session"
"""The folder of modules that lead through a session."""
WORDS_TEMPLATE: Final = "programs/portal/app/portal_words.html"
PICTURES: Final = ("clinic/img/icon.svg", "clinic/img/icon-192.png")
WORKER_SCRIPTS: Final = tuple(
    f"programs/portal/app/{name}.js" for name in ("store", "sender", "copies", "worker")
)
"""What the service worker runs, in this order; pages load the first two as well."""


def page_files() -> list[str]:
    """Addresses of everything a patient's page may load; with the release in their names."""
    return [static(name) for name in _names()]


def session_modules() -> list[str]:
    """Addresses of everything that the scripts of a session import, and theirs in turn.

    A browser that is told asks for all of it at once. Else it learns of each only from the one
    that imports it, three times one after the other.
    """
    ours = (name for name in _names() if name.endswith(".js"))
    return [static(name) for name in ours if name in IMPORTED or name.startswith(MODULES)]


def worker_scripts() -> list[str]:
    """Addresses of the service worker's own scripts."""
    return [static(name) for name in WORKER_SCRIPTS]


def has_hashed_names() -> bool:
    """Whether an address changes with its content, so that a kept copy is never stale."""
    return static(STYLES[0]) != settings.STATIC_URL + STYLES[0]


def release() -> str:
    """A short name for these files and the worker's own words; a release with others has another.

    Where names do not change with their content, the same name says nothing of it.
    """
    return hashlib.sha256(
        "\n".join([*page_files(), *worker_scripts(), _words()]).encode()
    ).hexdigest()[:12]


def _words() -> str:
    """The text of the worker's own pages, as it is written down."""
    return (settings.BASE_DIR / "templates" / WORDS_TEMPLATE).read_text()


def _names() -> list[str]:
    return _found() if settings.DEBUG else list(_found_once())


@lru_cache(maxsize=1)
def _found_once() -> tuple[str, ...]:
    return tuple(_found())


def _found() -> list[str]:
    """The files that are there, in a fixed order; the worker's own are not the pages' business."""
    single = [name for name in (*STYLES, *SCRIPTS, *PICTURES) if _place(name)]
    folder = _place(MODULES)
    modules = sorted(folder.glob("*.js")) if folder else []
    return [*single, *(f"{MODULES}/{path.name}" for path in modules)]


def _place(name: str) -> Path | None:
    """Where a static file or folder lies; finders answer in several ways that there is none."""
    place = finders.find(name)
    return Path(place) if isinstance(place, str) else None
