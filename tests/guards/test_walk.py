"""Every address behind the sign-in keeps every promise; a new one is walked to without a word here.

Each guard says in its own file what it holds an address to. All of them look at the same answers,
and whatever is wrong anywhere is told at once, with the address and the guard.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from clinic.models import Practice, User
from tests.guards.forms_say_whose import (
    FORM,
    every_form_says_whose_it_is,
    no_post_is_taken_for_another_practice,
)
from tests.guards.test_looks import a_list_is_kept_without_a_patient, what_is_shown_is_kept
from tests.guards.test_posts_lead_back import after_a_clinicians_post_the_address_shows_a_page
from tests.guards.test_roles import every_form_is_taken_from_those_who_may_and_shown_to_them
from tests.guards.test_signin import CLOSED
from tests.guards.test_tenancy import it_is_there_for_alice_alone
from tests.guards.walk import Cast, Stop

GUARDS: tuple[Callable[[Stop], list[str]], ...] = (
    after_a_clinicians_post_the_address_shows_a_page,
    it_is_there_for_alice_alone,
    what_is_shown_is_kept,
    a_list_is_kept_without_a_patient,
    every_form_says_whose_it_is,
    no_post_is_taken_for_another_practice,
    every_form_is_taken_from_those_who_may_and_shown_to_them,
)


GUARD = re.compile(r"^def (\w+)\(stop: Stop\) -> list\[str\]:", re.MULTILINE)


def test_no_guard_is_left_at_home() -> None:
    written = [
        name
        for path in Path(__file__).parent.glob("*.py")
        for name in GUARD.findall(path.read_text("utf-8"))
    ]
    assert sorted(written) == sorted(guard.__name__ for guard in GUARDS)


@pytest.mark.long
@pytest.mark.django_db
def test_every_address_keeps_every_promise(
    practice: Practice, alice: User, other_practice: Practice, charlie: User
) -> None:
    cast = Cast(practice, alice, other_practice, charlie)
    wrong: dict[str, list[str]] = {}
    forms = 0
    for address in CLOSED:
        with cast.at(address) as stop:
            for guard in GUARDS:
                if said := guard(stop):
                    wrong[f"{address.name}: {guard.__name__}"] = said
            if stop.broken:
                wrong[f"{address.name}: an answer breaks"] = stop.broken
            forms += len(FORM.findall(stop.asked.page))
    assert not wrong, "\n".join(f"{where}: {'; '.join(said)}" for where, said in wrong.items())
    assert forms > 60
