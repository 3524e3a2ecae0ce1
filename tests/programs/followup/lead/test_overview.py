"""The overview: a number for each kind of thing, the list behind it, and the list as a table."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic.models import Practice, User
from patients.models import Case
from programs.prescriptions.models import IssuedPrescription, Override, Program
from tests.factories import AlertFactory, CaseFactory, ProgramItemFactory
from tests.guards.world import World
from tests.patients.pages import main_text
from tests.programs.exercises.rulebook.rules import put_rule
from tests.programs.followup.conftest import TODAY, Diary, issue, on, three_exercises

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def shown(client: Client, which: str = "alerts") -> Any:
    return client.get(reverse("practice_overview"), {"list": which})


def numbers(client: Client) -> dict[str, str]:
    return {code: number for code, _, number in shown(client).context["numbers"]}


def table(client: Client, which: str) -> list[list[str]]:
    answer: Any = client.get(reverse("practice_overview_csv"), {"list": which})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture
def busy(case: Case, issued: IssuedPrescription, alice: User, diary: Diary) -> Case:
    """One of each: an alert, a review that is due, an override, a session."""
    diary.session(on(18))
    Program.objects.update(draft_open=False, review_on=TODAY - 3 * DAY)
    AlertFactory(case=case, code="worsening", urgency="soon")
    item = ProgramItemFactory(
        program=issued.program, exercise=World(case.practice, alice).exercise()
    )
    Override.objects.create(
        item=item, rules=[], reason="=It helps her", made_by=alice, made_on=TODAY,
        expires_on=TODAY + 28 * DAY,
    )  # fmt: skip
    diary.clock(on(20))
    return case


def test_each_number_counts_its_list(alice_client: Client, busy: Case) -> None:
    put_rule("R01")
    assert numbers(alice_client) == {
        "rules": "1",
        "alerts": "1",
        "reviews": "1",
        "overrides": "1",
        "waivers": "0",
        "adherence": "1 of 1",
    }
    assert [row[0] for row in table(alice_client, "rules")] == ["Rule", "R01"]
    words = main_text(shown(alice_client, "reviews"))
    assert "Margaret Ellison Right L5 foraminal stenosis 17 Nov 2026 3 Alice Archer" in words
    assert "Margaret Ellison Right L5 foraminal stenosis 1 1 7 Alice Archer" in main_text(
        shown(alice_client, "adherence")
    )
    assert "Worse than at the start Soon" in main_text(shown(alice_client))


def test_a_list_is_a_table_without_formulas(alice_client: Client, busy: Case) -> None:
    assert table(alice_client, "overrides") == [
        ["Patient", "Case", "Exercise", "Reason", "By", "Until"],
        [
            "Margaret Ellison",
            "Right L5 foraminal stenosis",
            "Dead bug",
            "'=It helps her",
            "Alice Archer",
            "18 Dec 2026",
        ],
    ]


def test_an_override_comes_up_before_it_ends(
    alice_client: Client, case: Case, issued: IssuedPrescription, alice: User, diary: Diary
) -> None:
    def lines() -> list[str]:
        page = alice_client.get(reverse("dashboard"))
        return [item.detail for item in page.context["attention"] if "Override" in item.detail]

    diary.clock(on(20))
    exercise = World(case.practice, alice).exercise()
    item = ProgramItemFactory(program=issued.program, exercise=exercise)
    decided = {"item": item, "rules": [], "reason": "Helps.", "made_by": alice, "made_on": TODAY}
    Override.objects.create(**decided, expires_on=TODAY + 7 * DAY)
    ending = "Override ends after 27 Nov 2026: Dead bug. Alice Archer: “Helps.” · "
    assert lines() == [ending + "Right L5 foraminal stenosis"]
    Override.objects.create(**decided, expires_on=TODAY + 8 * DAY)
    assert lines() == []


def test_what_is_over_is_not_counted(alice_client: Client, busy: Case) -> None:
    Program.objects.update(ended_at=on(19))
    busy.alerts.update(acknowledged_at=on(19), acknowledged_by=busy.clinician, note="Seen.")
    assert numbers(alice_client) == {
        "rules": "0",
        "alerts": "0",
        "reviews": "0",
        "overrides": "0",
        "waivers": "0",
        "adherence": "0 of 0",
    }


def test_it_is_for_the_lead_of_this_practice(
    bob_client: Client, charlie_client: Client, busy: Case
) -> None:
    for name in ("practice_overview", "practice_overview_csv"):
        assert bob_client.get(reverse(name)).status_code == 403
    assert "Margaret" not in main_text(shown(charlie_client))
    assert numbers(charlie_client)["alerts"] == "0"


def test_monitoring_is_counted_in_the_united_states(
    alice_client: Client, practice: Practice, busy: Case, diary: Diary
) -> None:
    assert "monitoring" not in numbers(alice_client)
    Practice.objects.filter(pk=practice.pk).update(time_zone="America/New_York")
    rows = table(alice_client, "monitoring")
    assert rows[0][2:] == ["Month", "Days with a session", "Minutes of finished sessions"]
    assert rows[1][:4] == ["Margaret Ellison", "Right L5 foraminal stenosis", "November 2026", "1"]


@pytest.mark.parametrize("many", [1, 5])
def test_the_queries_do_not_grow(
    alice_client: Client,
    practice: Practice,
    alice: User,
    many: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(many):
        case = CaseFactory(patient__practice=practice, clinician=alice)
        issue(case, alice, on(2), three_exercises())
        AlertFactory(case=case)
    shown(alice_client, "adherence")
    with django_assert_num_queries(16):
        shown(alice_client, "adherence")
