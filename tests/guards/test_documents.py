"""What is written about the code is true of it: places, rooms, and names with dots."""

from __future__ import annotations

import importlib
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache

from django.apps import apps

from tests.every_row import every
from tests.paths import ROOT

APPS = ("clinic", "patients", "programs")
DOTTED = re.compile(rf"(?<![\w./-])(?:{'|'.join(APPS)})(?:\.[A-Za-z_]\w*)+")
TOPS = "clinic|patients|programs|templates|static|tests|benchmarks|scripts|docs"
PLACE = re.compile(rf"`((?:{TOPS})/[\w./-]*)`")
DOCUMENTS = ["GLOSSARY.md", "CONTRIBUTING.md", "README.md"]
DOCUMENTS += [str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
REMARK = re.compile(r"(?s)\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}")
FILES = {"css", "js", "html", "txt", "md", "toml", "example"}
"""What ends a file's name, and not a module's."""
CHECK = re.compile(r"\w+\.[EW]\d{3}")
"""The id of a system check."""


def _written() -> Iterator[tuple[str, str]]:
    """Where, and what is said there: documents, templates, and code's comments and strings."""
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.y*ml")]
    for path in documents:
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    for path in (ROOT / "templates").rglob("*.html"):
        said = "\n".join(REMARK.findall(path.read_text(encoding="utf-8")))
        yield str(path.relative_to(ROOT)), said
    for folder in (*APPS, "tests", "benchmarks", "scripts"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            source = path.read_bytes()
            if all(map(_there, DOTTED.findall(source.decode()))):
                # Nor is anything wrong in its comments; to look at those alone is slow.
                continue
            reader = io.BytesIO(source).readline
            for token in tokenize.tokenize(reader):
                if token.type in (tokenize.COMMENT, tokenize.STRING):
                    yield f"{path.relative_to(ROOT)}:{token.start[0]}", token.string


@cache
def _leads_somewhere(name: str) -> bool:
    """Whether a dotted name is a module, something in one, or a model by its label."""
    parts = name.split(".")
    if CHECK.fullmatch(name):
        return True
    if len(parts) == 2 and parts[1].lower() in apps.all_models[parts[0]]:
        return True
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


@cache
def _there(name: str) -> bool:
    """The same of a name in a file, in code as well; what is the name of a file is no module's."""
    module = ROOT / name.replace(".", "/")
    if name.rpartition(".")[2] in FILES or module.with_suffix(".py").exists() or module.is_dir():
        return True
    return _leads_somewhere(name)


def test_every_name_with_dots_leads_somewhere() -> None:
    dead = {
        f"{where}: {name}"
        for where, text in _written()
        for name in DOTTED.findall(text)
        if not _there(name)
    }
    assert sorted(dead) == []


@every("document", DOCUMENTS)
def test_every_place_that_a_document_names_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    missing = [place for place in PLACE.findall(text) if not (ROOT / place).exists()]
    assert missing == []


def test_the_glossary_says_where_each_word_lives() -> None:
    rows = [line for line in (ROOT / "GLOSSARY.md").read_text().splitlines() if line[:2] == "| "]
    words = [row for row in rows if not row.startswith("| Word")]
    assert len(words) > 40
    assert [row for row in words if not re.search(r"\| `[\w/]+\.py` \|$", row)] == []


def test_the_list_of_rooms_is_whole() -> None:
    """Every package of an app, and every room within the larger ones, stands in CONTRIBUTING."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"(\w+)/", text))
    rooms = {
        path.parent.name
        for app in APPS
        for path in (ROOT / app).rglob("__init__.py")
        if not {"migrations", "formats", "commands", "templatetags"} & set(path.parts)
    }
    assert rooms - listed == set()


@every(
    ("text", "found"),
    [
        ("see ``programs.rules.engine.judge``.", ["programs.rules.engine.judge"]),
        ("request.practice.patients.filter", []),
        ("static/patients/patients.css", []),
    ],
)
def test_what_counts_as_a_name_with_dots(text: str, found: list[str]) -> None:
    assert DOTTED.findall(text) == found


def test_a_dead_name_is_noticed() -> None:
    assert _leads_somewhere("programs.rules.engine.judge")
    for gone in ("facts.of_case", "rules.engine.no_such_thing"):
        assert not _leads_somewhere(f"programs.{gone}")
