"""The Chromium that measurements and screenshots use."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from programs.management.commands.figure_sheet import BROWSERS

CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), "chromium")
"""Path of the browser; ``CHROMIUM`` in the environment names another. The shell first, as the tests
have it: the whole browser keeps a page with a PDF in its viewer, which then does not close."""
KINDS = ("chromium", "chromium-headless-shell")
"""The whole browser, which printed before there was a shell of it, and the shell alone."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def kinds() -> dict[str, str]:
    """The path of each kind that stands here by its name; only the named one where one is named."""
    if "CHROMIUM" in os.environ:
        return {Path(CHROMIUM).name: CHROMIUM}
    found = {name: path for name in KINDS if (path := shutil.which(name))}
    return found or {Path(CHROMIUM).name: CHROMIUM}
