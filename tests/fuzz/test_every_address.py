"""Whatever is sent, to whatever address: an answer below 500, and nothing half done or told.

Every example begins from the same rows and is undone after it. ``FUZZ_TRIES`` says how many
requests are made in all; without it, a few thousand that are the same on each run. A fault is
printed with the smallest request that shows it.
"""

import os
from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, TypeVar
from zlib import crc32

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings

from clinic.models import Practice, User
from tests import factories
from tests.fuzz.judging import Kept, faults, refused
from tests.fuzz.page_forms import ShownForm, forms_on
from tests.fuzz.patient_world import NAMES as PATIENTS
from tests.fuzz.patient_world import PatientWorld
from tests.fuzz.requests import Attempt, attempts
from tests.guards.addresses import Address, every_address
from tests.guards.arguments import ARGUMENTS
from tests.guards.world import World
from tests.served import as_served
from tests.undone import undone

_Tried = TypeVar("_Tried", bound=Callable[..., None])
ADDRESSES = every_address()
AT_MOST = 15
"""Addresses in one test, so that several workers share a long run of ``make fuzz``."""
SUITE_TRIES = 2000
TRIES = int(os.environ.get("FUZZ_TRIES", SUITE_TRIES))
ASKS_AFTER = {"program_create"}
"""The program is started first; which template and side is asked on its page."""
SECRET = "Zwetschgenbaum"
"""A word that stands only in the other practice's rows."""

pytestmark = pytest.mark.django_db

fuzzed = settings(
    max_examples=-(-TRIES // len(ADDRESSES)),
    derandomize="FUZZ_TRIES" not in os.environ,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


def rooms() -> dict[str, tuple[Address, ...]]:
    """The addresses by the room of their view; a large one in parts."""
    found: dict[str, list[Address]] = {}
    for address in ADDRESSES:
        found.setdefault(".".join(address.view.__module__.split(".")[:2]), []).append(address)
    return {
        f"{room} from {part[0].name}": tuple(part)
        for room, addresses in found.items()
        for part in (addresses[at : at + AT_MOST] for at in range(0, len(addresses), AT_MOST))
    }


ROOMS = rooms()


def seeded(address: Address) -> Callable[[_Tried], _Tried]:
    """Requests of its own for each address: else hypothesis draws the same for all of them."""
    if "FUZZ_TRIES" in os.environ:
        return lambda test: test
    return seed(crc32(address.name.encode()))


class Room:
    """Some addresses that belong together, and who opens them: signed in once for all of them."""

    def __init__(self, addresses: Sequence[Address], practice: Practice, alice: User) -> None:
        self.practice, self.alice = practice, alice
        self.patient = None
        if addresses[0].name in PATIENTS:
            self.patient = PatientWorld(practice, alice)
            self.client = self.patient.phone
        else:
            self.client = Client(raise_request_exception=False)
            self.client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
        # As in clinic.wsgi.
        as_served(self.client)
        self.cookies = self.client.cookies


class Aim:
    """One address with somebody who may open it, and what its forms hold."""

    def __init__(self, address: Address, room: Room) -> None:
        self.sent: object = None
        if room.patient:
            arguments = room.patient.arguments(address.name, frozenset(address.converters))
            self.url = address.url(arguments)
            if address.name == "portal_log":
                self.sent = {"entries": room.patient.entries(), "sent_at": "x"}
        else:
            fill = ARGUMENTS.get(address.name)
            self.url = address.url(fill(World(room.practice, room.alice)) if fill else None)
        self.client = room.client
        self.client.cookies = copy(room.cookies)
        self.forms = self._forms()
        self.cookies = self.client.cookies

    def _forms(self) -> list[ShownForm]:
        """The forms that are sent here, from this page or from the one that it leads to.

        What a page makes once is made now, before anything is compared.
        """
        page = self.client.get(self.url, follow=True)
        text = "" if page.streaming else page.content.decode(errors="replace")
        found = forms_on(text)
        own = [form for form in found if form.action in ("", self.url)]
        return own or found

    def __call__(self, attempt: Attempt) -> Any:
        """Send it; nobody has been here before."""
        self.client.cookies = copy(self.cookies)
        url = f"{self.url}?{attempt.query}" if attempt.query else self.url
        return self.client.generic(attempt.method, url, **attempt.options())


@pytest.fixture
def neighbour(other_practice: Practice) -> None:
    """Rows of another practice, every text of which is the secret word."""
    patient = factories.PatientFactory(practice=other_practice, full_name=f"Zoe {SECRET}")
    factories.CaseFactory(patient=patient, title=SECRET)


def test_each_address_is_in_one_room() -> None:
    walked = [address for addresses in ROOMS.values() for address in addresses]
    assert sorted(walked, key=lambda address: address.name) == [*ADDRESSES]
    patients = [{address.name in PATIENTS for address in addresses} for addresses in ROOMS.values()]
    assert [len(kinds) for kinds in patients] == [1] * len(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_breaks(neighbour: None, practice: Practice, alice: User, room: str) -> None:
    """Each address begins from the same rows, whatever went before in its room."""
    opened = Room(ROOMS[room], practice, alice)
    wrong = []
    for address in ROOMS[room]:
        cache.clear()
        try:
            with undone():
                nothing_breaks_at(address, opened)
        except Exception as error:
            error.add_note(f"at {address.name}")
            wrong.append(error)
    if wrong:
        raise ExceptionGroup(f"{len(wrong)} addresses of {room}", wrong)


def nothing_breaks_at(address: Address, room: Room) -> None:
    aim = Aim(address, room)
    kept = Kept()

    @fuzzed
    @seeded(address)
    @given(attempts(aim.forms, aim.sent))
    def try_it(attempt: Attempt) -> None:
        with undone():
            answer = aim(attempt)
            assert faults(answer, secrets=(SECRET.encode(),)) == []
            if refused(answer, asks_after=address.name in ASKS_AFTER):
                assert kept.changed() == set(), f"changed though refused ({answer.status_code})"

    try_it()
