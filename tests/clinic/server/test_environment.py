"""What the settings read from the environment."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic.server import environment
from tests.clinic.server.secrets_told import BREAKING_PASSWORDS, pieces_told

IMPATIENT = {
    "connect_timeout": "2", "keepalives_idle": "5", "keepalives_interval": "2",
    "keepalives_count": "3", "tcp_user_timeout": "10000",
}  # fmt: skip


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://homeward:p%40ss@db.example:5433/homeward?sslmode=require",
            {"NAME": "homeward", "USER": "homeward", "PASSWORD": "p@ss", "HOST": "db.example",
             "PORT": "5433", "OPTIONS": {**IMPATIENT, "sslmode": "require"}},
        ),
        (
            "postgresql:///homeward?host=/run/postgresql",
            {"NAME": "homeward", "USER": "", "PASSWORD": "", "HOST": "/run/postgresql",
             "PORT": "", "OPTIONS": IMPATIENT},
        ),
        (
            "postgres://[::1]/homeward",
            {"NAME": "homeward", "USER": "", "PASSWORD": "", "HOST": "::1", "PORT": "",
             "OPTIONS": IMPATIENT},
        ),
    ],
)  # fmt: skip
def test_a_database_address_is_taken_apart(
    url: str, expected: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("X", url)
    always = {"ENGINE": "clinic.wall", "CONN_HEALTH_CHECKS": True}
    assert environment.database("X") == {**always, **expected}


@pytest.mark.parametrize("password", BREAKING_PASSWORDS)
def test_a_password_that_breaks_the_address_hangs_on_no_fault(
    password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("X", f"postgres://homeward:{password}@db.example/homeward")
    with pytest.raises(ImproperlyConfigured, match=r"^X must look like postgres://user:") as error:
        environment.database("X")
    assert pieces_told(password, str(error.value)) == []
    assert (error.value.__cause__, error.value.__context__) == (None, None)


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("yes", True), ("0", False), ("Off", False), ("", False)]
)
def test_yes_and_no(value: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", value)
    assert environment.flag("X", not expected) is expected


@pytest.mark.parametrize(("value", "expected"), [("12", 12), (" 0 ", 0), ("", 7), (" ", 7)])
def test_a_number(value: str, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", value)
    assert environment.number("X", 7) == expected


@pytest.mark.parametrize("value", ["-1", "+1", "1.5", "1_000", "many"])
def test_what_is_no_number(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(ImproperlyConfigured) as error:
        environment.number("X", 7)
    assert str(error.value) == f"X must be a whole number, not '{value}'."


def test_what_is_not_set_is_as_it_is_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)
    assert environment.flag("X") is False
    assert environment.flag("X", True) is True
    assert environment.number("X", 7) == 7
    assert environment.text("X", "as is") == "as is"
    assert environment.words("X") == []
    assert environment.database("X") is None


def test_a_list_has_no_empty_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", " a.example, ,b.example,")
    assert environment.words("X") == ["a.example", "b.example"]


def test_a_kept_secret_stays_the_same_and_private(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret-key"
    first = environment.kept_secret(path)
    assert len(first) == 64
    assert environment.kept_secret(path) == first
    assert [entry.name for entry in path.parent.iterdir()] == ["secret-key"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_somebody_elses_folder_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path) -> str:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", refused)
    with pytest.raises(ImproperlyConfigured, match="belongs to another account"):
        environment.kept_secret(tmp_path / "secret-key")


def test_a_secret_comes_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "secret"
    kept.write_text("postgres://app:from-a-file@db.example/homeward\n# for the site\n")
    monkeypatch.setenv("X", "")
    monkeypatch.setenv("X_FILE", str(kept))
    assert environment.text("X") == "postgres://app:from-a-file@db.example/homeward"
    database = environment.database("X")
    assert database is not None
    assert (database["USER"], database["PASSWORD"]) == ("app", "from-a-file")


def test_a_list_of_old_keys_comes_from_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "secret"
    kept.write_text("one, two\n")
    monkeypatch.setenv("X_FILE", str(kept))
    assert environment.words("X") == ["one", "two"]


def test_a_secret_has_one_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "here")
    monkeypatch.setenv("X_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match=r"^Set X or X_FILE, not both\.$"):
        environment.text("X")


def test_a_file_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("X_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match=r"^X_FILE names a file that cannot be read: "):
        environment.text("X")


def test_a_fault_in_a_file_tells_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "secret"
    kept.write_text("mysql://app:hush@db.example/homeward")
    monkeypatch.setenv("X_FILE", str(kept))
    with pytest.raises(ImproperlyConfigured, match=r"^X_FILE must look like postgres") as error:
        environment.database("X")
    assert "hush" not in str(error.value)
