"""Measures over time: drawn with the line from which a change counts, and told in words."""

import datetime as dt
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import User
from patients.measures.charted import MeasureLine, chart_alt, charted
from patients.measures.kinds import MEASURED_BY_CODE
from patients.models import Case, CaseMeasure
from programs.followup.progress.drawing import NARROW, WIDE
from programs.followup.progress.measured_drawing import draw_measures
from tests.every_row import every
from tests.patients.pages import main_text

FIRST, LAST = dt.date(2026, 10, 2), dt.date(2026, 11, 20)


def line(code: str, first: int, last: int) -> MeasureLine:
    return MeasureLine(MEASURED_BY_CODE[code], ((FIRST, first), (LAST, last)))


def words(svg: bytes) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode())


def test_it_names_measures_units_values_and_the_line_that_counts() -> None:
    lines = [line("pain", 7, 4), line("walking_minutes", 5, 20)]
    found = words(draw_measures(lines, WIDE))
    assert {"Pain (points of 10)", "Walking time (minutes)", "7", "4", "5", "20"} <= set(found)
    # Nobody knows from where on walking time counts.
    assert found.count("counts") == 1
    assert draw_measures(lines, WIDE) == draw_measures(lines, WIDE)


def test_a_narrow_one_names_the_first_and_the_last_day() -> None:
    assert {"2 Oct", "20 Nov"} <= set(words(draw_measures([line("pain", 7, 4)], NARROW)))


@every(
    ("code", "first", "counts"),
    [("pain", 7, 5), ("pain", 1, None), ("chair_stands", 8, 11), ("walking_minutes", 5, None)],
)
def test_from_where_on_a_change_counts(code: str, first: int, counts: int | None) -> None:
    assert line(code, first, first).counts_from == counts


def test_one_day_is_no_course_and_words_say_what_the_picture_shows() -> None:
    once = MeasureLine(MEASURED_BY_CODE["chair_stands"], ((FIRST, 8),))
    assert charted([once, line("pain", 7, 4)]) == (line("pain", 7, 4),)
    assert chart_alt([line("pain", 7, 4)]) == (
        "Chart of what was measured from 2 Oct 2026 to 20 Nov 2026. "
        "Pain: 7 → 4 of 10, better by 3: a change that matters. The numbers are in the table."
    )
    assert chart_alt([]) == ""


def measure(case: Case, by: User, value: int, day: dt.date) -> None:
    CaseMeasure.objects.create(
        case=case, kind="pain", value=value, taken_on=day, by=by, key=uuid.uuid4()
    )


@pytest.mark.django_db
def test_the_picture_stands_on_the_page_and_in_the_review_beside_its_numbers(
    alice_client: Client, charlie_client: Client, alice: User, case: Case
) -> None:
    picture = reverse("case_measures_chart", args=[case.pk])
    page, review = (reverse(name, args=[case.pk]) for name in ("case_measures", "case_review"))
    measure(case, alice, 7, FIRST)
    assert alice_client.get(picture).status_code == 404
    assert picture not in alice_client.get(page).content.decode()
    measure(case, alice, 4, LAST)
    for address in (page, review):
        shown = alice_client.get(address)
        assert f'<img src="{picture}" alt="Chart of what was measured' in shown.content.decode()
        assert "2 Oct 2026 7 of 10" in main_text(shown)
    drawn = alice_client.get(picture)
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert words(drawn.content).count("counts") == 1
    assert charlie_client.get(picture).status_code == 404
