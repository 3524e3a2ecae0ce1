"""Drawings are kept beside the catalogue, found by their poses, and drawn anew with them."""

from dataclasses import replace
from pathlib import Path

import pytest

from programs.figures import draw
from programs.figures.drawing import finished
from programs.figures.fitting import fitted
from programs.figures.kept import (
    DRAWINGS_FOLDER,
    Kept,
    KeptMovement,
    KeptPicture,
    Row,
    digest_of,
    index,
    kept_for,
    pack,
    read_index,
    stamp_of,
    unpack,
    write_index,
)
from programs.figures.marks import SideLetter
from programs.figures.people import FIGURE_PEOPLE
from programs.figures.rendering import render_pictures
from tests.programs.figures.drawn import illustrated
from tests.programs.figures.flattened import flattened, unlike

REDRAWN = ("dead-bug", "piriformis-stretch", "walking")
TOLERANCE = 0.02
"""The share of cells that another machine may colour in another way."""
MOST_IN_ALL = 6_000_000
LETTER = SideLetter("right", (3.5, 7.2))
KEPT = Kept(
    (-40, -50, 900, 700),
    (KeptPicture('<path d="M1 2l3-4"/>', (LETTER,)), KeptPicture("")),
    KeptMovement((0, 0, 900, 700), "<path/>", (KeptPicture("", (LETTER,)),), (0.9,), back=True),
)


def test_every_drawing_shows_the_poses_of_today() -> None:
    """Where this fails: ``manage.py draw_figures`` draws what changed; look at it, and commit."""
    old = [
        entry.slug
        for entry in illustrated()
        if (row := index().get(entry.slug)) is None
        or (row.digest, row.stamp)
        != (digest_of(entry.figures), stamp_of(digest_of(entry.figures), row.person))
    ]
    assert old == [], "run manage.py draw_figures"


def test_the_folder_holds_a_file_for_each_entry_and_no_other() -> None:
    files = sorted(file.name.removesuffix(".json.gz") for file in DRAWINGS_FOLDER.glob("*.gz"))
    assert files == sorted(index()) == sorted(entry.slug for entry in illustrated())


def test_all_drawings_together_are_small() -> None:
    assert sum(file.stat().st_size for file in DRAWINGS_FOLDER.iterdir()) < MOST_IN_ALL


@pytest.mark.parametrize("slug", REDRAWN)
def test_drawn_again_it_is_the_same_picture(slug: str) -> None:
    entry = next(e for e in illustrated() if e.slug == slug)
    person = index()[slug].person
    own = fitted(entry.figures, person)
    box, pictures = render_pictures(entry.figures, person, own=own)
    fresh = finished(entry, Kept(box, pictures))
    shares = [
        unlike(flattened(a.svg), flattened(b.svg)) for a, b in zip(draw(entry), fresh, strict=True)
    ]
    assert max(shares) <= TOLERANCE


def test_a_caption_is_no_part_of_a_drawing_and_a_pose_is() -> None:
    frames = illustrated()[0].figures
    renamed = tuple(replace(frame, caption="Other words") for frame in frames)
    moved = tuple(replace(f, pose=replace(f.pose, lean=f.pose.lean + 1)) for f in frames)
    assert digest_of(renamed) == digest_of(frames) != digest_of(moved)


def test_another_person_is_another_stamp() -> None:
    digest = digest_of(illustrated()[0].figures)
    assert len({stamp_of(digest, person) for person in FIGURE_PEOPLE}) == len(FIGURE_PEOPLE) == 6


def test_what_was_not_drawn_has_no_picture() -> None:
    entry = illustrated()[0]
    moved = tuple(replace(f, pose=replace(f.pose, lean=f.pose.lean + 1)) for f in entry.figures)
    assert kept_for(moved) is None
    assert draw(replace(entry, figures=moved)) == ()


def test_a_drawing_comes_out_of_its_file_as_it_went_in() -> None:
    assert unpack(pack(KEPT)) == KEPT
    assert unpack(pack(replace(KEPT, movement=None))).movement is None
    assert pack(KEPT) == pack(unpack(pack(KEPT)))


def test_an_index_comes_back_one_line_an_entry(tmp_path: Path) -> None:
    rows = {"b": Row("1", "2", "young_man"), "a": Row("3", "4", "older_man")}
    assert read_index(tmp_path) == {}
    write_index(tmp_path, rows)
    assert read_index(tmp_path) == rows
    lines = (tmp_path / "index.json").read_text(encoding="utf-8").splitlines()
    assert [line.split('"')[1] for line in lines[1:-1]] == ["a", "b"]
