"""``manage.py export_handout``: a handout for scripts, and one clear line when there is none."""

import dataclasses
import io
import uuid
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clinic.models import AuditEntry, Practice, User
from programs.access.models import PatientAccess
from programs.prescriptions.models import IssuedPrescription, Program
from tests.factories import CaseFactory
from tests.programs.pdf import Pdf
from tests.programs.portal.conftest import issue_for
from tests.programs.samples import sample_prescription


@pytest.fixture
def issued(practice: Practice, alice: User) -> IssuedPrescription:
    return issue_for(CaseFactory(patient__practice=practice), alice, sample_prescription(1))


def export(program: object, output: Path, *options: str) -> str:
    said = io.StringIO()
    call_command("export_handout", str(program), "--output", str(output), *options, stdout=said)
    return said.getvalue()


def test_the_latest_version_is_written(
    issued: IssuedPrescription, alice: User, tmp_path: Path
) -> None:
    issue_for(issued.program.case, alice, sample_prescription(2))
    file = tmp_path / "program.pdf"
    assert export(issued.program_id, file) == f"Wrote version 2 to {file}.\n"
    assert "version 2, 20 Nov 2026" in Pdf(file.read_bytes()).text


def test_a_printed_version_is_on_record(issued: IssuedPrescription, tmp_path: Path) -> None:
    export(issued.program_id, tmp_path / "program.pdf")
    entry = AuditEntry.objects.get(action="prescription.handout")
    assert (entry.actor, entry.actor_label) == (None, "system")
    assert entry.patient == issued.program.case.patient_id


def test_an_earlier_version_can_be_asked_for(
    issued: IssuedPrescription, alice: User, tmp_path: Path
) -> None:
    issue_for(issued.program.case, alice, sample_prescription(2))
    file = tmp_path / "program.pdf"
    assert export(issued.program_id, file, "--version", "1") == f"Wrote version 1 to {file}.\n"
    assert "version 1, 20 Nov 2026" in Pdf(file.read_bytes()).text


def test_large_print(issued: IssuedPrescription, tmp_path: Path) -> None:
    file = tmp_path / "program.pdf"
    export(issued.program_id, file, "--large-print")
    assert min(Pdf(file.read_bytes()).font_sizes_pt(0)) == 9.5
    assert 16 in Pdf(file.read_bytes()).font_sizes_pt(0)


def test_written_twice_it_is_the_same_file(issued: IssuedPrescription, tmp_path: Path) -> None:
    files = tmp_path / "one.pdf", tmp_path / "two.pdf"
    for file in files:
        export(issued.program_id, file)
    assert files[0].read_bytes() == files[1].read_bytes()


def refused(program: object, output: Path, *options: str) -> str:
    with pytest.raises(CommandError) as caught:
        export(program, output, *options)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_an_unknown_program(db: None, tmp_path: Path) -> None:
    nobody = uuid.uuid4()
    assert refused(nobody, tmp_path / "a.pdf") == f"There is no program {nobody}."


def test_a_draft_that_was_never_issued(practice: Practice, alice: User, tmp_path: Path) -> None:
    case = CaseFactory(patient__practice=practice)
    draft = Program.objects.create(case=case, title="Draft", created_by=alice, changed_by=alice)
    assert refused(draft.pk, tmp_path / "a.pdf") == "This program has not been issued yet."


def test_an_unknown_version(issued: IssuedPrescription, tmp_path: Path) -> None:
    assert refused(issued.program_id, tmp_path / "a.pdf", "--version", "3") == (
        "There is no version 3; the latest is 1."
    )


def test_a_revoked_link(issued: IssuedPrescription, alice: User, tmp_path: Path) -> None:
    links = PatientAccess.objects.filter(case=issued.program.case)
    links.update(revoked_at=issued.issued_at, revoked_by=alice)
    assert refused(issued.program_id, tmp_path / "a.pdf") == (
        "The patient's link has ended. Renew it on the case page first."
    )


def test_a_folder_that_is_not_there(issued: IssuedPrescription, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "a.pdf"
    assert refused(issued.program_id, file) == f"Cannot write {file}: No such file or directory."


def test_a_damaged_row(issued: IssuedPrescription, alice: User, tmp_path: Path) -> None:
    value = dataclasses.replace(sample_prescription(1), schema_version=99)
    damaged = issue_for(issued.program.case, alice, value)
    assert refused(damaged.program_id, tmp_path / "a.pdf") == (
        "Version 2 cannot be read: schema version 99 is not known."
    )
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["7", "--output", "a.pdf"], "argument PROGRAM_ID: '7' is no program id"),
        ([str(uuid.UUID(int=1))], "the following arguments are required: --output"),
        ([str(uuid.UUID(int=1)), "--output"], "argument --output: expected one argument"),
    ],
)
def test_a_mistyped_command_is_one_line_and_status_two(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("export_handout", *arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err == f"export_handout: {said}\n"
