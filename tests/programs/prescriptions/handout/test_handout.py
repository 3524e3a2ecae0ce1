"""The printed handout: what it says, and that its pages hold together."""

import pytest

from programs.prescriptions.sheet import sheet_of
from tests.programs.prescriptions.handout.prints import printed, read
from tests.programs.samples import sample_exercise, sample_prescription


def test_the_first_page_says_who_what_how_much_and_when_to_stop() -> None:
    page = printed(6, figures=False).pages[0]
    for words in (
        "Harbour Physiotherapy",
        "Exercises for Margaret Ellison",
        "About 39 minutes a day, every day. Next visit on 4 Dec 2026.",
        "Home program for your low back, from Bob Brown, Physiotherapist. 20 Nov 2026, version 1.",
        "Or go to physio.example/p and type K7RM 4QXA",
        "Bob Brown says: Your goal: walk to the shop",
        "Walking 20–30 minutes once a day, 5–7 days a week",
        "Every time: Go slowly and keep breathing. Do not hold your breath.",
        "0–3 Carry on",
        "4–5 Ease off",
        "6–10 Stop",
        "5 minutes after you finish, you should feel no worse than before you began.",
        "Stop if a leg gets weak, or if numbness spreads. Call us the same day.",
    ):
        assert words in page


@pytest.mark.parametrize("large", [False, True])
def test_every_word_of_every_exercise_is_printed(large: bool) -> None:
    pdf = printed(16, large=large)
    for item in sample_prescription(16).items:
        special = [line for line in (*item.avoid, *item.stop) if line not in item.general]
        texts = (item.name, item.side_words, item.feel, item.note, item.modification)
        lines = (*texts, item.transient_when, *item.steps, *special)
        lines += tuple(c.text for c in item.cautions) + tuple(f.caption for f in item.figures)
        for line in lines:
            assert " ".join(line.split()) in pdf.text


def test_every_day_is_said_once() -> None:
    assert printed(6, figures=False).text.count("every day") == 1


def test_steps_are_numbered_in_order() -> None:
    steps = sample_exercise(0).steps
    numbered = " ".join(f"{n} {step}" for n, step in enumerate(steps, start=1))
    assert numbered in printed().text


def test_limits_stop_rules_and_warning_signs_are_printed_with_what_to_do() -> None:
    prescription, text = sample_prescription(), printed().text
    for line in (*prescription.stop_rules, *(flag.text for flag in prescription.red_flags)):
        assert line in text
    assert "Call 999 now if" in text
    assert "Stop, and call a doctor or us the same day, if" in text
    assert "In the next few days, tell us if" in text
    assert "Harbour Physiotherapy, 01947 000000, 1 Quay Street, Whitby YO21 1AA." in text
    assert "When we are closed: Ring 111 for advice, day or night." in text


def test_the_chart_has_a_row_for_every_exercise_and_every_day() -> None:
    page = printed(3).pages[-1]
    assert page.count("from ___ / ___ Mon Tue Wed Thu Fri Sat Sun") == 2
    for exercise in sheet_of(sample_prescription(3)).chart:
        assert page.count(f"{exercise.number} {exercise.item.name}") == 2
    assert page.count("Worst pain, 0 to 10") == 2


def test_every_page_says_where_it_belongs() -> None:
    pages = printed().pages
    assert len(pages) == 6
    for number, page in enumerate(pages, start=1):
        footer = f"Harbour Physiotherapy · 01947 000000 · version 1, 20 Nov 2026 Page {number} of 6"
        assert page.replace("2026Page", "2026 Page").endswith(footer)


def test_what_is_empty_leaves_no_heading_behind() -> None:
    bare = sample_exercise(
        1, feel="", avoid=(), stop=(), cautions=(), note="", transient_when="", figures=False
    )
    prescription = sample_prescription(
        items=(bare,),
        note="",
        stop_rules=(),
        red_flags=(),
        clinician_credentials="",
        review_on=None,
    )
    text = read(prescription).text
    for heading in ("You should feel", "Avoid", "Take care", "says:", "Call 999", "tell us if"):
        assert heading not in text
    assert "When to stop" not in text
    assert "Next visit in 2 to 4 weeks" in text


@pytest.mark.parametrize(
    ("n", "figures", "large", "paper"),
    [
        (6, False, False, "A4"),
        (8, True, False, "A4"),
        (16, True, False, "A4"),
        (16, True, True, "A4"),
        (6, True, False, "Letter"),
        (6, False, True, "Letter"),
    ],
)
def test_no_exercise_is_split_across_pages(n: int, figures: bool, large: bool, paper: str) -> None:
    pages = printed(n, figures=figures, large=large, paper=paper).pages
    for exercise in sheet_of(sample_prescription(n, figures=figures)).exercises:
        item = exercise.item
        whole = [p for p in pages if all(s in p for s in (*item.steps, item.feel))]
        assert len(whole) == 1, item.name
        assert f"{exercise.number} {item.name}" in whole[0]
        assert item.note in whole[0]


@pytest.mark.parametrize(("paper", "size"), [("A4", (210, 297)), ("Letter", (216, 279))])
def test_the_paper_is_the_practice_s(paper: str, size: tuple[int, int]) -> None:
    assert printed(6, figures=False, paper=paper, large=paper == "Letter").sizes_mm == {size}


def test_an_unknown_paper_prints_on_a4() -> None:
    assert printed(1, figures=False, paper="Foolscap").sizes_mm == {(210, 297)}


@pytest.mark.parametrize(
    ("large", "least", "smaller"), [(False, 12, {9.5, 11}), (True, 16, {9.5, 14, 14.5})]
)
def test_only_captions_numbers_in_circles_and_the_footer_are_smaller_than_the_body(
    large: bool, least: int, smaller: set[float]
) -> None:
    pdf = printed(large=large)
    for page in range(len(pdf.pages)):
        sizes = pdf.font_sizes_pt(page)
        assert {size for size in sizes if size < least} <= smaller
        assert max(sizes, key=lambda size: sizes[size]) == least


@pytest.mark.parametrize("large", [False, True])
def test_numbers_of_the_dose_stand_out(large: bool) -> None:
    assert printed(large=large).font_sizes_pt(0)[18 if large else 17] >= 12


def test_what_a_line_says_itself_is_not_said_twice_and_signs_are_explained_once() -> None:
    text = printed(8).text
    assert [
        twice for twice in ("Stop Stop if", "Avoid Do not", "Stop Pause") if twice in text
    ] == []
    assert text.count("slanting lines = you feel it here") == 1
    assert "slanting lines" not in printed(6, figures=False).text
