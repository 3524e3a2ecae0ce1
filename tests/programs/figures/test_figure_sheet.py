"""``manage.py figure_sheet``: the list, the files and the sheet."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from programs.exercises.catalogue_files import built_in


def run(*args: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("figure_sheet", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_list_has_one_line_an_entry_and_side() -> None:
    rows = [json.loads(line) for line in run("--list")[0].splitlines()]
    drawn = [d for d in built_in().definitions.values() if d.figures]
    assert len(rows) == sum(2 if d.traits.sided else 1 for d in drawn) > 200
    row = next(r for r in rows if r["slug"] == "wall-calf-stretch" and r["side"] == "left")
    assert row["frames"] == len(row["bytes"]) == len(row["alternatives"]) == 2
    assert row["captions"][0] == "Face a wall, left foot back, toes straight ahead"


def test_the_files_and_the_sheet_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    _, said = run("curl-up", "wall-calf-stretch", "--output", str(tmp_path / "new"))
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == [
        "curl-up-1.svg",
        "curl-up-2.svg",
        "sheet.html",
        "wall-calf-stretch-left-1.svg",
        "wall-calf-stretch-left-2.svg",
        "wall-calf-stretch-right-1.svg",
        "wall-calf-stretch-right-2.svg",
    ]
    assert "6 figures and sheet.html in" in said
    page = (tmp_path / "new" / "sheet.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 12


@pytest.mark.browser
def test_chromium_takes_a_picture_of_the_sheet(tmp_path: Path) -> None:
    run("curl-up", "--output", str(tmp_path))
    assert (tmp_path / "sheet.png").read_bytes().startswith(b"\x89PNG")


def test_an_unknown_entry_is_refused() -> None:
    with pytest.raises(CommandError, match="'moonwalk' is not in the catalogue"):
        run("moonwalk")


def test_an_entry_without_a_figure_is_said_so() -> None:
    with pytest.raises(CommandError, match="'stretching-well' has no figure"):
        run("stretching-well")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(CommandError, match="taken"):
        run("curl-up", "--output", str(tmp_path / "taken"))
