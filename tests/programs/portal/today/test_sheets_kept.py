"""What was issued is arranged for the page once and kept, also while many patients ask at once."""

import sys
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from programs.portal import published
from programs.prescriptions.models import IssuedPrescription
from tests.programs.samples import sample_prescription
from tests.waiting import PATIENCE_S

THREADS, EACH = 4, 60


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns a thousand times as often as usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(usual)


def issued_to(patient: str) -> IssuedPrescription:
    """What one patient was issued, as the row that a page reads."""
    payload = sample_prescription(1, figures=False, patient_name=patient).to_dict()
    return IssuedPrescription(issue_key=uuid.uuid4(), payload=payload)


@pytest.mark.usefixtures("hurried")
def test_four_patients_at_once_after_a_restart_each_get_their_own_program() -> None:
    """Nothing is kept yet, so that each page puts a sheet among those that the others count."""
    together = threading.Barrier(THREADS, timeout=PATIENCE_S)

    def ask(name: str) -> set[str]:
        rows = [issued_to(name) for _ in range(EACH)]
        together.wait()
        return {published.sheet(row).prescription.patient_name for row in [*rows, *rows]}

    names = ["Maria Abel", "Jonas Brandt", "Chidi Obi", "Aiko Mori"]
    with ThreadPoolExecutor(THREADS) as pool:
        seen = list(pool.map(ask, names))
    assert seen == [{"Maria Abel"}, {"Jonas Brandt"}, {"Chidi Obi"}, {"Aiko Mori"}]


def test_a_sheet_is_arranged_once_and_only_so_many_are_kept() -> None:
    row = issued_to("Maria Abel")
    assert published.sheet(row) is published.sheet(row)
    for _ in range(100):
        published.sheet(issued_to("Jonas Brandt"))
    assert len(published.sheet.cache) == 64
    assert published.sheet(row).prescription.patient_name == "Maria Abel"


def test_sheets_full_of_pictures_make_room_for_each_other() -> None:
    """Ten megabytes each: three fit in 32, and one that fits nowhere is given and not kept."""
    rows = [pictured(10 * 1024 * 1024) for _ in range(4)]
    sheets = [published.sheet(row) for row in rows]
    assert published.sheet(rows[3]) is sheets[3]
    assert len(published.sheet.cache) == 3
    huge = pictured(33 * 1024 * 1024)
    assert published.sheet(huge) == published.sheet(huge)
    assert len(published.sheet.cache) == 3


def pictured(characters: int) -> IssuedPrescription:
    """One exercise whose movement takes so many characters."""
    row = issued_to("Maria Abel")
    row.payload["items"][0]["motion"] = "A" * characters
    return row
