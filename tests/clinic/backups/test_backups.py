"""One encrypted file, and back into a new database: every row, or nothing."""

import os
import secrets
import sys
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import psycopg
import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from clinic.backups import restore as restoring
from clinic.backups.address import READER, address, connected, server_address
from clinic.backups.archive import ArchiveError, new_key, read_archive, write_archive
from clinic.backups.contents import contents, differences
from clinic.backups.restore import make_database, take_the_place
from clinic.models import User
from patients.models import Patient
from tests import factories
from tests.kept_database import end_other_sessions

KEY, RECIPIENT = new_key()
OTHER_KEY, _ = new_key()
NEW = f"restored_{os.getpid()}"
LIKE = "SELECT datname FROM pg_database WHERE datname LIKE %s"
NAME = "Hannah Harbour-Ünüpeç"


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("backups")
    (made / "key").write_text(KEY)
    (made / "other-key").write_text(OTHER_KEY)
    return made


@pytest.fixture
def patient(transactional_db: None, alice: User) -> Patient:
    practice = alice.memberships.get().practice
    return factories.PatientFactory(practice=practice, created_by=alice, full_name=NAME)


@pytest.fixture
def _no_leftover(transactional_db: None) -> Iterator[None]:
    yield
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{NEW}"')


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def backed_up(folder: Path) -> Path:
    run("backup", folder, "--recipient", RECIPIENT)
    (file,) = folder.glob("homeward-*.age")
    return file


@pytest.fixture
def _site_again(transactional_db: None) -> Iterator[None]:
    """What a restore has put aside is the tests' database again.

    A restore wants the site to stand still; one that earlier tests were shown keeps its sessions.
    """
    end_other_sessions()
    yield
    connection.close()
    name = connection.settings_dict["NAME"]
    with connected(server_address()) as opened:
        for (before,) in opened.execute(LIKE, [f"{name}_before_%"]).fetchall():
            opened.execute(f'DROP DATABASE "{name}"')
            opened.execute(f'ALTER DATABASE "{before}" RENAME TO "{name}"')


@pytest.mark.usefixtures("_no_leftover", "_site_again")
def test_what_was_backed_up_is_what_the_site_has_after_a_restore(
    patient: Patient, folder: Path
) -> None:
    file, stood = backed_up(folder), _contents()
    assert file.name == "homeward-20261120T093000Z.age"
    Patient.objects.update(full_name="Somebody Else")
    factories.PatientFactory(practice=patient.practice, created_by=patient.created_by)
    assert "patients_patient" in differences(stood, _contents())
    said = run("restore", file, "--identity", folder / "key", "--database", NEW, "--replace")
    assert "All of them are the same." in said
    before = said.partition("What was there before is in ")[2].removesuffix(".\n")
    assert differences(stood, _contents()) == []
    assert list(Patient.objects.values_list("full_name", flat=True)) == [NAME]
    with psycopg.connect(**{**address(READER), "dbname": before}) as aside:
        names = aside.execute("SELECT count(*) FROM patients_patient WHERE full_name = %s", [NAME])
        assert names.fetchone() == (0,)


@pytest.mark.usefixtures("_no_leftover")
def test_the_role_that_serves_is_walled_off_there_too(patient: Patient, folder: Path) -> None:
    said = run("restore", backed_up(folder), "--identity", folder / "key", "--database", NEW)
    assert f"They are in the database {NEW}." in said
    with psycopg.connect(**{**address(READER), "dbname": NEW}) as restored:
        walls = restored.execute("SELECT count(*) FROM pg_policies").fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_policies")
        assert walls == cursor.fetchone()
    with psycopg.connect(**{**address(READER), "dbname": NEW, "user": "homeward_app"}) as served:
        assert served.execute("SELECT count(*) FROM patients_patient").fetchone() == (0,)
        served.execute(
            "SELECT set_config('homeward.practice', %s, true)", [str(patient.practice_id)]
        )
        assert served.execute("SELECT count(*) FROM patients_patient").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            served.execute("DELETE FROM clinic_auditentry")


def test_a_look_keeps_nothing(patient: Patient, folder: Path) -> None:
    said = run("restore", backed_up(folder), "--identity", folder / "key", "--check")
    assert "nothing has been kept" in said
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'homeward_check_%'")
        assert cursor.fetchone() == (0,)


def test_nobody_reads_it_without_the_key(patient: Patient, folder: Path) -> None:
    file = backed_up(folder)
    assert NAME.encode() not in file.read_bytes()
    assert (file.stat().st_mode & 0o777) == 0o600
    with pytest.raises(CommandError, match="cannot be read with this key"):
        run("restore", file, "--identity", folder / "other-key", "--check")


