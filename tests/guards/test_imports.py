"""How modules hang together: layers, no circle, one grammar in every room, and what is pure."""

from __future__ import annotations

import graphlib
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import grimp
import pytest

from tests.every_row import every
from tests.paths import ROOT

APPS = ("clinic", "patients", "programs")
FRAMEWORKS = ("django", "psycopg", "weasyprint")
GRAMMAR = ("models", "actions", "forms", "views", "urls")
"""From the ground up: actions stand on rows, forms and pages on actions, pages on forms."""

IMPORTED = re.compile(rf"^\s*from ((?:{'|'.join(APPS)})(?:\.\w+)*) import\b", re.MULTILINE)
"""Statements that import from a module of ours, wherever they stand."""

PROBE = f"""
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
    loaded = {{module.split(".")[0] for module in sys.modules}} & set({FRAMEWORKS!r})
    assert not loaded, (name, sorted(loaded))
"""


@cache
def imports() -> dict[str, frozenset[str]]:
    """Module → our modules that it imports: inside functions and for types as well."""
    graph = grimp.build_graph(*APPS, exclude_type_checking_imports=False, cache_dir=None)
    return {
        name: frozenset(graph.find_modules_directly_imported_by(name)) for name in graph.modules
    }


def _file(module: str) -> Path:
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _says_pure(module: str) -> bool:
    text = _file(module).read_text(encoding="utf-8")
    docstring = re.match(r'"""(.*?)"""', text, re.DOTALL)
    return bool(docstring and re.search(r"\bPure\.", docstring[1]))


@cache
def pure_modules() -> tuple[str, ...]:
    """Those whose docstring says "Pure."; a package's word holds for everything in it."""
    packages = {name for name in imports() if _file(name).name == "__init__.py"}
    said = {name for name in imports() if _says_pure(name)}
    inside = {
        name
        for name in imports()
        if any(name.startswith(f"{package}.") for package in said & packages)
    }
    return tuple(sorted(said | inside))


def test_imports_point_down() -> None:
    """Every package and module has a layer in pyproject.toml."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_module_that_is_imported_is_there() -> None:
    """A command is imported only when it is called: nothing else would notice."""
    gone = [
        f"{path.relative_to(ROOT)}: {module}"
        for folder in (*APPS, "benchmarks", "scripts", "tests")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for module in IMPORTED.findall(path.read_text(encoding="utf-8"))
        if not _file(module).exists()
    ]
    assert gone == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    try:
        graphlib.TopologicalSorter(imports()).prepare()
    except graphlib.CycleError as circle:
        pytest.fail(" ← ".join(circle.args[1]))


def _kind(module: str) -> str:
    """``views`` of ``link_views``, ``actions`` of ``actions.items``; nothing for other names."""
    last = module.rpartition(".")[2].rpartition("_")[2]
    return last if last in GRAMMAR else ""


@every("lower", GRAMMAR)
def test_inside_a_room_pages_stand_on_forms_and_both_on_actions(lower: str) -> None:
    higher = GRAMMAR[GRAMMAR.index(lower) + 1 :]
    wrong = [
        f"{name} imports {other}"
        for name, others in imports().items()
        for other in others
        if _kind(name) == lower and _kind(other) in higher
        if name.rpartition(".")[0] == other.rpartition(".")[0]
    ]
    assert wrong == []


def test_a_pure_module_stands_on_pure_modules() -> None:
    pure = set(pure_modules())
    rooms = {name.rpartition(".")[0] for name in pure}
    wrong = [
        f"{name} imports {other}"
        for name in pure
        for other in imports()[name]
        if other not in pure and other not in rooms
    ]
    assert wrong == []


def test_a_pure_module_loads_no_framework() -> None:
    assert len(pure_modules()) > 60
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *pure_modules()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_strict_types_are_those_of_the_pure_modules() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (strict,) = [o for o in settings["tool"]["mypy"]["overrides"] if "extra_checks" in o]
    listed = {
        name
        for name in imports()
        for pattern in strict["module"]
        if name == pattern or (pattern.endswith(".*") and f"{name}.".startswith(pattern[:-1]))
    }
    assert sorted(listed) == list(pure_modules())
