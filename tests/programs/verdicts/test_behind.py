"""What a page says of running programs that wait to be judged again; it judges none."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.models import Practice, User
from clinic.said_once import ANY_DAY, ANY_MOMENT, ANY_NUMBER, ANY_TEXT, SaidOnce
from patients.models import Case
from programs.exercises.models import CatalogueLoad
from programs.prescriptions.models import Program
from programs.verdicts import behind as behind_module
from programs.verdicts import checks
from programs.verdicts.behind import behind
from programs.verdicts.models import ProgramCheck
from tests.clock import NOW, SetClock
from tests.patients.pages import main_text
from tests.programs.conftest import SCREEN, MakeCase
from tests.programs.verdicts.test_checks import MANY
from tests.programs.verdicts.test_recheck import live, osteoporosis


@pytest.fixture
def running(stenosis: Case, alice: User) -> Program:
    return live(stenosis, alice, "curl-up", "dead-bug")


def test_the_dashboard_judges_nothing_and_says_what_waits_since_when(
    running: Program, practice: Practice, alice_client: Client, clock: SetClock
) -> None:
    checks.catch_up(practice, most=MANY)
    osteoporosis(running.case)
    ProgramCheck.objects.update(stale_at=NOW)
    page = main_text(alice_client.get("/"))
    assert "Small curl-up" not in page
    assert "Nothing right now" not in page
    waits = "1 running program waits to be checked again since 20 Nov 2026"
    assert waits in page
    assert ProgramCheck.objects.get().stale
    checks.catch_up(practice, most=MANY)
    page = main_text(alice_client.get("/"))
    assert "to be checked again" not in page
    assert "Not for this patient any more: Small curl-up." in page
    # What it says stands there while it waits, with a word that it does.
    CatalogueLoad.objects.create(digest="another")
    page = main_text(alice_client.get("/"))
    assert "1 running program waits to be checked again, as the rules have changed." in page
    assert "It is being checked again. · " in page
    checks.catch_up(practice, most=MANY)
    clock(NOW + dt.timedelta(days=8))
    assert behind(practice).since == dt.datetime(2026, 11, 27, tzinfo=practice.zone)


def test_of_very_many_that_wait_only_so_many_are_counted(
    make_case: MakeCase,
    shipped_catalogue: None,
    practice: Practice,
    alice: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(behind_module, "MOST_BEHIND", 1)
    # What is put together once has the limit in it.
    said = SaidOnce(behind_module._late, ANY_NUMBER, ANY_DAY, ANY_TEXT, ANY_MOMENT)
    monkeypatch.setattr(behind_module, "_LATE", said)
    assert behind(practice).count == 0
    for _ in range(3):
        live(make_case(no=SCREEN), alice, "walking")
    late = behind(practice)
    assert (late.count, late.many) == (2, "More than 1")


def test_a_stranger_is_counted_nothing(
    running: Program, other_practice: Practice, charlie_client: Client
) -> None:
    osteoporosis(running.case)
    assert checks.waiting(other_practice, MANY) == []
    assert "curl-up" not in charlie_client.get("/").content.decode()


def test_the_dashboard_asks_the_same_however_many_wait_and_are_flagged(
    make_case: MakeCase,
    shipped_catalogue: None,
    practice: Practice,
    alice: User,
    alice_client: Client,
) -> None:
    # First one that is flagged and one that waits, then seven of each: the one has been judged.
    for new, programs in ((1, 1), (5, 7)):
        for _ in range(new):
            osteoporosis(live(make_case(no=SCREEN), alice, "curl-up").case)
        checks.catch_up(practice, most=MANY)
        for _ in range(programs):
            osteoporosis(live(make_case(no=SCREEN), alice, "curl-up").case)
        alice_client.get("/")
        with CaptureQueriesContext(connection) as asked:
            alice_client.get("/")
        assert len([q for q in asked if 'FROM "programs_programcheck"' in q["sql"]]) == 3
        # Which end soon is asked once; whoever judges asks for a program's own as well.
        assert len([q for q in asked if 'FROM "programs_override"' in q["sql"]]) == 1
