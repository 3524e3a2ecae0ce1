"""A bucket that fails for one file, or altogether: the rest goes on, and nobody waits for ever."""

import io
from collections import Counter
from threading import Event
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError
from django.test import Client, override_settings
from django.urls import reverse

from clinic.file_moves import tidy_files
from clinic.models import AuditEntry, Look, Practice
from clinic.server.checks import check_files_endpoint
from clinic.storehouse import place
from clinic.storehouse.bucket import in_time
from clinic.storehouse.place import MOST_SILENCES, FilesLeftError, StoreAwayError, Tries
from patients.models import Case
from programs.management.commands.run_due import run_once
from programs.prescriptions.handout_models import Handout
from tests.clinic.storehouse.conftest import DIGEST, PDF, names
from tests.clinic.storehouse.test_files import moved
from tests.every_row import every
from tests.patients.pages import main_text
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.django_db
OTHER = b"%PDF-1.7 raise your other leg ten times"


@pytest.fixture
def second(paper: Handout) -> Handout:
    """The same program in large print."""
    return Handout.objects.create(
        prescription=paper.prescription, access=paper.access, large_print=True, pdf=OTHER
    )


@pytest.fixture
def gone(bucket: Any, paper: Handout, second: Handout) -> Handout:
    """Both lie in the bucket, which has lost the first."""
    tidy_files()
    bucket.Object(f"practices/{paper.practice_id}/{DIGEST}").delete()
    return paper


def unpacked(answer: Any) -> dict[str, bytes]:
    whole = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert whole.testzip() is None
    return {name: whole.read(name) for name in whole.namelist()}


def test_the_command_goes_on_and_says_how_many_failed(
    gone: Handout, second: Handout, settings: Any
) -> None:
    settings.FILES_STAY = True
    with pytest.raises(CommandError, match=r"Not all files were moved.*Run this again"):
        moved("--to", "database")
    second.refresh_from_db()
    gone.refresh_from_db()
    assert (bytes(second.pdf), second.stored_digest) == (OTHER, "")
    assert gone.stored_digest == DIGEST


def test_run_due_goes_on_and_says_how_many_failed(
    bucket: Any, paper: Handout, second: Handout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def put(practice: int, content: bytes) -> str:
        if content == PDF:
            raise StoreAwayError("no room for this one", answered=True)
        return right(practice, content)

    right = place.put
    with monkeypatch.context() as full:
        full.setattr(place, "put", put)
        failed, counts = run_once(lambda: False)
    assert failed == ["files"]
    assert (counts["files stored"], counts["files failed"]) == (1, 1)
    assert len(names(bucket)) == 1
    assert tidy_files()["stored"] == 1


def test_nothing_more_is_asked_of_a_bucket_that_says_nothing() -> None:
    asked = []

    def silent() -> None:
        asked.append(1)
        raise StoreAwayError("ReadTimeoutError")

    tries = Tries()
    for _ in range(10):
        assert tries.one(silent) is None
    assert (len(asked), tries.failed, tries.given_up) == (MOST_SILENCES, 10, True)
    with pytest.raises(FilesLeftError, match="10 not done"):
        tries.tell(Counter())


def test_a_bucket_that_has_lost_many_is_asked_for_each() -> None:
    def lost() -> None:
        raise StoreAwayError("ClientError", answered=True)

    tries = Tries()
    for _ in range(10):
        tries.one(lost)
    assert (tries.failed, tries.given_up) == (10, False)


def test_bytes_that_drip_hold_nobody(settings: Any) -> None:
    """Whoever waits is let go; what drips is left behind, and other files are asked for."""
    never, settings.FILES_SECONDS = Event(), 0.01
    with pytest.raises(StoreAwayError, match="took too long") as told:
        in_time(never.wait)
    assert not told.value.answered
    never.set()
    settings.FILES_SECONDS = PATIENCE_S
    assert in_time(lambda: b"here") == b"here"


def test_an_export_names_what_is_missing_and_is_not_taken_for_whole(
    gone: Handout, second: Handout, case: Case, alice_client: Client
) -> None:
    answer = alice_client.get(reverse("patient_export", args=[case.patient_id]))
    assert answer.headers["Content-Disposition"].endswith('-incomplete.zip"')
    files = unpacked(answer)
    assert f"handouts/{gone.pk}.pdf" not in files
    assert files[f"handouts/{second.pk}-large.pdf"] == OTHER
    said = files["INCOMPLETE.txt"].decode()
    assert said.startswith("This export is not complete.")
    assert said.endswith(f"\nhandouts/{gone.pk}.pdf\n")
    entry = AuditEntry.objects.get(action="export.incomplete")
    assert (entry.details, entry.patient) == ({"files": 1}, case.patient_id)


def test_an_export_of_the_practice_goes_on_behind_what_is_missing(
    gone: Handout, case: Case, practice: Practice, alice_client: Client
) -> None:
    files = unpacked(alice_client.get(reverse("practice_export")))
    name = f"patients/{case.patient_id}/handouts/{gone.pk}.pdf"
    assert list(files)[-1] == "INCOMPLETE.txt"
    assert files["INCOMPLETE.txt"].decode().endswith(f"\n{name}\n")
    entry = AuditEntry.objects.get(action="export.incomplete")
    assert (entry.target_id, entry.details) == (str(practice.pk), {"files": 1})


def test_an_export_that_has_everything_says_nothing(
    bucket: Any, paper: Handout, case: Case, alice_client: Client
) -> None:
    tidy_files()
    answer = alice_client.get(reverse("patient_export", args=[case.patient_id]))
    assert "incomplete" not in answer.headers["Content-Disposition"]
    files = unpacked(answer)
    assert (files[f"handouts/{paper.pk}.pdf"], "INCOMPLETE.txt" in files) == (PDF, False)
    assert not AuditEntry.objects.filter(action="export.incomplete").exists()


def test_handouts_together_are_all_there_or_none(gone: Handout, alice_client: Client) -> None:
    """What is printed for several is one file, which nobody could see a gap in."""
    alice_client.raise_request_exception = False
    before = Look.objects.filter(kind="print").count()
    answer = alice_client.get(reverse("handouts_together", args=[gone.prescription_id]))
    assert (answer.status_code, "file right now" in main_text(answer)) == (503, True)
    assert Look.objects.filter(kind="print").count() == before


@every(
    ("endpoint", "told"),
    [
        (None, []),
        ("https://store.example", []),
        ("http://127.0.0.1:9000", []),
        ("http://store.example", ["clinic.W004"]),
        ("http://10.0.0.7:9000", ["clinic.W004"]),
    ],
)
def test_the_deployment_check_speaks_of_the_way_there(endpoint: str, told: list[str]) -> None:
    with override_settings(FILES_STORE={"OPTIONS": {"endpoint_url": endpoint}}):
        assert [message.id for message in check_files_endpoint(None)] == told
