"""What holds for every exercise, and which lines of the catalogue say no more than that.

Pure. The lines stand in ``catalogue/general/lines.toml``; a person decided by their meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from clinic.parsing.errors import DefinitionError
from clinic.parsing.reader import Reader, read_toml

LINES: Final = Path(__file__).parents[1] / "catalogue" / "general" / "lines.toml"


@dataclass(frozen=True, slots=True)
class GeneralRules:
    """``says``: rule → its words. ``lines``: a line of an exercise → the rules that say it all."""

    says: Mapping[str, str]
    lines: Mapping[str, tuple[str, ...]]

    def among(self, lines: Iterable[str]) -> tuple[str, ...]:
        """Those of the lines that need not stand beside one exercise."""
        return tuple(line for line in lines if line in self.lines)

    def words(self, lines: Iterable[str]) -> tuple[str, ...]:
        """What is said once in the place of such lines, in the order of the file."""
        codes = {code for line in lines for code in self.lines.get(line, ())}
        return tuple(text for code, text in self.says.items() if code in codes)


@cache
def general_rules(file: Path = LINES) -> GeneralRules:
    """Read the file; raise :class:`DefinitionError` for a line that names an unknown rule."""
    data = read_toml(file.read_bytes())
    says, lines = _texts(data, "says"), data.get("lines", {})
    found = {line: tuple(Reader(lines).texts(line, allowed=says)) for line in lines}
    return GeneralRules(MappingProxyType(says), MappingProxyType(found))


def _texts(data: Mapping[str, object], key: str) -> dict[str, str]:
    table = data.get(key)
    if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
        raise DefinitionError(key, "must be a table of texts")
    return table
