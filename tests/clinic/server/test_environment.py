"""What the settings read from the environment."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clinic.server import environment


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://homeward:p%40ss@db.example:5433/homeward?sslmode=require",
            {"NAME": "homeward", "USER": "homeward", "PASSWORD": "p@ss", "HOST": "db.example",
             "PORT": "5433", "OPTIONS": {"connect_timeout": 5, "sslmode": "require"}},
        ),
        (
            "postgresql:///homeward?host=/run/postgresql",
            {"NAME": "homeward", "USER": "", "PASSWORD": "", "HOST": "/run/postgresql",
             "PORT": "", "OPTIONS": {"connect_timeout": 5}},
        ),
        (
            "postgres://[::1]/homeward",
            {"NAME": "homeward", "USER": "", "PASSWORD": "", "HOST": "::1", "PORT": "",
             "OPTIONS": {"connect_timeout": 5}},
        ),
    ],
)  # fmt: skip
def test_a_database_address_is_taken_apart(url: str, expected: dict[str, object]) -> None:
    always = {"ENGINE": "django.db.backends.postgresql", "CONN_HEALTH_CHECKS": True}
    assert environment.database(url) == {**always, **expected}


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("yes", True), ("0", False), ("Off", False), ("", False)]
)
def test_yes_and_no(value: str, expected: bool) -> None:
    assert environment.flag("X", not expected, {"X": value}) is expected


def test_a_list_has_no_empty_words() -> None:
    assert environment.words("X", {"X": " a.example, ,b.example,"}) == ["a.example", "b.example"]


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
