"""A case with an issued program, a clock to set, and a patient who reports."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import Any

import pytest

from clinic.models import Practice, User
from patients.models import Case
from programs.access.models import PatientAccess
from programs.prescriptions.models import IssuedPrescription, Program
from programs.prescriptions.prescription import Prescription
from programs.sessions.actions import Stored, store
from programs.sessions.entries import Batch, ExerciseEntry, SymptomEntry
from tests.clock import SetClock
from tests.programs.portal.conftest import make_case
from tests.programs.samples import sample_prescription

UTC = dt.UTC
STARTED = dt.datetime(2026, 10, 26, 9, 0, tzinfo=UTC)
"""A Monday, the first day of winter time in London."""
NOW = dt.datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
"""The Friday of the fourth week."""
TODAY = dt.date(2026, 11, 20)
ITEMS = tuple(str(uuid.UUID(int=n)) for n in range(1, 4))
"""Once a day, once a day, and 3 to 5 times a day: the ids of the exercises."""


def issue(
    case: Case, by: User, at: dt.datetime, prescription: Prescription | None = None
) -> IssuedPrescription:
    """The next version of the case's program, issued at that moment."""
    program, _ = Program.objects.get_or_create(
        case=case, ended_at=None, defaults={"title": "Low back", "created_by": by, "changed_by": by}
    )
    PatientAccess.objects.ensure(case=case, by=by)
    version = program.prescriptions.count() + 1
    value = replace(
        prescription or three_exercises(),
        program=str(program.pk),
        version=version,
        issued_on=at.date(),
    )
    return IssuedPrescription.objects.create(
        program=program,
        version=version,
        payload=value.to_dict(),
        draft={},
        digest="0" * 64,
        issue_key=uuid.uuid4(),
        issued_by=by,
        issued_at=at,
    )


def three_exercises(**changes: Any) -> Prescription:
    """Three exercises of the sample, by ids that the database takes."""
    sample = sample_prescription(3, figures=False, **changes)
    items = (replace(item, item=key) for item, key in zip(sample.items, ITEMS, strict=True))
    return replace(sample, items=tuple(items))


@dataclass
class Diary:
    """What a patient reports, stored as it is when it happens."""

    case: Case
    clock: SetClock

    def send(self, at: dt.datetime, *entries: Any) -> Stored:
        self.clock(at)
        return store(case=self.case, batch=Batch(tuple(entries)), received_at=at)

    def session(
        self,
        at: dt.datetime,
        *,
        before: tuple[int, tuple[str, ...]] | None = None,
        after: tuple[int, tuple[str, ...]] | None = None,
        done: tuple[str, ...] = ITEMS,
        partly: tuple[str, ...] = (),
        skipped: tuple[str, ...] = (),
    ) -> uuid.UUID:
        """One run: pain and regions before and settled, and what was done."""
        run = uuid.uuid4()
        states = {"done": done, "partly": partly, "skipped": skipped}
        entries: list[Any] = [
            ExerciseEntry(uuid.uuid4(), run, at + dt.timedelta(minutes=5), item, state)
            for state, items in states.items()
            for item in items
        ]
        if before:
            entries.insert(0, self.symptoms(run, at, "before", *before))
        if after:
            later = at + dt.timedelta(minutes=20)
            entries.append(self.symptoms(run, later, "settled", *after))
        self.send(at + dt.timedelta(minutes=30), *entries)
        return run

    @staticmethod
    def symptoms(
        run: uuid.UUID,
        at: dt.datetime,
        phase: str,
        pain: int | None,
        regions: Any = None,
        **more: Any,
    ) -> SymptomEntry:
        return SymptomEntry(uuid.uuid4(), run, at, phase, pain=pain, regions=regions, **more)


@pytest.fixture
def case(practice: Practice, alice: User, clock: SetClock) -> Case:
    clock(STARTED)
    return make_case(practice, alice, "Margaret Ellison", dt.date(1951, 3, 8))


@pytest.fixture
def issued(case: Case, alice: User) -> IssuedPrescription:
    """Three exercises, issued on the Monday."""
    return issue(case, alice, STARTED)


@pytest.fixture
def diary(case: Case, issued: IssuedPrescription, clock: SetClock) -> Diary:
    return Diary(case, clock)


def on(day: int, hour: int = 8, month: int = 11) -> dt.datetime:
    """A moment of 2026."""
    return dt.datetime(2026, month, day, hour, tzinfo=UTC)
