"""How many pages a handout takes, and how full they are, with the catalogue's own drawings."""

import dataclasses
from functools import cache

import pytest

from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.layout import layout_of
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.prescription import Prescription
from programs.prescriptions.sheet import sheet_of
from tests.programs.pdf import Pdf
from tests.programs.prescriptions.handout.prints import of_catalogue, planned, with_full_doses
from tests.programs.samples import ACCESS

LYING = ("double-knee-to-chest", "posterior-pelvic-tilt", "core-breathing", "hook-lying-march")
EIGHT = (*LYING, "walking", "oblique-standing-stretch", "childs-pose", "dead-bug")
PROGRAMS = {
    "1": LYING[:1],
    "3": ("double-knee-to-chest", "core-breathing", "walking"),
    "3 standing": ("walking", "oblique-standing-stretch", "wall-calf-stretch"),
    "5 and a tip": (*LYING, "walking", "sit-tall"),
    "8": EIGHT,
    "12": (
        *EIGHT,
        "piriformis-stretch",
        "wall-calf-stretch",
        "supine-hamstring-stretch",
        "stationary-cycling",
    ),
}
BUDGET = {
    "1": (2, 3),
    "3": (3, 5),
    "3 standing": (3, 5),
    "5 and a tip": (4, 7),
    "8": (6, 10),
    "12": (8, 14),
}
"""Pages in ordinary and in large print, on either paper."""
WORDY = {
    "1": ("half-kneeling-hip-flexor-stretch",),
    "3": ("psoas-lunge-stretch", "feet-together-stand", "wall-calf-stretch"),
    "5 and a tip": (*EIGHT[2:6], "heel-raise-towel", "sit-tall"),
    "8": (*EIGHT[1:], "supine-hamstring-stretch"),
    "12": (*EIGHT, "bed-knee-hug", "wall-side-glide", "heel-drop-step", "floor-to-stand"),
}
"""With more steps than most, and more than two pictures among them."""
CROWDED = (
    (
        *("psoas-lunge-stretch", "neck-rotation", "medicine-conversation"),
        *("standing-march", "short-foot", "seated-knee-extension"),
    ),
    (
        *("standing-march", "hip-mobilisation-hooklying", "bird-dog"),
        *("heel-raise-towel", "shoulder-isometric-rotation", "buttock-squeeze"),
    ),
    (
        *("medicine-conversation", "latissimus-dorsi-wall-stretch", "seated-back-flexion"),
        *("half-kneeling-hip-flexor-stretch", "oblique-fingertip-release", "legs-on-chair-rest"),
    ),
    (
        *("posterior-pelvic-tilt-sitting", "band-side-step", "backward-lunge-slide"),
        *("psoas-release", "standing-back-flexion", "psoas-lunge-stretch"),
    ),
)
"""Six of them with full doses in large print: hardly two of the cards find room on one page."""
FULL = 0.4
"""A page is empty for 60 % at most, but for the last."""
PRINTED = [
    ("1", "A4", False),
    ("3", "Letter", True),
    ("3 standing", "Letter", False),
    ("5 and a tip", "Letter", False),
    ("5 and a tip", "A4", True),
    ("8", "Letter", False),
    ("12", "A4", False),
]


@cache
def sample(program: str) -> Prescription:
    return of_catalogue(PROGRAMS[program])


@cache
def handout(program: str, paper: str, large: bool) -> Pdf:
    return Pdf(render(sample(program), ACCESS, PrintOptions(large=large, paper=paper)))


def cases(*programs: str) -> pytest.MarkDecorator:
    rows = [row for row in PRINTED if not programs or row[0] in programs]
    return pytest.mark.parametrize(("program", "paper", "large"), rows)


def too_long(prescription: Prescription, program: str) -> list[tuple[str, bool, int]]:
    """Where it is laid out on more pages than it may take."""
    ways = [(paper, large) for paper in ("A4", "Letter") for large in (False, True)]
    pages = [
        (*way, planned(prescription, PrintOptions(large=way[1], paper=way[0]))) for way in ways
    ]
    return [way for way in pages if way[2] > BUDGET[program][way[1]]]


@pytest.mark.parametrize("program", PROGRAMS)
def test_it_takes_no_more_pages_than_it_may(program: str) -> None:
    assert too_long(sample(program), program) == []


@pytest.mark.parametrize("program", WORDY)
def test_nor_with_many_words_and_all_a_dose_can_say(program: str) -> None:
    assert too_long(with_full_doses(WORDY[program]), program) == []


@pytest.mark.parametrize(
    ("slugs", "close"),
    [(CROWDED[0], ""), (CROWDED[1], "tight"), (CROWDED[2], ""), (CROWDED[3], "")],
)
def test_nor_in_large_print_where_every_card_is_high(slugs: tuple[str, ...], close: str) -> None:
    full = with_full_doses(slugs)
    for paper in ("A4", "Letter"):
        assert planned(full, PrintOptions(large=True, paper=paper)) == 7
    letter = layout_of(sheet_of(full), PrintOptions(large=True, paper="Letter"))
    assert letter.limits_close == close


