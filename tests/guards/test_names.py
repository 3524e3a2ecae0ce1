"""One word, one meaning: no name of a class, or of a constant that others use, stands for two."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOMS = ("clinic", "patients", "programs")
DJANGO = {
    "Command", "DatabaseWrapper", "Meta", "Migration", "logger", "register", "urlpatterns",
}  # fmt: skip
"""Names that Django or logging looks for in many modules."""


def _classes(module: ast.Module) -> Iterator[str]:
    return (node.name for node in ast.walk(module) if isinstance(node, ast.ClassDef))


def _constants(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def test_no_class_name_and_no_public_constant_is_defined_twice() -> None:
    """A name that only its own module reads begins with an underscore, and may be any."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for room in ROOMS:
        for path in sorted(Path(settings.BASE_DIR, room).rglob("*.py")):
            if path.parent.name == "migrations":
                continue
            module = ast.parse(path.read_text())
            for kind, names in (("class", _classes(module)), ("constant", _constants(module))):
                for name in names:
                    if not name.startswith("_") and name not in DJANGO:
                        found[kind, name].append(str(path.relative_to(settings.BASE_DIR)))
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}
