"""``manage.py draw_figures``: what changed is drawn and kept, the rest stays as it is."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from programs.figures.kept import Row, read_index, unpack, write_index


def run(*args: str, folder: Path | None = None) -> str:
    out = StringIO()
    more = ("--output", str(folder)) if folder else ()
    call_command("draw_figures", *args, "--jobs", "1", *more, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_an_entry_is_drawn_once_and_kept(tmp_path: Path) -> None:
    assert run("cold-pack", folder=tmp_path) == "1 drawn, 1 kept, 0.0 MB"
    assert sorted(f.name for f in tmp_path.iterdir()) == ["cold-pack.json.gz", "index.json"]
    kept = unpack((tmp_path / "cold-pack.json.gz").read_bytes())
    assert (len(kept.pictures), kept.movement) == (1, None)
    assert run("cold-pack", folder=tmp_path) == "0 drawn, 1 kept, 0.0 MB"


def test_another_person_shows_it_and_stays_chosen(tmp_path: Path) -> None:
    run("cold-pack", folder=tmp_path)
    before = (tmp_path / "cold-pack.json.gz").read_bytes()
    assert run("cold-pack", "--person", "older_man", folder=tmp_path).startswith("1 drawn")
    assert (tmp_path / "cold-pack.json.gz").read_bytes() != before
    assert run("cold-pack", folder=tmp_path).startswith("0 drawn")
    assert read_index(tmp_path)["cold-pack"].person == "older_man"


def test_what_has_left_the_catalogue_is_forgotten(tmp_path: Path) -> None:
    write_index(tmp_path, {"moonwalk": Row("1", "2", "older_man")})
    (tmp_path / "moonwalk.json.gz").write_bytes(b"old")
    run("cold-pack", folder=tmp_path)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["cold-pack.json.gz", "index.json"]


def test_an_entry_without_a_figure_is_refused() -> None:
    with pytest.raises(CommandError, match="'stretching-well' has no figure in the catalogue"):
        run("stretching-well")
