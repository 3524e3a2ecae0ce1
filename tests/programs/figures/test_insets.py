"""What a circle shows large stays in the circle, its shadow too."""

import re

from programs.figures import draw
from programs.figures.geometry import dot, scale, sub
from programs.figures.hands import palm_lines
from programs.figures.people import Build
from programs.figures.pose import Touch
from programs.figures.poses import barred
from programs.figures.resting import body_of
from tests.programs.figures.drawn import illustrated
from tests.programs.figures.paths import vertices

RING = re.compile(r'<path d="([^"]*)" fill="#fff" stroke="none"/>(.*?)<path d="\1"')
FILL = re.compile(r'<path d="([^"]*)" fill="#')
ROOM = 6
"""Drawing units by which a curve's handles may lie beyond the circle."""


def _spilt(svg: str) -> list[tuple[float, float]]:
    """Corners of what is drawn in a picture's circle that lie outside of it."""
    found: list[tuple[float, float]] = []
    for ring, inner in RING.findall(svg):
        edge = vertices(ring)
        (left, right), (top, low) = ((min(v), max(v)) for v in zip(*edge, strict=True))
        x, y, r = (left + right) / 2, (top + low) / 2, (right - left) / 2 + ROOM
        corners = [p for shape in FILL.findall(inner) for p in vertices(shape)]
        found += [p for p in corners if (p[0] - x) ** 2 + (p[1] - y) ** 2 > r * r]
    return found


def test_nothing_spills_out_of_a_circle() -> None:
    entries = [e for e in illustrated() if any(f.inset for f in e.figures)]
    shown = {e.slug: [d.svg for d in draw(e)] for e in entries}
    assert all(any(RING.search(svg) for svg in rows) for rows in shown.values())
    spilt = {slug: [p for svg in rows for p in _spilt(svg)] for slug, rows in shown.items()}
    assert {slug: places for slug, places in spilt.items() if places} == {}


def test_an_open_hand_has_lines_on_its_palm_and_a_fist_has_none() -> None:
    frame = next(e.figures[1] for e in illustrated() if e.slug == "median-nerve-slider")
    body = body_of(frame)
    lines = palm_lines(body, Build(), "right", None)
    back = scale(body.frames["hand_right"].left, -1)
    assert len(lines) == 3 + 3, "creases, and gaps between four fingers"
    assert all(dot(sub(p, body.points["wrist_right"]), back) < -0.5 for row in lines for p in row)
    assert palm_lines(body, Build(), "right", Touch("held", grip=True)) == []


def test_a_towel_round_the_thigh_keeps_hands_from_passing_through_legs() -> None:
    frames = next(e.figures for e in illustrated() if e.slug == "piriformis-stretch")
    assert barred(frames) == []
