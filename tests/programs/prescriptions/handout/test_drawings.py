"""The project's drawings on paper: the same shapes, each written once, and what we leave alone."""

import logging
import math
import re
import zlib
from functools import cache
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.exercises.catalogue_files import built_in
from programs.figures import draw
from programs.prescriptions.handout import pdf as press
from programs.prescriptions.handout.drawings import PrintedDrawing, read_drawing
from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.ink import cut_to_ink
from programs.prescriptions.handout.outlines import UnknownOutlineError, operators
from tests.programs.pdf import WORDS_ONLY, Pdf
from tests.programs.prescriptions.handout.prints import drawn, printed
from tests.programs.samples import ACCESS, sample_prescription

Point = tuple[float, float]


def drawing(inside: str, box: str = "0 0 90 60", more: str = "") -> PrintedDrawing | None:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"{more}>'
    return read_drawing(f"{head}{inside}</svg>".encode())


def content(inside: str) -> list[str]:
    found = drawing(inside)
    assert found is not None
    return zlib.decompress(found.content).decode().split("\n")


# --- Outlines -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("M1 2L3 4", "1 2 m|3 4 l"),
        ("m1 2 3 4-5-6z", "1 2 m|4 6 l|-1 0 l|h"),
        ("M1 2h3v4H0V.5", "1 2 m|4 2 l|4 6 l|0 6 l|0 0.5 l"),
        ("M9 9c1 0 2 1 2 2s", None),
        ("M9 9c1 0 2 1 2 2", "9 9 m|10 9 11 10 11 11 c"),
        ("M0 0Q3 3 6 0", "0 0 m|2 2 4 2 6 0 c"),
        ("M5 5l1 1zl2 0", "5 5 m|6 6 l|h|7 5 l"),
        ("M0 0a0 5 0 0 1 3 4", "0 0 m|3 4 l"),
        ("M3 4a5 5 0 0 1 0 0", "3 4 m"),
        ("M1e-15-.0004L1e3 12.34567", "0 -0 m|1000 12.346 l"),
        ("M1e9 0", None),
        ("", ""),
        ("M1", None),
        ("1 2L3 4", None),
        ("M1 2z3", None),
        ("M1 2T3 4", None),
        ("M0 0a5 5 0 011 5", None),
        ("M0 0L1 1 url(#x)", None),
    ],
)
def test_path_data_becomes_path_operators(data: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(UnknownOutlineError):
            operators(data)
    else:
        assert operators(data).decode().replace("\n", "|") == expected


RADII = st.floats(5, 60)


@given(
    rx=RADII,
    ry=RADII,
    turn=st.integers(-90, 180),
    start=st.floats(0, math.tau),
    sweep=st.floats(0.2, math.tau - 0.2),
    clockwise=st.booleans(),
)
def test_an_arc_stays_on_its_ellipse_and_goes_its_way_round(
    rx: float, ry: float, turn: int, start: float, sweep: float, clockwise: bool
) -> None:
    end = start + (sweep if clockwise else -sweep)
    (x0, y0), (x1, y1) = (on_ellipse(a, rx, ry, turn) for a in (start, end))
    flags = f"{int(sweep > math.pi)} {int(clockwise)}"
    if abs(sweep - math.pi) < 0.01:
        return  # which of the two halves is larger hangs on the last digit
    points = curve_points(operators(f"M{x0} {y0}A{rx} {ry} {turn} {flags} {x1} {y1}").decode())
    assert math.dist(points[-1], (x1, y1)) < 1e-3
    angles = [angle_on(p, rx, ry, turn) for p in points]
    assert all(abs(r - 1) < 1e-3 for r, _ in angles)
    steps = [(b - a + math.pi) % math.tau - math.pi for (_, a), (_, b) in pairwise(angles)]
    assert sum(steps) == pytest.approx(sweep if clockwise else -sweep, abs=0.02)


def on_ellipse(angle: float, rx: float, ry: float, turn: float) -> Point:
    u, v, t = rx * math.cos(angle), ry * math.sin(angle), math.radians(turn)
    return u * math.cos(t) - v * math.sin(t), u * math.sin(t) + v * math.cos(t)


def angle_on(p: Point, rx: float, ry: float, turn: float) -> Point:
    """How far from the middle, as a share of the ellipse's reach there, and in which direction."""
    t = math.radians(turn)
    u = (p[0] * math.cos(t) + p[1] * math.sin(t)) / rx
    v = (p[1] * math.cos(t) - p[0] * math.sin(t)) / ry
    return math.hypot(u, v), math.atan2(v, u)


def curve_points(text: str) -> list[Point]:
    """Points along an outline of cubic curves, close together."""
    first, *curves = [[float(n) for n in line.split()[:-1]] for line in text.split("\n")]
    points = [(first[0], first[1])]
    for a, b, c, d, e, f in curves:
        x, y = points[-1]
        for k in (n / 16 for n in range(1, 17)):
            m = 1 - k
            w = (m**3, 3 * m * m * k, 3 * m * k * k, k**3)
            points.append(
                (
                    w[0] * x + w[1] * a + w[2] * c + w[3] * e,
                    w[0] * y + w[1] * b + w[2] * d + w[3] * f,
                )
            )
    return points


# --- Looks --------------------------------------------------------------------------------------
def test_colours_lines_and_what_groups_pass_on() -> None:
    assert content(
        '<title>Words</title><g fill="none" stroke="currentColor" color="#ff0000" stroke-width="3" '
        'stroke-linejoin="round"><path d="M1 1h2"/><path d="M0 0h9v9z" fill="#fff" stroke="none"/>'
        '<g stroke="#00f" stroke-dasharray="1 18" stroke-linecap="round"><path d="M2 2h2" '
        'fill="#000000"/></g></g>'
    ) == [
        "1 0 0 RG 3 w [] 0 d 0 J 1 j 4 M", "1 1 m", "3 1 l", "S",
        "1 1 1 rg", "0 0 m", "9 0 l", "9 9 l", "h", "f",
        "0 0 0 rg 0 0 1 RG 3 w [1 18] 0 d 1 J 1 j 4 M", "2 2 m", "4 2 l", "B",
    ]  # fmt: skip


def test_without_a_word_about_it_a_shape_is_black_and_has_no_line() -> None:
    assert content('<path d="M0 0h9v9z"/>')[0] == "0 0 0 rg"
    assert content('<path d="M0 0h9v9z"/>')[-1] == "f"
    assert content('<path d="M0 0h9v9z" fill="none"/>') == [""]


@pytest.mark.parametrize(
    "inside",
    [
        '<text x="1" y="2" transform="scale(2)">R</text>',
        '<text x="1" y="2"><tspan>R</tspan></text>',
        '<path d="M0 0h9" opacity="0.5"/>',
        '<path d="M0 0h9v9z" fill-opacity="0.5"/>',
        '<path d="M0 0h9" transform="scale(2)"/>',
        '<path d="M0 0h9" style="fill:red"/>',
        '<path d="M0 0h9v9z" fill="url(#g)"/>',
        '<path d="M0 0h9v9z" fill="red"/>',
        '<path d="M0 0h9v9z" fill-rule="evenodd"/>',
        '<path d="M0 0h9" stroke="#000" stroke-width="2mm"/>',
        '<path d="M0 0h9" stroke="#000" stroke-width="-2"/>',
        '<path d="M0 0h9" stroke="#000" stroke-linecap="odd"/>',
        '<path d="M0 0h9" stroke="#000" stroke-dasharray="0 0"/>',
        '<path d="M0 0h9"><animate/></path>',
        '<image href="x.png"/>',
        "<style>path{fill:red}</style>",
        '<path d="not a path"/>',
        "<path",
    ],
)
def test_what_says_more_than_we_read_is_left_to_weasyprint(inside: str) -> None:
    assert drawing(inside) is None


@pytest.mark.parametrize(
    ("box", "more"),
    [("0 0 0 9", ""), ("0 0 9", ""), ("a b c d", ""), ("0 0 9 9", ' width="9"')],
)
def test_a_drawing_without_a_plain_size_is_left_too(box: str, more: str) -> None:
    assert drawing('<path d="M0 0h9"/>', box, more) is None


def test_every_drawing_of_the_catalogue_is_ours_and_prints_without_a_complaint(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    read_once = cache(read_drawing)
    monkeypatch.setattr(press, "read_drawing", read_once)
    pictures = [
        (definition.slug, picture.svg)
        for definition in built_in().definitions.values()
        for picture in draw(definition, "right" if definition.traits.sided else "")
    ]
    assert len(pictures) > 80
    read_ones = {svg: read_once(svg.encode()) for _, svg in pictures}
    assert [slug for slug, svg in pictures if read_ones[svg] is None] == []
    contents = [zlib.decompress(d.content).decode() for d in read_ones.values() if d]
    assert {line for content in contents for line in content.split("\n") if odd(line)} == set()
    lettered = {slug for slug, svg in pictures if (found := read_ones[svg]) and found.letters}
    assert lettered == {slug for slug, svg in pictures if "<text" in svg}
    addresses = {svg: f"drawing:{number}" for number, svg in enumerate(read_ones)}
    images = "".join(f"<img alt='x' src='{address}'/>" for address in addresses.values())
    head = "<html lang='en'><head><title>Drawings</title></head>"
    shown = {a: (svg.encode(), "image/svg+xml") for svg, a in addresses.items()}
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        printed_all = press.print_page(f"{head}<body>{images}</body></html>", shown, "A4", "")
    assert printed_all.startswith(b"%PDF")
    assert [r.getMessage() for r in caplog.records if r.name.startswith("weasyprint")] == []
    assert len(Pdf(printed_all).tagged("/Figure")) == len(read_ones)


def odd(line: str) -> bool:
    """Whether a line of a drawing has anything but plain numbers before plain operators."""
    return not re.fullmatch(r"((-?\d+(\.\d+)?|\[[\d .]*\]|RG|rg|[wdJjM]) ?)*([mlchBfS])?", line)


# --- On the page --------------------------------------------------------------------------------
def test_each_drawing_is_written_once_and_keeps_its_shape() -> None:
    pdf = printed(8)
    forms = {}
    for page in pdf.file.pages:
        for thing in page.obj["/Resources"]["/XObject"].as_dict().values():
            forms[thing.objgen] = thing
    figures = [f for item in sample_prescription(8).items for f in item.figures]
    cut = [inked for figure in figures if (inked := cut_to_ink(figure.svg))]
    sizes = {(round(c.wide, 3), round(c.high, 3)) for c in cut}
    boxes = [[float(n) for n in form["/BBox"]] for form in forms.values()]
    ours = [b for b in boxes if (round(b[2] - b[0], 3), round(b[3] - b[1], 3)) in sizes]
    assert len(ours) == len({figure.svg for figure in figures})
    placed = [
        [float(n) for n in found[1].split()[:4]]
        for page in pdf.file.pages
        for found in re.finditer(rb"\n([-\d. ]+) cm\n/i[0-9a-f]{32}0 Do", contents_of(page))
    ]
    whole = [row for row in placed if row[0] == row[3]]
    assert len(whole) >= len(figures) + 1 + 8  # the square code, and page 1


def contents_of(page: pikepdf.Page) -> bytes:
    """What a page is painted with, as it stands in the file."""
    return page.obj["/Contents"].read_bytes()


def test_letters_are_printed_over_the_rest_where_they_stand() -> None:
    letters = '<text x="9" y="30" font-family="sans-serif" font-size="20">RIGHT</text>'
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60">'
    rest = '<path d="M0 0h90v60h-90z" fill="#fff"/>'
    both = render(drawn(f"{head}<g>{letters}{rest}</g></svg>"), ACCESS)
    assert "RIGHT" in Pdf(both).text
    placed = [
        boxes_of_word(Pdf(pdf), "RIGHT")
        for pdf in (both, render(drawn(f"{head}{letters}{ODD}</svg>"), ACCESS))
    ]
    assert placed[0] == placed[1]


ODD = '<rect width="90" height="60" fill="none"/>'
"""What makes WeasyPrint draw the whole."""


def boxes_of_word(pdf: Pdf, word: str) -> list[tuple[int, list[float]]]:
    """The page of a word wherever it stands; where it begins, its size, turn and box there."""
    found = [
        (number, [round(v, 2) for v in (*s["origin"], s["size"], *line["dir"], *s["bbox"])])
        for number, page in enumerate(pdf.sheets)
        for block in page.get_text("dict", flags=WORDS_ONLY)["blocks"]
        for line in block["lines"]
        for s in line["spans"]
        if word in s["text"]
    ]
    assert len(found) == 2  # page 1, and the card
    return found


def test_a_broad_line_is_ink_as_far_as_it_reaches() -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 600">'
    rest = '<path d="M300 200h300v300h-300z" fill="#fff"/>'
    thin, broad = (
        cut_to_ink(f'{head}<path d="M100 90l1 0" stroke="#000" stroke-width="{w}"/>{rest}</svg>')
        for w in (9, 104)
    )
    assert thin is not None
    assert broad is not None
    assert (broad.high - thin.high, broad.wide - thin.wide) == (40, 40)
