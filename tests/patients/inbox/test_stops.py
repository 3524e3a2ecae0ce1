"""Open red flags by the database's functions are those of the query that says what they are."""

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from clinic.models import Practice, User
from patients.inbox.attention import open_stops
from patients.inbox.stops import flags_of, gravest
from patients.models import Alert, Case, RedFlagClearance, ScreenAnswer
from patients.vocabulary import Route, stop_route
from tests.factories import AlertFactory, AnswerFactory, CaseFactory, ConditionFactory

pytestmark = pytest.mark.django_db
CODES = (
    "rf_cauda_equina_bladder", "rf_foot_drop", "rf_cancer_history", "rf_weight_loss",
    "rf_night_pain_unrelenting", "dvt_suspected", "glaucoma",
)  # fmt: skip


def many(random: Random, practice: Practice, alice: User, cases: int) -> None:
    """Cases with answers of all kinds: taken back, cleared, told as an alert, and together."""
    now = timezone.now()
    for _ in range(cases):
        case = CaseFactory(patient__practice=practice)
        for n in range(random.randrange(6)):
            code = random.choice(CODES)
            row = AnswerFactory(
                case=case,
                code=code,
                answer=random.choice(["yes", "yes", "no", "unknown"]),
                answered_at=now - timedelta(minutes=random.randrange(9) * 60 + n),
            )
            if row.answer == "yes" and random.random() < 0.3:
                RedFlagClearance.objects.create(answer=row, cleared_by=alice, note="Seen today.")
            if random.random() < 0.2:
                facts = {"red_flag": code}
                AlertFactory(case=case, facts=facts, event=f"{code} {row.pk}")
        if random.random() < 0.2:
            ConditionFactory(case=case, code="thoracic_pain", side="central")


def expected(practice: Practice) -> list[tuple[Case, list[str], bool]]:
    told = set(
        Alert.objects.open().filter(practice=practice).values_list("case", "facts__red_flag")
    )
    by_case: dict[Case, list[ScreenAnswer]] = {}
    rows = ScreenAnswer.objects.open_stops().filter(practice=practice).select_related("case")
    for row in rows.order_by("pk"):
        if (row.case_id, row.code) not in told:
            by_case.setdefault(row.case, []).append(row)
    found = [
        (case, rows, any(stop_route(row.code) is Route.EMERGENCY for row in rows))
        for case, rows in by_case.items()
    ]
    found.sort(key=lambda one: str(one[0].pk))
    found.sort(key=lambda one: max(row.answered_at for row in one[1]), reverse=True)
    found.sort(key=lambda one: not one[2])
    return [(case, [row.code for row in rows], grave) for case, rows, grave in found]


@pytest.mark.parametrize("seed", range(3))
def test_they_are_the_same_and_in_the_same_order(
    practice: Practice, other_practice: Practice, alice: User, seed: int
) -> None:
    random = Random(seed)
    many(random, practice, alice, 20)
    many(random, other_practice, alice, 2)
    wanted = [(case.pk, codes, grave) for case, codes, grave in expected(practice)]
    found, whole = gravest(practice, None)
    assert [(case, stop.codes, stop.is_emergency) for case, stop in found.items()] == wanted
    assert whole
    cases = list(practice.cases.values_list("pk", flat=True))
    rows = ScreenAnswer.objects.open_stops().filter(practice=practice).order_by("pk")
    assert [(flag.case, flag.code, flag.pk, flag.helper) for flag in flags_of(practice, cases)] == [
        (row.case_id, row.code, row.pk, row.helper) for row in rows
    ]
    # Few flags are looked at: emergencies first, and of each case all that stops it.
    few, whole = gravest(practice, 3)
    told = {case: codes for case, codes, _ in wanted}
    assert all(stop.codes == told[case] for case, stop in few.items())
    assert whole is (sum(map(len, told.values())) < 3)
    graves = sum(grave for _, _, grave in wanted)
    assert sum(stop.is_emergency for stop in few.values()) >= min(graves, 1)


def test_a_list_that_closed_cases_leave_short_is_filled(
    practice: Practice, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("patients.inbox.attention.MOST", 2)
    monkeypatch.setattr("patients.inbox.attention._LOOKED_AT", (3, 5, None))
    now = timezone.now()
    for n in range(9):
        case = CaseFactory(patient__practice=practice, closed_at=now if n < 6 else None)
        AnswerFactory(case=case, code="rf_foot_drop", answered_at=now - timedelta(hours=n))
    *lines, note = open_stops(practice, alice)
    assert len(lines) == 2
    assert "More than" in note.words  # type: ignore[union-attr]
