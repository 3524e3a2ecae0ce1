"""Whatever is sent, to whatever address: an answer below 500, and nothing half done or told.

Every example begins from the same rows and is undone after it. ``FUZZ_TRIES`` says how many
requests are made in all; without it, a few thousand that are the same on each run. A fault is
printed with the smallest request that shows it.
"""

import os
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from clinic.models import Practice, User
from tests import factories
from tests.fuzz.judging import faults, refused, state
from tests.fuzz.page_forms import ShownForm, forms_on
from tests.fuzz.patient_world import NAMES as PATIENTS
from tests.fuzz.patient_world import PatientWorld
from tests.fuzz.requests import Attempt, attempts
from tests.guards.addresses import Address, every_address
from tests.guards.arguments import ARGUMENTS
from tests.guards.world import World
from tests.served import as_served

ADDRESSES = every_address()
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


class Aim:
    """One address with somebody who may open it, and what its forms hold."""

    def __init__(self, address: Address, practice: Practice, alice: User) -> None:
        self.sent: object = None
        if address.name in PATIENTS:
            patient = PatientWorld(practice, alice)
            self.client = patient.phone
            self.url = address.url(patient.arguments(address.name, frozenset(address.converters)))
            if address.name == "portal_log":
                self.sent = {"entries": patient.entries(), "sent_at": "x"}
        else:
            self.client = Client(raise_request_exception=False)
            self.client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
            fill = ARGUMENTS.get(address.name)
            self.url = address.url(fill(World(practice, alice)) if fill else None)
        # As in clinic.wsgi.
        as_served(self.client)
        self.cookies = self.client.cookies
        self.forms = self._forms()

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
        self.client.cookies = self.cookies.copy()  # type: ignore[assignment]
        url = f"{self.url}?{attempt.query}" if attempt.query else self.url
        return self.client.generic(attempt.method, url, **attempt.options())


@pytest.fixture
def neighbour(other_practice: Practice) -> None:
    """Rows of another practice, every text of which is the secret word."""
    patient = factories.PatientFactory(practice=other_practice, full_name=f"Zoe {SECRET}")
    factories.CaseFactory(patient=patient, title=SECRET)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_nothing_breaks(neighbour: None, practice: Practice, alice: User, address: Address) -> None:
    aim = Aim(address, practice, alice)
    before = state()

    @fuzzed
    @given(attempts(aim.forms, aim.sent))
    def try_it(attempt: Attempt) -> None:
        with transaction.atomic():
            answer = aim(attempt)
            assert faults(answer, secrets=(SECRET.encode(),)) == []
            if refused(answer, asks_after=address.name in ASKS_AFTER):
                changed = {name for name, mark in state().items() if before[name] != mark}
                assert changed == set(), f"changed though refused ({answer.status_code})"
            transaction.set_rollback(True)

    try_it()
