"""Files in a bucket beside the database: the same bytes, for nobody but this site, or none."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from clinic import file_moves, wall
from clinic.file_moves import tidy_files
from clinic.models import Practice, UnwantedFile, User
from clinic.storehouse import place
from clinic.storehouse.place import StoreAwayError
from clinic.wall import passages
from patients.models import Case
from programs.exercises.pictures.models import ExercisePicture
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.photograph_models import IssuedPhotograph
from tests.clinic.storehouse.conftest import DIGEST, PDF, names
from tests.clock import NOW
from tests.factories import ExercisePictureFactory
from tests.kept_rows import put_catalogue
from tests.patients.pages import main_text

pytestmark = pytest.mark.django_db


def address(paper: Handout) -> str:
    issued = paper.prescription
    return f"/programs/{issued.program_id}/versions/{issued.version}/handout/?large=0"


def erase(case: Case) -> None:
    with wall.within(case.practice_id):
        passages.erase_patient(case.patient_id, reason="asked", by=None)


def moved(*arguments: str) -> str:
    out = StringIO()
    call_command("move_files", *arguments, stdout=out)
    return out.getvalue().strip()


def test_a_handout_leaves_its_row_and_reads_the_same(
    bucket: Any, paper: Handout, alice_client: Client
) -> None:
    assert names(bucket) == []
    assert tidy_files() == {"stored": 1}
    paper.refresh_from_db()
    assert (bytes(paper.pdf), paper.stored_digest, paper.size) == (b"", DIGEST, len(PDF))
    assert names(bucket) == [f"practices/{paper.practice_id}/{DIGEST}"]
    grants = bucket.Object(names(bucket)[0]).Acl().grants
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
    assert alice_client.get(address(paper)).content == PDF
    assert (tidy_files(), UnwantedFile.objects.count()) == ({}, 0)


def test_while_the_bucket_is_away_files_stay_in_their_rows(
    bucket: Any, paper: Handout, alice_client: Client
) -> None:
    bucket.delete()
    with pytest.raises(StoreAwayError):
        tidy_files()
    assert alice_client.get(address(paper)).content == PDF
    bucket.create()
    assert tidy_files()["stored"] == 1


def test_an_answer_that_is_none_counts_as_no_answer(bucket: Any) -> None:
    """Such as from a proxy in between that leads round in a circle, or speaks no XML."""
    from botocore.parsers import ResponseParserError

    from clinic.storehouse.bucket import told

    for error in (ValueError, RecursionError, ResponseParserError):
        with pytest.raises(StoreAwayError, match=error.__name__), told():
            raise error


def test_whoever_wants_one_then_is_told_that_it_passes(
    bucket: Any, paper: Handout, alice_client: Client
) -> None:
    tidy_files()
    bucket.objects.delete()
    alice_client.raise_request_exception = False
    answer = alice_client.get(address(paper))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "We cannot reach this file right now" in main_text(answer)
    assert alice_client.get(f"/cases/{paper.access.case_id}/").status_code == 200


def test_other_bytes_are_never_handed_out(bucket: Any, paper: Handout) -> None:
    tidy_files()
    bucket.put_object(Key=names(bucket)[0], Body=b"%PDF-1.7 raise your leg 100 times")
    paper.refresh_from_db()
    with pytest.raises(StoreAwayError, match="other bytes"):
        paper.whole()
    with pytest.raises(CommandError, match="Not all files are there"):
        moved("--check")


@pytest.mark.parametrize(
    "change",
    ["pdf = 'other'", "pdf = '', stored_digest = repeat('0', 64), stored_bytes = 33",
     "pdf = '', stored_bytes = 33", "large_print = true"],
)  # fmt: skip
def test_the_database_lets_a_handout_go_only_as_what_it_is(paper: Handout, change: str) -> None:
    with pytest.raises(IntegrityError, match="is final"), connection.cursor() as cursor:  # noqa: SIM117
        with transaction.atomic():
            cursor.execute(f"UPDATE programs_handout SET {change}")  # noqa: S608 - of this file


def test_an_erased_record_leaves_nothing_in_the_bucket(
    bucket: Any, paper: Handout, case: Case
) -> None:
    tidy_files()
    erase(case)
    assert not Handout.objects.exists()
    bucket.objects.delete()
    bucket.delete()
    with pytest.raises(StoreAwayError):
        tidy_files()
    assert list(UnwantedFile.objects.values_list("digest", flat=True)) == [DIGEST]
    bucket.create()
    place.put(case.practice_id, PDF)
    assert tidy_files() == {"removed": 1}
    assert (names(bucket), UnwantedFile.objects.count()) == ([], 0)


def test_a_file_whose_row_never_heard_of_it_is_found(
    bucket: Any, paper: Handout, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies after the bucket has it; before the next round the record is erased."""

    def die(practice: int, content: bytes) -> str:
        put(practice, content)
        raise KeyboardInterrupt

    put = place.put
    with monkeypatch.context() as dying:
        dying.setattr(place, "put", die)
        with pytest.raises(KeyboardInterrupt):
            tidy_files()
    assert names(bucket) == [f"practices/{case.practice_id}/{DIGEST}"]
    erase(case)
    assert (tidy_files(), names(bucket)) == ({"removed": 1}, [])


