"""The printed handout: what it says, and that its pages hold together."""

import pytest

from programs.prescriptions.sheet import sheet_of
from tests.programs.prescriptions.handout.prints import printed, read
from tests.programs.samples import sample_exercise, sample_prescription


def test_the_first_page_says_what_how_often_and_how_many_minutes() -> None:
    page = printed(6, figures=False).pages[0]
    for words in (
        "Harbour Physiotherapy",
        "1 Quay Street, Whitby YO21 1AA · 01947 000000",
        "Home program for your low back",
        "For Margaret Ellison",
        "From Bob Brown, Physiotherapist",
        "Date 20 Nov 2026, version 1",
        "Next visit on 4 Dec 2026",
        "6 exercises",
        "About 43 minutes a day",
        "1 to 2 times a day, 3 to 7 days a week",
        "A note for you from Bob Brown Your goal: walk to the shop",
        "Or go to physio.example/p and type K7RM 4QXA",
        "6. Walking 20 to 30 minutes Once a day, 5 to 7 days a week",
        "0 to 3 Carry on",
        "4 to 5 Ease off",
        "6 to 10 Stop",
    ):
        assert words in page


@pytest.mark.parametrize("large", [False, True])
def test_every_word_of_every_exercise_is_printed(large: bool) -> None:
    pdf = printed(16, large=large)
    for item in sample_prescription(16).items:
        texts = (item.name, item.side_words, item.dose_words, item.feel, item.note)
        lines = (*texts, item.modification, *item.steps, *item.avoid, *item.stop)
        lines += tuple(c.text for c in item.cautions) + tuple(f.caption for f in item.figures)
        for line in lines:
            assert " ".join(line.split()) in pdf.text


def test_steps_are_numbered_in_order() -> None:
    steps = sample_exercise(0).steps
    numbered = " ".join(f"{n}. {step}" for n, step in enumerate(steps, start=1))
    assert numbered in printed().text


def test_limits_stop_rules_and_warning_signs_are_printed_with_what_to_do() -> None:
    prescription, text = sample_prescription(), printed().text
    for line in (*prescription.stop_rules, *(flag.text for flag in prescription.red_flags)):
        assert line in text
    assert "Check again 5 minutes after you finish." in text
    assert "Call 999 now" in text
    assert "Speak to a doctor or to us the same day" in text
    assert "When we are closed: Ring 111 for advice, day or night." in text


def test_the_chart_has_a_row_for_every_exercise_and_every_day() -> None:
    page = printed().pages[-1]
    assert page.count("Exercise Mon Tue Wed Thu Fri Sat Sun Date") == 2
    for exercise in sheet_of(sample_prescription()).chart:
        assert page.count(f"{exercise.number}. {exercise.item.name}") == 2


def test_every_page_says_where_it_belongs() -> None:
    pages = printed().pages
    assert len(pages) == 8
    for number, page in enumerate(pages, start=1):
        footer = f"Version 1, 20 Nov 2026 · Home program for your low back Page {number} of 8"
        assert page.replace("backPage", "back Page").endswith(footer)


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
    for heading in ("What you should feel", "Avoid", "Take care", "A note", "Call 999", "Tell us"):
        assert heading not in text
    assert "Next visit in 2 to 4 weeks" in text


@pytest.mark.parametrize(
    ("n", "figures", "large", "paper"),
    [
        (6, False, False, "A4"),
        (8, True, False, "A4"),
        (16, True, False, "A4"),
        (6, True, True, "A4"),
        (6, True, False, "Letter"),
        (6, False, True, "Letter"),
    ],
)
def test_no_exercise_is_split_across_pages(n: int, figures: bool, large: bool, paper: str) -> None:
    pages = printed(n, figures=figures, large=large, paper=paper).pages
    for exercise in sheet_of(sample_prescription(n, figures=figures)).exercises:
        item = exercise.item
        whole = [
            p for p in pages if all(s in p for s in (*item.steps, *item.stop, item.dose_words))
        ]
        assert len(whole) == 1, item.name
        assert f"{exercise.number}. {item.name}" in whole[0]
        assert item.note in whole[0]


@pytest.mark.parametrize("large", [False, True])
def test_no_heading_stays_behind_at_the_foot_of_a_page(large: bool) -> None:
    pages = printed(16, large=large).pages
    for section in sheet_of(sample_prescription(16)).sections:
        first = section.exercises[0]
        assert any(f"{section.label} {first.number}. {first.item.name}" in page for page in pages)


@pytest.mark.parametrize(("paper", "size"), [("A4", (210, 297)), ("Letter", (216, 279))])
def test_the_paper_is_the_practice_s(paper: str, size: tuple[int, int]) -> None:
    assert printed(6, paper=paper).sizes_mm == {size}


def test_an_unknown_paper_prints_on_a4() -> None:
    assert printed(1, paper="Foolscap").sizes_mm == {(210, 297)}


@pytest.mark.parametrize(("large", "least", "footer"), [(False, 12, 10), (True, 16, 10)])
def test_only_the_footer_is_smaller_than_the_body(large: bool, least: int, footer: int) -> None:
    pdf = printed(6, large=large)
    for page in range(len(pdf.pages)):
        sizes = pdf.font_sizes_pt(page)
        small = {size for size in sizes if size < least}
        assert small == {footer}
        assert max(sizes, key=lambda size: sizes[size]) == least


def test_page_counts_stay_bearable() -> None:
    counts = {
        "6 without pictures": len(printed(6, figures=False).pages),
        "8 with pictures": len(printed(8).pages),
        "16 with pictures": len(printed(16).pages),
    }
    assert counts == {"6 without pictures": 7, "8 with pictures": 8, "16 with pictures": 14}
