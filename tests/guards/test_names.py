"""One word, one meaning: no name of a class, or of a constant that others use, stands for two."""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

ROOMS = ("clinic", "patients", "programs")
DJANGO = {
    "Command", "DatabaseWrapper", "Meta", "Migration", "logger", "register", "urlpatterns",
}  # fmt: skip
"""Names that Django or logging looks for in many modules."""


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted(Path(settings.BASE_DIR, room).rglob("*.py")):
            if path.parent.name != "migrations":
                yield str(path.relative_to(settings.BASE_DIR)), ast.parse(path.read_text())


def _classes(module: ast.Module) -> Iterator[str]:
    return (node.name for node in ast.walk(module) if isinstance(node, ast.ClassDef))


def _constants(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _twice(of: Callable[[ast.Module], Iterator[str]]) -> dict[str, list[str]]:
    """Public names that more than one module defines, with the modules."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, module in _modules():
        for name in of(module):
            if not name.startswith("_") and name not in DJANGO:
                found[name].append(path)
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def test_no_class_name_is_defined_twice() -> None:
    assert _twice(_classes) == {}


def test_no_public_constant_is_defined_twice() -> None:
    """What only its own module reads begins with an underscore, and may be called as it likes."""
    assert _twice(_constants) == {}