@pytest.mark.parametrize("harm", ["cut", "changed", "foreign"])
@pytest.mark.usefixtures("_no_leftover")
def test_a_damaged_file_restores_nothing(patient: Patient, folder: Path, harm: str) -> None:
    file = backed_up(folder)
    data = bytearray(file.read_bytes())
    if harm == "cut":
        del data[-70_000:]
    elif harm == "changed":
        data[len(data) // 2] ^= 1
    else:
        data = bytearray(b"PGDMP")
    file.write_bytes(data)
    with pytest.raises(CommandError, match="Not restored: The file"):
        run("restore", file, "--identity", folder / "key", "--database", NEW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [NEW])
        assert cursor.fetchone() == (0,)


def test_a_database_that_does_not_take_it_is_not_called_a_damaged_file(
    patient: Patient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one of an older release does, which knows a setting of the dump not."""
    gives_up = [sys.executable, "-c", "import sys; sys.exit('error: unrecognized parameter')"]
    monkeypatch.setattr(restoring, "command", lambda *_: (gives_up, dict(os.environ)))
    Patient.objects.filter(pk=patient.pk).update(clinician_notes=secrets.token_hex(200_000))
    file = backed_up(folder)
    assert file.stat().st_size > 3 * 64 * 1024, "more than a pipe holds"
    with pytest.raises(CommandError, match="did not take it: error: unrecognized parameter"):
        run("restore", file, "--identity", folder / "key", "--check")


@pytest.fixture
def two_databases(transactional_db: None) -> Iterator[tuple[str, str]]:
    """The name of a site's database and of a restored one, each with a table of its own."""
    names = f"site_{os.getpid()}", NEW
    server = server_address()
    for name in names:
        make_database(name, server)
        with connected({**server, "dbname": name}) as opened:
            opened.execute(f"CREATE TABLE of_{name.split('_')[0]} ()")
    yield names
    with connected(server) as opened:
        for (left,) in opened.execute(LIKE, [f"{names[0]}%"]).fetchall():
            opened.execute(f'DROP DATABASE "{left}"')


def tables(database: str) -> list[str]:
    with connected({**server_address(), "dbname": database}) as opened:
        found = opened.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [name for (name,) in found.fetchall()]


def test_a_restored_one_takes_the_place_of_the_sites_which_is_kept(
    two_databases: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site, restored = two_databases
    monkeypatch.setitem(connection.settings_dict, "NAME", site)
    before = take_the_place(restored, server_address())
    monkeypatch.undo()
    assert before.startswith(f"{site}_before_20261120T0930")
    assert (tables(site), tables(before)) == (["of_restored"], ["of_site"])
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        tables(restored)


def test_what_is_there_is_never_written_over(patient: Patient, folder: Path) -> None:
    file = backed_up(folder)
    with pytest.raises(CommandError, match="already exists"):
        run("restore", file, "--identity", folder / "key", "--database",
            connection.settings_dict["NAME"])  # fmt: skip
    with pytest.raises(CommandError, match="is there already"):
        run("backup", file, "--recipient", RECIPIENT)
    assert Patient.objects.get().full_name == NAME


def test_a_value_that_differs_is_found(patient: Patient) -> None:
    before = _contents()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patients_patient SET phone = '1'")
    after = _contents()
    assert differences(before, after) == ["patients_patient"]
    assert (before["patients_patient"][0], after["patients_patient"][0]) == (1, 1)


def test_the_role_that_backs_up_reads_every_practice_and_changes_nothing(
    patient: Patient, charlie: User
) -> None:
    theirs = charlie.memberships.get().practice
    factories.PatientFactory(practice=theirs, created_by=charlie)
    with psycopg.connect(**address(READER), autocommit=True) as reader:
        assert reader.execute("SELECT count(*) FROM patients_patient").fetchone() == (2,)
        reader.execute("SET default_transaction_read_only = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("UPDATE patients_patient SET phone = '1'")


def test_old_ones_go_when_a_new_one_is_there(patient: Patient, folder: Path) -> None:
    for day in ("01", "02", "03"):
        (folder / f"homeward-202611{day}T000000Z.age").touch()
    run("backup", folder, "--recipient", RECIPIENT, "--keep", 2)
    assert sorted(path.name for path in folder.glob("*.age")) == [
        "homeward-20261103T000000Z.age", "homeward-20261120T093000Z.age",
    ]  # fmt: skip


def test_without_a_reader_nothing_is_written(folder: Path) -> None:
    with pytest.raises(CommandError, match="Say who may open it"):
        run("backup", folder)
    with pytest.raises(CommandError, match="A recipient begins with age1"):
        run("backup", folder, "--recipient", "me")
    assert list(folder.glob("*.age")) == []


def test_a_new_key_is_for_its_owner_alone(folder: Path) -> None:
    said = run("backup", folder / "new", "--make-key")
    assert (folder / "new").stat().st_mode & 0o777 == 0o600
    public = said.partition("BACKUP_RECIPIENTS=")[2].strip()
    assert public in (folder / "new").read_text()
    with pytest.raises(CommandError, match="cannot be made"):
        run("backup", folder / "new", "--make-key")


class Endless(BytesIO):
    """A dump that is larger than any memory it may take."""

    def __init__(self, pieces: int) -> None:
        self.left, self.longest = pieces, 0

    def read(self, size: int | None = -1) -> bytes:
        self.left -= 1
        self.longest = max(self.longest, size or 0)
        return b"x" * (size or 0) if self.left > 0 else b""


def test_it_is_read_in_pieces() -> None:
    dump, target = Endless(40), BytesIO()
    write_archive({"contents": {}}, dump, target, [RECIPIENT])
    assert 0 < dump.longest <= 1_000_000
    heard = BytesIO()
    read_archive(BytesIO(target.getvalue()), KEY, lambda about: heard)
    assert len(heard.getvalue()) == 39 * dump.longest


def test_a_file_of_somebody_elses_is_told_apart() -> None:
    foreign = BytesIO()
    pyrage.encrypt_io(BytesIO(b"holiday photographs"), foreign,
                      [pyrage.x25519.Recipient.from_str(RECIPIENT)])  # fmt: skip
    with pytest.raises(ArchiveError, match="holds no backup of Homeward"):
        read_archive(BytesIO(foreign.getvalue()), KEY, lambda about: BytesIO())


def _contents() -> dict[str, list[object]]:
    with connected(address(READER)) as opened:
        return dict(contents(opened))
