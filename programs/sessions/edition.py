"""Which rules a kept answer was made by, so that a change of theirs judges every case anew."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import patients.response
from programs.exercises.catalogue_files import CATALOGUE

_WORDS = CATALOGUE / "rules" / "response.toml"


@lru_cache(maxsize=1)
def edition() -> str:
    """Names what logs mean in this version of Homeward: the rules' code, and their words."""
    code = sorted(Path(patients.response.__file__).parent.glob("*.py"))
    parts = [hashlib.sha256(file.read_bytes()).digest() for file in [*code, _WORDS]]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]
