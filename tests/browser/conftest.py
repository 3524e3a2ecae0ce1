"""A real browser, the real catalogue and the standing cast on a live server."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from clinic.models import Practice, User
from patients.models import Case
from patients.record.actions import open_case, register_patient
from patients.screening.actions import record_answers
from patients.vocabulary import FINDINGS, RED_FLAGS
from programs.access.models import PatientAccess
from tests.browser.chromium import FLAGS, executable, opened
from tests.browser.timers import one_of_each_kind
from tests.kept_rows import put_catalogue

Open = Callable[..., AbstractContextManager[Page]]
MakeCase = Callable[..., Case]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder starts a browser and needs the database as its server sees it.

    They come together, as what stands between two of them ends the browser that both could use.
    """
    ours = [item for item in items if "tests/browser/" in item.path.as_posix()]
    for item in ours:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.django_db(transaction=True))
    here = set(ours)
    items[:] = ours + [item for item in items if item not in here]


@pytest.fixture(scope="package")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """One browser for the tests of this folder, as long as they follow each other.

    Playwright keeps an event loop running in this thread as long as it is open. Queries here are
    the test's own, so Django is told not to mind; the database is made before and dropped after.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def catalogue(transactional_db: None) -> None:
    put_catalogue()


@pytest.fixture
def anybody(chromium: Browser, live_server: LiveServer) -> Open:
    """Opens a tab of somebody who has not signed in."""

    def open_tab(**options: Any) -> AbstractContextManager[Page]:
        return opened(chromium, live_server.url, **options)

    return open_tab


@pytest.fixture
def signed_in(anybody: Open) -> Callable[..., AbstractContextManager[Page]]:
    """Opens a tab of somebody who has."""

    def open_tab(user: User, **options: Any) -> AbstractContextManager[Page]:
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        return anybody(cookies=[{"name": name, "value": client.cookies[name].value}], **options)

    return open_tab


@pytest.fixture
def make_case(catalogue: None, practice: Practice, alice: User) -> MakeCase:
    """A case of Alice's, with every question of the screen answered no but for ``yes``."""

    def make(
        *,
        name: str = "Margaret Hollowell",
        side: str = "right",
        yes: tuple[str, ...] = (),
        not_asked: tuple[str, ...] = (),
    ) -> Case:
        patient = register_patient(
            practice=practice,
            actor=alice,
            values={
                "full_name": name,
                "date_of_birth": dt.date(1959, 4, 18),
                "email": "",
                "phone": "",
                "clinician_notes": "",
                "sex": "",
            },
        )
        case = open_case(
            patient=patient,
            actor=alice,
            facts={
                "title": "Leg pain on standing",
                "clinician": [alice.pk, str(alice)],
                "conditions": [["lumbar_foraminal_stenosis", side]],
                "surgeries": [],
                "resources": ["bed", "chair", "wall", "mat", "wall_corner", "pillow"],
            },
        )
        asked = [code for code in (*RED_FLAGS, *FINDINGS) if code not in not_asked]
        answers = {code: "yes" if code in yes else "no" for code in asked}
        record_answers(case=case, actor=alice, seen=0, answers=answers)
        return case

    return make


@pytest.fixture
def timed(practice: Practice, alice: User, transactional_db: None) -> PatientAccess:
    """The link to a program of four exercises, one of each kind of timer."""
    return one_of_each_kind(practice, alice)
