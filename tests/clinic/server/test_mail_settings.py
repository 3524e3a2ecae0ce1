"""How the mail server is spoken to, and whose name stands on a letter."""

from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured

from clinic.server import environment
from tests.clinic.server.processes import refused_settings, settings_with
from tests.clinic.server.test_startup import PRODUCTION
from tests.every_row import every
from tests.paths import ROOT


@every(
    ("given", "expected"),
    [
        ({}, [False, True, False]),
        ({"EMAIL_PORT": "465"}, [True, False, False]),
        ({"EMAIL_PORT": "465", "EMAIL_USE_SSL": ""}, [True, False, False]),
        ({"EMAIL_PORT": "465", "EMAIL_USE_SSL": "0"}, [False, True, False]),
        ({"EMAIL_PORT": "2465", "EMAIL_USE_SSL": "1"}, [True, False, False]),
        ({"EMAIL_PORT": "25", "EMAIL_USE_TLS": "0"}, [False, False, False]),
        ({"HSTS_PRELOAD": "1"}, [False, True, True]),
    ],
)
def test_encryption_follows_the_port_or_the_setting(
    given: dict[str, str], expected: list[bool]
) -> None:
    read = settings_with(**PRODUCTION, **given)
    assert expected == [read.EMAIL_USE_SSL, read.EMAIL_USE_TLS, read.SECURE_HSTS_PRELOAD]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("post@physio.example", "post@physio.example"),
        ("Harbour <post@physio.example>", "Harbour <post@physio.example>"),
        ("Harbour, Physio <post@physio.example>", '"Harbour, Physio" <post@physio.example>'),
        ('"Harbour, Physio" <post@physio.example>', '"Harbour, Physio" <post@physio.example>'),
        ("Dr. A. (Ann) <a@physio.example>", '"Dr. A. (Ann)" <a@physio.example>'),
        ("Käthe <k@physio.example>", "=?utf-8?b?S8OkdGhl?= <k@physio.example>"),
    ],
)
def test_a_sender_is_quoted_where_it_must_be(
    said: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("X", said)
    assert environment.sender("X", "a@b.example") == expected


@pytest.mark.parametrize(
    "said",
    ["Harbour", "Harbour <>", "a b@physio.example", "x <a@b.example> y", "a@b@c",
     "A\nB <a@b.example>"],
)  # fmt: skip
def test_a_sender_that_is_none_is_refused(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", said)
    with pytest.raises(ImproperlyConfigured, match=r"^X must look like Harbour Physiotherapy <"):
        environment.sender("X", "a@b.example")


def test_it_is_refused_at_the_start_in_one_sentence() -> None:
    said = refused_settings(**PRODUCTION, DEFAULT_FROM_EMAIL="Harbour")
    assert said == (
        "DEFAULT_FROM_EMAIL must look like Harbour Physiotherapy <post@physio.example>, "
        "not 'Harbour'."
    )


def variables_of_the_readme() -> set[str]:
    text = (ROOT / "README.md").read_text()
    table = text[text.index("| Variable | Meaning |") :].split("\n\n")[0]
    named = table.split("`")[1::2]
    return {word for word in named if word.replace("_", "").isupper()} - {"INFO"}


#: What the image sets itself, and what is only for development.
NOT_PASSED_ON = {"HOMEWARD_VAR", "STATIC_ROOT", "BIND", "TRACEBACKS"}
#: What only the service gets that migrates.
OF_THE_OWNER = {"MIGRATION_DATABASE_URL"}
OF_BACKUPS = {"BACKUP_DATABASE_URL", "BACKUP_RECIPIENTS"}


def test_compose_passes_on_every_variable_of_the_readme() -> None:
    compose = yaml.safe_load(Path(ROOT / "docker-compose.yml").read_text())
    assert variables_of_the_readme() >= {"SECRET_KEY", "EMAIL_USE_SSL", "HSTS_PRELOAD", "DEBUG"}
    passed_on = set(compose["x-homeward"]["environment"])
    assert variables_of_the_readme() - passed_on == {*NOT_PASSED_ON, *OF_THE_OWNER, *OF_BACKUPS}


def test_compose_gives_the_owners_password_to_what_migrates_alone() -> None:
    compose = yaml.safe_load(Path(ROOT / "docker-compose.yml").read_text())
    services = {n: it for n, it in compose["services"].items() if "environment" in it}
    having = [name for name, it in services.items() if OF_THE_OWNER & set(it["environment"])]
    assert having == ["prepare"]
    making_backups = [name for name, it in services.items() if OF_BACKUPS & set(it["environment"])]
    assert making_backups == ["backup"]
    users = {
        it["environment"]["DATABASE_URL"].removeprefix("postgres://").partition(":")[0]
        for name, it in services.items()
        if name != "database"
    }
    assert users == {"homeward_app"}