def test_a_file_that_two_rows_need_stays_until_both_are_gone(
    bucket: Any, paper: Handout, case: Case
) -> None:
    Handout.objects.create(
        prescription=paper.prescription, access=paper.access, large_print=True, pdf=PDF
    )
    assert (tidy_files(), len(names(bucket))) == ({"stored": 2}, 1)
    UnwantedFile.objects.create(practice_id=case.practice_id, digest=DIGEST)
    assert (tidy_files(), len(names(bucket))) == ({"removed": 0}, 1)
    erase(case)
    assert (tidy_files(), names(bucket)) == ({"removed": 1}, [])


def test_photographs_in_use_stay_at_hand(bucket: Any, practice: Practice, alice: User) -> None:
    put_catalogue()
    shown = ExercisePictureFactory(practice=practice)
    down = ExercisePictureFactory(practice=practice, retired_at=NOW, retired_by=alice)
    content = bytes(down.content)
    assert tidy_files() == {"stored": 1}
    assert bytes(ExercisePicture.objects.get(pk=shown.pk).content) == content
    assert ExercisePicture.objects.get(pk=down.pk).whole() == content
    with wall.within(practice.pk):
        assert passages.erase_photographs() == 1
    assert (tidy_files(), names(bucket)) == ({"removed": 1}, [])


def test_files_come_back_by_a_command(bucket: Any, paper: Handout, settings: Any) -> None:
    assert (moved("--to", "bucket"), moved("--check")) == ("stored: 1", "there: 1")
    with pytest.raises(CommandError, match="Set FILES_STAY=1 first"):
        moved("--to", "database")
    settings.FILES_STAY = True
    assert moved("--to", "database") == "brought back: 1, removed: 1"
    paper.refresh_from_db()
    assert (paper.whole(), paper.stored_digest, names(bucket)) == (PDF, "", [])
    assert tidy_files() == {}
    settings.FILES_BUCKET = ""
    with pytest.raises(CommandError, match="names no bucket"):
        moved("--check")


def test_each_practice_has_files_of_its_own(
    bucket: Any, paper: Handout, other_practice: Practice
) -> None:
    """The same bytes in Charlie's practice: what goes there is not what Alice's has."""
    place.put(other_practice.pk, PDF)
    tidy_files()
    UnwantedFile.objects.create(practice=other_practice, digest=DIGEST)
    tidy_files()
    assert names(bucket) == [f"practices/{paper.practice_id}/{DIGEST}"]
    assert file_moves.kinds() == [ExercisePicture, IssuedPhotograph, Handout]
