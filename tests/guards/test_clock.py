"""No test reads a real clock: its own starts at ``tests.clock.NOW``, whatever the day.

Nor does one wait for a time or hold a stopwatch: what takes how long is told by ``make bench``.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from tests.clock import NOW
from tests.every_row import every

TESTS = Path(__file__).parents[1]
FILES = sorted(TESTS.rglob("*.py"))
READS = {"now", "today", "utcnow", "localdate", "localtime", "time", "time_ns"}
"""What a call is named that asks for the time."""
WAITS = {"sleep", "wait_for_timeout", "monotonic", "perf_counter", "process_time", "thread_time"}
"""What a call is named that waits for a time, or measures one."""
WAITED_FOR = {"setTimeout(", "setInterval(", "time.sleep("}
"""The same in what is given to a browser or to another process."""
MAY_WAIT = {"waiting.py", "guards/test_clock.py"}
DEFERRED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs as the file is read: not the bodies of functions, but their defaults and marks."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, DEFERRED):
            early = [*child.args.defaults, *(d for d in child.args.kw_defaults if d)]
            early += getattr(child, "decorator_list", [])
            for node in early:
                yield from [node, *at_import(node)]
        else:
            yield child
            yield from at_import(child)


def reads_the_time(node: ast.AST) -> bool:
    """A call such as ``timezone.now()``, ``date.today()`` or ``time()``, not ``time(9, 30)``."""
    if not isinstance(node, ast.Call):
        return False
    named = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return named in READS and not [a for a in node.args if isinstance(a, ast.Constant)]


def early_reads(tree: ast.AST) -> list[int]:
    """The lines of a file that ask for the time as it is imported."""
    return [n.lineno for n in at_import(tree) if reads_the_time(n)]  # type: ignore[attr-defined]


def waits_for_a_time(node: ast.AST) -> bool:
    """A wait, a stopwatch, the module that has them, or words that make others wait."""
    match node:
        case ast.Import(names=names):
            return "time" in {name.name for name in names}
        case ast.ImportFrom(module="time"):
            return True
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in WAITS
        case ast.Constant(value=str(words)):
            return any(wait in words for wait in WAITED_FOR)
    return False


def waits(tree: ast.AST) -> list[int]:
    """The lines of a file that wait for a time or measure one."""
    return [n.lineno for n in ast.walk(tree) if waits_for_a_time(n)]  # type: ignore[attr-defined]


@every(
    ("source", "lines"),
    [
        ("import time", [1]),
        ("def f():\n    from time import sleep", [2]),
        ("import asyncio\nasyncio.sleep(1)", [2]),
        ("def f(tab):\n    tab.wait_for_timeout(50)", [2]),
        ("def f(tab):\n    tab.evaluate('() => setTimeout(done, 50)')", [2]),
        ("SCRIPT = 'import time; time.sleep(60)'", [1]),
        ("from tests.waiting import until\nuntil(done, 'it is done')", []),
        ("process.wait(timeout=PATIENCE_S)", []),
        ("import datetime as dt\ndt.time(9, 30)", []),
    ],
)
def test_the_guard_sees_who_waits_for_a_time(source: str, lines: list[int]) -> None:
    assert waits(ast.parse(source)) == lines


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def waits_for_ever(tree: ast.AST) -> list[int]:
    """The lines that wait for a thread or process without an end, and barriers without one."""
    nodes = list(ast.walk(tree))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    begun = {id(call) for call in calls if called(call) == "Barrier"}
    barriers = {
        name.id
        for node in nodes
        if begun and isinstance(node, ast.Assign)
        if any(id(inner) in begun for inner in ast.walk(node.value))
        for name in ast.walk(node.targets[0])
        if isinstance(name, ast.Name)
    }
    found = []
    for call in calls:
        if (what := called(call)) not in {"wait", "join", "Barrier"}:
            continue
        named = ast.unparse(call.func).rpartition(".")[0]
        endless = what != "Barrier" and named not in {*barriers, "os"} and not call.args
        unending = what == "Barrier" and len(call.args) < 3
        if (endless or unending) and "timeout" not in {word.arg for word in call.keywords}:
            found.append(call.lineno)
    return found


def test_no_file_of_the_suite_asks_for_the_time_or_waits_for_one_or_for_ever() -> None:
    """``tests.waiting`` waits for the thing; what never came back took the whole run with it."""
    found = {}
    for path in FILES:
        name, tree = path.relative_to(TESTS).as_posix(), ast.parse(path.read_text())
        found[name] = {
            "asks for the time as it is imported": early_reads(tree),
            "waits for a time, or measures one": [] if name in MAY_WAIT else waits(tree),
            "waits for ever": waits_for_ever(tree),
        }
    assert {name: told for name, told in found.items() if any(told.values())} == {}


@every(
    ("source", "lines"),
    [
        ("process.wait()", [1]),
        ("process.wait(PATIENCE_S)", []),
        ("thread.join()", [1]),
        ("start = Barrier(2)\nstart.wait()", [1]),
        ("start, told = threading.Barrier(2, timeout=9), []\nstart.wait()", []),
        ("words = ', '.join(names)", []),
    ],
)
def test_the_guard_sees_who_waits_for_ever(source: str, lines: list[int]) -> None:
    assert waits_for_ever(ast.parse(source)) == lines


@every(
    ("source", "lines"),
    [
        ("NOW = timezone.now()", [1]),
        ("from datetime import date\nDAY = date.today()", [2]),
        ("class A:\n    at = dt.datetime.now(dt.UTC)", [2]),
        ("def f(at=timezone.now()):\n    return at", [1]),
        ("@mark(timezone.localdate())\ndef f():\n    pass", [1]),
        ("def f():\n    return timezone.now()", []),
        ("AT = dt.time(9, 30)", []),
        ("WHEN = [(lambda: timezone.now())]", []),
    ],
)
def test_the_guard_sees_what_it_is_for(source: str, lines: list[int]) -> None:
    assert early_reads(ast.parse(source)) == lines


def test_a_test_begins_at_the_time_of_the_suite(request: pytest.FixtureRequest) -> None:
    assert "clock" in request.fixturenames
    assert timezone.now().date() == NOW.date()
    assert 0 <= time.time() - NOW.timestamp() < 3600
