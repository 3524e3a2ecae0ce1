"""Where patients reach the site: told, or refused at the start in one sentence."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from clinic.server import environment, startup
from clinic.server.checks import check_public_url
from tests.clinic.server.processes import refused_settings
from tests.clinic.server.test_startup import PRODUCTION
from tests.every_row import every


@every(
    "hosts",
    ["localhost", "127.0.0.1", "[::1]", "physio.example,www.physio.example", ".physio.example",
     "*", "*.physio.example"],
)  # fmt: skip
def test_production_asks_for_what_the_hosts_do_not_tell(hosts: str) -> None:
    said = refused_settings(**{**PRODUCTION, "ALLOWED_HOSTS": hosts})
    assert said == (
        "Production needs PUBLIC_URL, the address where patients reach this site, such "
        f"as https://physio.example: ALLOWED_HOSTS ({', '.join(hosts.split(','))}) does not tell "
        "it."
    )


@every("host", ["https://physio.example", "physio.example:443", "a/b"])
def test_a_host_is_a_name_alone(host: str) -> None:
    said = refused_settings(**{**PRODUCTION, "ALLOWED_HOSTS": host})
    assert said == (
        "ALLOWED_HOSTS takes names such as physio.example, without https:// or a port, "
        f"not {host!r}."
    )


@pytest.mark.parametrize("url", ["physio.example", "ftp://physio.example", "https://", "https://*"])
def test_an_address_that_is_none_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", url)
    with pytest.raises(ImproperlyConfigured, match=r"^X must look like https://physio.example\.$"):
        environment.public_url("X", ["physio.example"], development=False)


@pytest.mark.parametrize(
    ("url", "hosts", "expected"),
    [
        ("https://physio.example/", ["a", "b"], "https://physio.example"),
        ("", ["physio.example"], "https://physio.example"),
        (" ", ["physio.example"], "https://physio.example"),
        ("http://127.0.0.1:8031", ["localhost"], "http://127.0.0.1:8031"),
    ],
)
def test_what_is_told_is_taken(
    url: str, hosts: list[str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("X", url)
    assert environment.public_url("X", hosts, development=False) == expected


def test_a_trial_is_where_its_server_was_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("X", raising=False)
    last = tmp_path / "var" / "address"
    assert environment.public_url("X", [], development=True, last=last) == "http://127.0.0.1:8000"
    startup.keep_address(last, "http://127.0.0.1:8031")
    assert environment.public_url("X", [], development=True, last=last) == "http://127.0.0.1:8031"
    told = environment.public_url("X", ["physio.example"], development=False, last=last)
    assert told == "https://physio.example"


@every(
    ("url", "told"),
    [
        ("https://physio.example", []),
        ("http://physio.example", ["clinic.W001"]),
        ("http://localhost:8000", ["clinic.W001", "clinic.W002"]),
        ("https://other.example", ["clinic.W003"]),
    ],
)
def test_the_deployment_check_speaks(url: str, told: list[str]) -> None:
    with override_settings(PUBLIC_URL=url, ALLOWED_HOSTS=["physio.example"]):
        assert [message.id for message in check_public_url(None)] == told
