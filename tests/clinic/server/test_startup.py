"""Starting: what is missing or wrong gets one clear sentence, and no traceback."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from clinic.server.startup import leave_in_order
from tests.clinic.server.processes import environment, manage, refused_settings
from tests.clinic.server.secrets_told import BREAKING_PASSWORDS, pieces_told
from tests.every_row import every

PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "a1B2c3D4e5F6g7H8" * 4,
    "ALLOWED_HOSTS": "physio.example",
    "DATABASE_URL": "postgres://homeward:geheim@127.0.0.1:1/homeward",
}


def test_a_polite_stop_ends_a_program_in_order() -> None:
    before = signal.getsignal(signal.SIGTERM)
    try:
        leave_in_order()
        with pytest.raises(SystemExit) as left:
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert left.value.code == 128 + signal.SIGTERM


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that a refused command prints."""
    assert done.returncode == 1, done.stderr
    (sentence,) = done.stderr.strip().splitlines()
    return sentence


@every(
    ("missing", "named"),
    [
        (["SECRET_KEY"], "SECRET_KEY"),
        (["ALLOWED_HOSTS"], "ALLOWED_HOSTS"),
        (["SECRET_KEY", "DATABASE_URL"], "SECRET_KEY and DATABASE_URL"),
        (["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"],
         "SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL"),
    ],
)  # fmt: skip
def test_production_names_what_is_missing(missing: list[str], named: str) -> None:
    given = {name: value for name, value in PRODUCTION.items() if name not in missing}
    assert refused_settings(**given) == (
        f"Production (DEBUG off) needs {named} in the environment; "
        "set DEBUG=1 to try Homeward on your own machine."
    )


def test_an_empty_value_is_missing_too() -> None:
    assert refusal(manage("check", **{**PRODUCTION, "SECRET_KEY": " "})) == (
        "Homeward: Production (DEBUG off) needs SECRET_KEY in the environment; "
        "set DEBUG=1 to try Homeward on your own machine."
    )


def test_a_server_process_is_production_unless_told_otherwise() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import clinic.wsgi"],
        cwd=settings.BASE_DIR, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "needs SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL" in refusal(done)


def test_production_passes_the_deployment_check() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


@every(
    ("url", "sentence"),
    [
        ("mysql://a:geheim@localhost/b", "Homeward runs on PostgreSQL only."),
        ("geheim", "Homeward runs on PostgreSQL only."),
        ("postgres://a:geheim@localhost/", "the name of the database is missing."),
        ("postgres://a:geheim@localhost:x/b", "its host or port cannot be read."),
        ("postgres://a:geheim@[localhost/b", "its host or port cannot be read."),
    ],
)
def test_a_database_address_that_makes_no_sense(url: str, sentence: str) -> None:
    assert refused_settings(DEBUG="1", DATABASE_URL=url) == (
        f"DATABASE_URL must look like postgres://user:password@host:5432/name; {sentence}"
    )


@every("password", BREAKING_PASSWORDS)
def test_a_broken_address_tells_no_piece_of_its_password(password: str) -> None:
    url = f"postgres://homeward:{password}@db.example:5432/homeward"
    sentence = refused_settings(**{**PRODUCTION, "DATABASE_URL": url})
    assert sentence.startswith("DATABASE_URL must look like postgres://user:password@")
    assert pieces_told(password, sentence) == []


@pytest.mark.parametrize("start", [["manage.py", "check"], ["-c", "import clinic.wsgi"]])
def test_neither_does_what_a_process_prints(start: list[str]) -> None:
    password = BREAKING_PASSWORDS[2]
    url = f"postgres://homeward:{password}@db.example:5432/homeward"
    done = subprocess.run(
        [sys.executable, *start],
        cwd=settings.BASE_DIR, env=environment(**{**PRODUCTION, "DATABASE_URL": url}),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    sentence = refusal(done)
    assert sentence.startswith("Homeward: DATABASE_URL must look like postgres://user:password@")
    assert pieces_told(password, done.stdout + done.stderr) == []


@pytest.mark.parametrize("command", [["migrate"], ["run", "--prepare"]])
def test_a_database_that_does_not_answer(command: list[str]) -> None:
    url = "postgres://homeward:geheim@127.0.0.1:1/homeward"
    sentence = refusal(manage(*command, DATABASE_URL=url))
    assert sentence.startswith("Homeward: the database cannot be used; check DATABASE_URL (")
    assert "Connection refused" in sentence
    assert "geheim" not in sentence


@every(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "maybe", "DEBUG must be 1 or 0, not 'maybe'."),
        ("EMAIL_PORT", "smtp", "EMAIL_PORT must be a whole number, not 'smtp'."),
        ("PUBLIC_URL", "physio", "PUBLIC_URL must look like https://physio.example."),
    ],
)
def test_a_setting_that_makes_no_sense(name: str, value: str, sentence: str) -> None:
    assert refused_settings(**{"DEBUG": "1", name: value}) == sentence


def test_a_busy_port() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert refusal(manage("run", "--port", str(port))) == (
            f"Homeward: port {port} on 127.0.0.1 is used by another program; "
            f"stop that, or choose another: make run PORT={port + 1}."
        )


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_port_that_does_not_exist(port: str) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("run", "--port", port)
    assert re.fullmatch(
        rf"Homeward: port {port} on 127\.0\.0\.1 cannot be used \(.+\)\.", str(ended.value)
    )


def test_without_the_python_packages() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "manage.py", "check"],
        cwd=settings.BASE_DIR, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert refusal(done) == ("Homeward: the Python package 'django' is missing. Run: make setup")


def test_a_command_that_needs_no_database_starts_none(tmp_path: Path) -> None:
    done = manage("check", HOMEWARD_VAR=str(tmp_path / "var"))
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret-key"]
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600
