"""How it goes, on the case page: in words, in numbers, in a constant number of questions."""

import dataclasses
import datetime as dt
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.models import User
from patients.models import Case, ResponseMark
from programs.followup.progress.overview import overview
from programs.prescriptions.models import IssuedPrescription
from programs.sessions.entries import SymptomEntry
from tests.clock import SetClock
from tests.programs.followup.conftest import ITEMS, NOW, TODAY, Diary, issue, on
from tests.programs.followup.progress.many import fill

QUERIES = 35
"""The whole page, with a program that runs: the same for no log and for ten thousand."""


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(client: Client, case: Case) -> str:
    answer = client.get(case.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def told(diary: Diary, clock: SetClock) -> Diary:
    """Two weeks in the calf, then the thigh; the last session makes it spread and stay."""
    for day in range(2, 20):
        place = ("calf_right",) if day < 13 else ("thigh_back_right",)
        diary.session(on(day), before=(4, place), after=(3, place), done=ITEMS[:2])
    diary.session(
        on(20),
        before=(4, ("thigh_back_right",)),
        after=(5, ("calf_right",)),
        done=ITEMS[:1],
        partly=ITEMS[1:2],
        skipped=ITEMS[2:],
    )
    clock(NOW)
    return diary


def test_the_page_says_how_it_goes_in_words_numbers_and_a_picture(
    alice_client: Client, case: Case, told: Diary
) -> None:
    html = page(alice_client, case)
    said = text_of(html)
    assert (
        "Last 7 days. 7 of 7 sessions; right side moved down from the thigh to the lower leg; "
        "pain 3 → 5 of 10. Trend Moving further down the leg (peripheralising) "
        "Last told to Stop an exercise "
        "Stopped now Low back massage with a ball, for your right side "
        "Standing side stretch, held, for your right side Decide in the inbox"
    ) in said
    # The numbers behind the chart.
    assert (
        "20 Nov 2026 4 – 5 – No symptoms Lower leg 2 Alert: Symptoms further down after exercise, "
        "and staying there Stopped: Low back massage with a ball, for your right side "
        "Stopped: Standing side stretch, held, for your right side 19 Nov 2026"
    ) in said
    assert "26 Oct 2026 – – – – – – 0 Version 1" in said
    # How much was done, by exercise and week.
    rows = {r.name: [c.words for c in r.cells] for r in overview(case, TODAY).adherence}
    assert rows == {
        "Low back massage with a ball, for your right side": [
            "0 of 3",
            "7 of 3",
            "7 of 3",
            "5 of 2",
        ],
        "Standing side stretch, held, for your right side": [
            "0 of 4",
            "7 of 5",
            "7 of 5",
            "5 of 3",
        ],
        "Both knees to chest": ["0 of 6", "0 of 7", "0 of 7", "0 of 5"],
    }
    assert "26 Oct – 1 Nov 2–8 Nov 9–15 Nov 16–22 Nov so far Together" in said
    assert "5 of 3 1 in part" in said
    # What the picture says to whoever does not see it.
    alt = re.search(r'<img src="[^"]+/chart/"\s+alt="([^"]+)"', html)
    assert alt is not None
    assert alt[1] == (
        "Chart from 26 Oct 2026 to 20 Nov 2026: pain before, after and the day after exercise, and "
        "the place furthest from the spine on each side. 7 of 7 sessions; right side moved down "
        "from the thigh to the lower leg; pain 3 → 5 of 10. Marked: 1 program version, 1 alert, "
        "2 stopped exercises. The numbers are in the table that follows."
    )


def test_an_exercise_that_a_clinician_lets_go_on_is_asked_for_again(
    case: Case, told: Diary, alice: User, clock: SetClock
) -> None:
    def asked() -> list[int]:
        return [row.cells[-1].asked for row in overview(case, dt.date(2026, 11, 22)).adherence]

    # Four days of three a week; then seven.
    assert asked()[0] == 2
    ResponseMark.objects.create(
        case=case, kind="reinstated", code=ITEMS[0], at=NOW, by=alice, note="Tried it here."
    )
    assert asked()[0] == 3


def test_nothing_reported_and_nothing_issued(
    alice_client: Client, case: Case, clock: SetClock, alice: User
) -> None:
    clock(NOW)
    before = page(alice_client, case)
    assert ("How it goes" in before, "What the patient wants to do" in before) == (False, True)
    issue(case, alice, NOW - dt.timedelta(days=3))
    said = text_of(page(alice_client, case))
    assert "Last 7 days. 0 of 3 sessions; nothing reported yet." in said
    assert "/chart/" not in page(alice_client, case)


def test_late_in_the_evening_belongs_to_the_day_of_the_practice(
    alice_client: Client, case: Case, diary: Diary, clock: SetClock
) -> None:
    """Half past midnight in summer time is the evening before in universal time."""
    case.practice.time_zone = "Australia/Sydney"
    case.practice.save()
    late = dt.datetime(2026, 11, 15, 13, 30, tzinfo=dt.UTC)
    diary.session(late, before=(4, ("calf_right",)))
    clock(NOW)
    assert [line.date for line in overview(Case.objects.get(pk=case.pk), TODAY).lines] == [
        dt.date(2026, 11, 16),
        dt.date(2026, 10, 26),
    ]


def test_a_corrected_report_counts_with_what_stands_and_shows_what_it_was(
    alice_client: Client, case: Case, diary: Diary, clock: SetClock
) -> None:
    run = diary.session(on(19), before=(7, ("foot_right",)))
    first = case.symptom_logs.get()
    fixed = [uuid.uuid4(), uuid.uuid4()]
    for key, pain in zip(fixed, (6, 4), strict=True):
        entry = SymptomEntry(
            key,
            run,
            on(19, 12),
            "before",
            pain=pain,
            regions=("calf_right",),
            corrects=first.client_id,
        )
        assert diary.send(on(19, 12), entry).stored == (key,)
    clock(NOW)
    view = overview(case, TODAY)
    assert "right side in the lower leg; pain 4 of 10." in view.sentence
    assert (view.lines[0].day and view.lines[0].day.corrected, view.lines[0].right) == (
        1,
        "Lower leg",
    )
    assert "1, 1 corrected" in text_of(page(alice_client, case))
    log = text_of(alice_client.get(f"{case.get_absolute_url()}log/").content.decode())
    assert (
        "Before Pain 4 of 10. Right calf. Corrected. Before: Pain 6 of 10; Right calf "
        "Corrected. Before: Pain 7 of 10; Top of the right foot or toes"
    ) in log


def test_ten_thousand_logs_cost_no_more_questions_than_one(
    alice_client: Client, case: Case, issued: IssuedPrescription, clock: SetClock
) -> None:
    clock(NOW)
    url = case.get_absolute_url()
    fill(case, issued, last=NOW - dt.timedelta(hours=1), sessions=1, days=1, items=ITEMS)
    alice_client.get(url)
    counts: dict[str, set[int]] = {}
    for sessions in (1, 5000):
        if sessions > 1:
            fill(case, issued, last=on(19), sessions=sessions, days=330, items=ITEMS[:1])
        for address in ("", "chart/", "log/", "log/?page=300"):
            with CaptureQueriesContext(connection) as asked:
                assert alice_client.get(f"{url}{address}").status_code == 200
            counts.setdefault(address, set()).add(len(asked))
    assert case.symptom_logs.count() > 10_000
    assert counts == {"": {QUERIES}, "chart/": {12}, "log/": {17}, "log/?page=300": {17}}


def test_the_chart_is_kept_by_no_cache_and_shows_what_was_told(
    alice_client: Client, case: Case, told: Diary
) -> None:
    url = f"{case.get_absolute_url()}chart/"
    first = alice_client.get(url)
    assert (first["Content-Type"], first["Cache-Control"]) == ("image/svg+xml", "no-store, private")
    assert first.content.startswith(b"<svg ")
    assert alice_client.get(url).content == first.content
    zipped = alice_client.get(url, headers={"accept-encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert alice_client.get(f"{url}?size=narrow").content != first.content
    assert alice_client.get(f"{url}?size=<b>").content == first.content
    told.session(on(20, 14), before=(9, ("foot_left",)))
    assert alice_client.get(url).content != first.content


def test_the_log_says_everything_that_was_said(
    alice_client: Client, case: Case, told: Diary, clock: SetClock
) -> None:
    flags = told.symptoms(uuid.uuid4(), NOW, "next_day", None, red_flags=("rf_foot_drop",))
    told.send(NOW, flags)
    html = alice_client.get(f"{case.get_absolute_url()}log/").content.decode()
    said = text_of(html)
    assert "Next day Red flag: " in said
    assert "Standing side stretch, held, for your right side Done in part." in said
    assert "Both knees to chest Skipped." in said
    assert "Page 1 of 2" in said


def test_a_judgement_of_another_day_says_so(
    alice_client: Client, alice: User, case: Case, told: Diary, clock: SetClock
) -> None:
    clock(NOW + dt.timedelta(days=2))
    alice_client.force_login(alice)
    said = text_of(page(alice_client, case))
    assert "Trend Moving further down the leg (peripheralising) (on 20 Nov 2026)" in said


def test_new_weakness_stops_no_exercise_for_itself(
    case: Case, diary: Diary, clock: SetClock
) -> None:
    run = diary.session(on(18), before=(3, ("calf_right",)))
    weak = diary.symptoms(run, on(18, 9), "after", 4, ("calf_right",), item=ITEMS[0])
    diary.send(on(18, 9), dataclasses.replace(weak, kinds=("weakness",)))
    clock(NOW)
    marks = overview(case, TODAY).course.marks
    assert [(m.event, m.label) for m in marks] == [
        ("version", "Version 1"),
        ("alert", "Weakness or numbness: new, or spreading"),
    ]
