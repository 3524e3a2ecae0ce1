"""What the compose file promises of its containers: they stop when told to, and are found again."""

import re

import pytest
import yaml
from django.conf import settings

COMPOSE = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())
FRONT = (settings.BASE_DIR / "scripts" / "front.conf").read_text()
OURS = sorted(name for name, it in COMPOSE["services"].items() if "homeward" in it["image"])


@pytest.mark.parametrize("name", OURS)
def test_a_stop_reaches_a_process_that_is_still_starting(name: str) -> None:
    """The first process of a container hears no signal that it has not asked for."""
    assert COMPOSE["services"][name]["init"] is True


def test_the_site_may_finish_its_answers_before_it_is_killed() -> None:
    web = COMPOSE["services"]["web"]
    grace = int(re.search(r"\d+", web["environment"]["WEB_GRACE_SECONDS"]).group())  # type: ignore[union-attr]
    assert int(web["stop_grace_period"].removesuffix("s")) > grace


def test_a_site_that_was_made_anew_is_looked_for_again() -> None:
    """nginx keeps the first address of a name in its file; that of a variable it asks for."""
    assert re.findall(r"proxy_pass (\S+);", FRONT) == ["$site"]
    assert re.findall(r"set \$site (\S+);", FRONT) == ["http://web:8000"]
    assert not re.search(r"^\s*upstream ", FRONT, re.MULTILINE)
    (included,) = re.findall(r"include (\S+);", FRONT)
    assert f"> {included} && exec nginx" in " ".join(COMPOSE["services"]["front"]["command"])
