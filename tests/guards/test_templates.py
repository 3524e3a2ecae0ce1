"""Templates and static files: every name leads to a file, every file is used, each in its room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from programs.portal.app.files import page_files, worker_scripts

ROOT = Path(settings.BASE_DIR)
APPS = ("clinic", "patients", "programs")
TEMPLATES, STATIC = ROOT / "templates", ROOT / "static"

# A name in quotes, in Python or in a tag; a part of a longer name is no name.
QUOTED = re.compile(r"""["']((?:[\w-]+/)*[\w-]+\.(?:html|txt))["']""")
TAG = re.compile(r"""\{%\s*(?:extends|include)\s+(\S+)""")
LOADED = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")
IMPORTED = {
    ".js": re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']"""),
    ".css": re.compile(r"""url\(["']?([^"')]+)"""),
}
SIDED = re.compile(
    r"(?<![-\w])(?:(?:scroll-)?(?:margin|padding)-(?:left|right)|border-(?:left|right)|left|right)"
    r"(?:-(?:color|style|width))?\s*:|text-align:\s*(?:left|right)"
)
"""A side of the screen; in a language that runs the other way it is the wrong one."""
DJANGOS_OWN = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
"""Django looks for these by name."""
IMAGES = Path("clinic", "img")


def _sources(*suffixes: str) -> Iterator[Path]:
    for folder in (*APPS, "templates"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and "catalogue" not in path.parts[:-1]:
                yield path


def _templates() -> set[str]:
    return {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*")
        if path.suffix in {".html", ".txt"}
    }


def _named() -> dict[str, set[str]]:
    """Template → the files that name it."""
    named: dict[str, set[str]] = {}
    for path in _sources(".py", ".html", ".txt"):
        for name in QUOTED.findall(path.read_text(encoding="utf-8")):
            if "/" in name or (TEMPLATES / name).exists():
                named.setdefault(name, set()).add(str(path.relative_to(ROOT)))
    return named


def test_every_template_that_is_named_exists() -> None:
    have = _templates()
    assert {name: by for name, by in _named().items() if name not in have} == {}


def test_a_template_is_named_in_full() -> None:
    """``include`` and ``extends`` take a literal name, so that a search finds every use."""
    odd = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in _sources(".html", ".txt")
        for name in TAG.findall(path.read_text(encoding="utf-8"))
        if not QUOTED.fullmatch(name)
    ]
    assert odd == []


def test_lines_are_short() -> None:
    """At most 120 characters. A template's own tag cannot be broken: alone, it may have 160."""
    long = [
        f"{path.relative_to(ROOT)}:{number} has {len(line)} characters"
        for path in TEMPLATES.rglob("*.html")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > (120 if "<" in line else 160)
    ]
    assert long == []


def test_every_template_is_used() -> None:
    assert _templates() - set(_named()) - DJANGOS_OWN == set()


@pytest.mark.parametrize("top", [TEMPLATES, STATIC], ids=["templates", "static"])
def test_every_folder_is_a_room_of_the_code(top: Path) -> None:
    folders = {path.parent.relative_to(top) for path in top.rglob("*") if path.is_file()}
    unknown = {
        str(folder)
        for folder in folders
        if not (ROOT / folder / "__init__.py").exists() and folder not in {Path(), IMAGES}
    }
    assert unknown == set()


def test_a_template_lies_where_the_code_that_renders_it_lies() -> None:
    """A page is in the room of its view. Parts, ``_name.html``, may be shared by any room."""
    strays = []
    for name, users in _named().items():
        room = Path(name).parent
        # The settings name pages for Django to render, wherever they lie.
        users -= {"clinic/settings.py"}
        code = [Path(user) for user in users if user.endswith(".py")]
        is_part = Path(name).name.startswith("_")
        if code and not is_part and room != Path() and all(room not in u.parents for u in code):
            strays.append(f"{name} is rendered in {sorted(map(str, code))}")
    assert strays == []


def test_every_static_file_that_is_named_exists_and_every_file_is_used() -> None:
    named: set[str] = set()
    for path in _sources(".html"):
        named |= set(LOADED.findall(path.read_text(encoding="utf-8")))
    for path in [*STATIC.rglob("*.js"), *STATIC.rglob("*.css")]:
        for found in IMPORTED[path.suffix].findall(path.read_text(encoding="utf-8")):
            named.add(str((path.parent / found).resolve().relative_to(STATIC)))
    missing = {name for name in named if not finders.find(name)}
    assert missing == set()
    for address in [*page_files(), *worker_scripts()]:
        named.add(address.removeprefix(settings.STATIC_URL))
    code = "\n".join(path.read_text(encoding="utf-8") for path in _sources(".py"))
    have = {str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file()}
    assert {name for name in have - named if f'"{name}"' not in code} == set()


def test_a_table_that_scrolls_can_be_reached_by_keyboard() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {tag}"
        for path in TEMPLATES.rglob("*.html")
        for tag in re.findall(r'<div class="table-responsive"[^>]*>', path.read_text("utf-8"))
        if 'tabindex="0"' not in tag or "aria-label" not in tag
    ]
    assert found == []


def test_styles_speak_of_start_and_end_and_not_of_left_and_right() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in STATIC.rglob("*.css")
        for match in SIDED.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
