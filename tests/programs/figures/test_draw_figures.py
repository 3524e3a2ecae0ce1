"""``manage.py draw_figures``: what changed is drawn and kept, the rest stays as it is."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from programs.figures import fitting, poses, rendering
from programs.figures.kept import Kept, Row, read_index, unpack, write_index
from programs.figures.pose import FigureFrame
from programs.figures.proportions import OWN_LENGTHS, USUAL_LENGTHS, Lengths
from programs.management.commands import draw_figures
from tests.programs.figures.drawn import illustrated

KEPT = Kept((0, 0, 9, 9), ())


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


def test_a_movement_that_was_fitted_is_not_looked_at_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its lengths were taken because it holds; only the usual ones are taken unseen."""
    entries = {e.slug: e.figures for e in illustrated()}
    looks: list[Lengths] = []
    told = poses.barred

    def noted(frames: tuple[FigureFrame, ...], own: Lengths = USUAL_LENGTHS) -> list[str]:
        looks.append(own)
        return told(frames, own)

    for module in (poses, fitting):
        monkeypatch.setattr(module, "barred", noted)
    monkeypatch.setattr(rendering, "render", lambda *args, **options: KEPT)
    draw_figures._draw(entries["bridge"], "older_woman")
    assert looks == [OWN_LENGTHS["older_woman"]]


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
