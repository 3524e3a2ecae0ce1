"""What the compose file promises of its containers: they stop when told to, and are found again."""

import re

import pytest
import yaml
from django.conf import settings
from django.urls import get_resolver

from tests.every_row import every

COMPOSE = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())
FRONT = (settings.BASE_DIR / "scripts" / "front.conf").read_text()
OURS = sorted(name for name, it in COMPOSE["services"].items() if "homeward" in it["image"])


@every("name", OURS)
def test_a_stop_reaches_a_process_that_is_still_starting(name: str) -> None:
    """The first process of a container hears no signal that it has not asked for."""
    assert COMPOSE["services"][name]["init"] is True


@pytest.mark.parametrize("name", ["web", "patients"])
def test_the_site_may_finish_its_answers_before_it_is_killed(name: str) -> None:
    web = COMPOSE["services"][name]
    grace = int(re.search(r"\d+", web["environment"]["WEB_GRACE_SECONDS"]).group())  # type: ignore[union-attr]
    assert int(web["stop_grace_period"].removesuffix("s")) > grace


def test_a_site_that_was_made_anew_is_looked_for_again() -> None:
    """nginx keeps the first address of a name in its file; that of a variable it asks for."""
    assert re.findall(r"proxy_pass (\S+);", FRONT) == ["$site"]
    assert sorted(set(_ways().values())) == ["http://patients:8000", "http://web:8000"]
    assert not re.search(r"^\s*upstream ", FRONT, re.MULTILINE)
    (included,) = re.findall(r"include (\S+);", FRONT)
    assert f"> {included} && exec nginx" in " ".join(COMPOSE["services"]["front"]["command"])


def test_patients_have_workers_of_their_own() -> None:
    """Where each address of the site is led: a log of a patient waits behind no search."""
    ways = _ways()
    led = {
        name: next((way for like, way in ways.items() if re.search(like, address)), "")
        for name, address in _addresses()
    }
    theirs = {name for name, way in led.items() if way == "http://patients:8000"}
    assert theirs == {name for name in led if name.startswith("portal_")}
    assert COMPOSE["services"]["patients"] == COMPOSE["services"]["web"]


def _ways() -> dict[str, str]:
    """By a pattern of the address, where nginx leads it; that for all others comes last."""
    (block,) = re.findall(r"map \$uri \$site \{(.*?)\}", FRONT, re.DOTALL)
    lines = dict(re.findall(r"(\S+)\s+(\S+);", block))
    other = lines.pop("default")
    return {like.removeprefix("~"): way for like, way in lines.items()} | {"": other}


def _addresses() -> list[tuple[str, str]]:
    """Each named address of the site, as its pattern is written."""
    found = []
    for name, ways in get_resolver().reverse_dict.lists():
        if isinstance(name, str):
            found += [(name, f"/{ways[0][0][0][0]}")]
    return found