def test_lines_come_closest_in_large_print_before_it_takes_a_page_more() -> None:
    options = PrintOptions(large=True, paper="Letter")
    full = with_full_doses(CROWDED[3])
    assert layout_of(sheet_of(full), options).close == "tight tightest"
    handout = Pdf(render(full, ACCESS, options))
    assert len(handout.pages) == 7
    assert 16 in handout.font_sizes_pt(2)
    whole = "Deep hip flexor massage, with a professional only, for your right side"
    assert whole in handout.pages[0]


@pytest.mark.parametrize("slug", ["seated-march", "wall-sit", "piriformis-stretch", "step-up"])
def test_one_exercise_keeps_to_two_pages_under_long_names_and_notes(slug: str) -> None:
    one = of_catalogue((slug,))
    item = dataclasses.replace(one.items[0], note="Slowly, in bed, before you get up. " * 3)
    long = dataclasses.replace(
        one,
        items=(item,),
        patient_name="Wilhelmina Bartholomew-Featherstonehaugh",
        clinician_name="Alexandrina Montgomery-Cunningham",
        note="Walk to the shop and back without a rest. Little and often wins. " * 3,
    )
    for paper in ("A4", "Letter"):
        options = PrintOptions(paper=paper)
        assert planned(long, options) == 2
        pages = Pdf(render(long, ACCESS, options)).pages
        assert len(pages) == 2
        assert "When to stop: " in pages[0]


@pytest.mark.parametrize(("paper", "broad"), [("A4", 26), ("Letter", 17)])
def test_page_1_holds_six_in_large_print(paper: str, broad: int) -> None:
    six = of_catalogue(EIGHT[:6])
    layout = layout_of(sheet_of(six), PrintOptions(large=True, paper=paper))
    assert layout.first.fits
    assert layout.rows.density.thumb == broad
    handout = Pdf(render(six, ACCESS, PrintOptions(large=True, paper=paper)))
    assert "If you are not sure, stop and call us." in handout.pages[0]
    by = "Home program for your low back, from Bob Brown, Physiotherapist."
    assert [by in page for page in handout.pages].count(True) == 1


def test_steps_go_on_below_small_pictures_and_stay_in_order() -> None:
    options = PrintOptions(large=True, paper="Letter")
    full = with_full_doses(CROWDED[2])
    layout = layout_of(sheet_of(full), options)
    cards = [card for page in layout.pages for card in page]
    parted = [c.card.exercise for c in cards if c.under < len(c.card.exercise.item.steps)]
    assert [exercise.number for exercise in parted] == [3, 6]
    handout = Pdf(render(full, ACCESS, options))
    assert len(handout.pages) == 7
    for exercise in parted:
        (page,) = (p for p in handout.pages if exercise.item.steps[0] in p)
        places = [page.index(step) for step in exercise.item.steps]
        assert places == sorted(places)


@cases()
def test_it_is_printed_as_it_is_laid_out(program: str, paper: str, large: bool) -> None:
    pages = len(handout(program, paper, large).pages)
    assert pages == planned(sample(program), PrintOptions(large=large, paper=paper))
    assert pages <= BUDGET[program][large]


def test_it_is_printed_as_it_is_laid_out_where_words_come_closest() -> None:
    full = with_full_doses(WORDY["3"])
    printed = Pdf(render(full, ACCESS, PrintOptions(paper="Letter")))
    assert len(printed.pages) == 3
    assert [n for n, full in enumerate(printed.filled[:-1]) if full < FULL] == []
    assert set(printed.font_sizes_pt(1)) == {14, 13.5, 13, 11, 10.5, 10, 9.5}


@cases()
def test_no_page_but_the_last_is_nearly_empty(program: str, paper: str, large: bool) -> None:
    assert [
        n for n, full in enumerate(handout(program, paper, large).filled[:-1]) if full < FULL
    ] == []


@pytest.mark.parametrize(("program", "paper"), [("1", "A4"), ("8", "Letter")])
def test_page_1_hangs_on_the_fridge_alone(program: str, paper: str) -> None:
    page = handout(program, paper, large=False).pages[0]
    for item in sample(program).items:
        assert item.name in page
    assert "6–10 Stop" in page
    assert "If you are not sure, stop and call us." in page


@cases()
def test_each_exercise_stands_whole_on_one_page(program: str, paper: str, large: bool) -> None:
    pages = handout(program, paper, large).pages
    for item in sample(program).items:
        assert sum(all(s in p for s in (*item.steps, item.feel)) for p in pages) == 1
