"""What the pages that are asked for most say to the database: whose rows, in each statement.

Whoever spreads the tables over machines by practice reads here which statements name it and by
which keys the others find their rows. There are none that go through the rows of all practices.
"""

import datetime as dt
import re
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import Practice, User
from clinic.wall.tables import MIXED, OWNED
from programs.access.models import PatientAccess
from programs.verdicts import checks
from tests import factories
from tests.programs.portal.conftest import issue_for, make_case, open_door
from tests.programs.portal.session.test_log import send, symptoms

pytestmark = pytest.mark.django_db

#: By what a statement may find its rows without a word of the practice, and whose key that is.
KEYS: Final[dict[str, str]] = {
    "id": "a row that was read within the practice just before, or the device that a cookie names",
    "case_id": "the case of the address, or those of the rows on the page",
    "program_id": "the program of the address, or those of the cases on the page",
    "prescription_id": "versions of these programs",
    "user_id": "who signs in belongs to several practices: their memberships say to which",
}
_TABLE: Final = re.compile(r'(?:FROM|JOIN|INTO|UPDATE) "?(\w+)"?')
_LED: Final = re.compile(r"\"?(\w+)\"?\)? (?:=|IN|= ANY) \(*(?:'\{?[0-9a-f]{32}[},']|\d+)")
_THEIRS: Final = OWNED.keys() | MIXED.keys()
_ASKED: Final = re.compile(
    r"\b(programs_(?:device(?:_found)?|versions|library|open_case|history)"
    r"|patients_(?:stops_of|gravest_stops))\("
)
"""Functions that hold statements of these pages; ``wanted`` is what they are led by."""


def unled(statement: str, practice: int, used: set[str]) -> bool:
    """Whether it reads or writes rows of practices, and says neither whose nor by which key."""
    if not _THEIRS & set(_TABLE.findall(statement)):
        return False
    named = rf'practice_id"?\)? (?:=|IN) \(*{practice}\b|"clinic_practice"\."id" = {practice}\b'
    if re.search(named, statement) or re.match(r'INSERT INTO \S+ \([^)]*"?practice_id', statement):
        return False
    keys = KEYS.keys() & set(_LED.findall(statement))
    used |= keys
    return not keys


def said(statement: str, practice: int) -> list[str]:
    """The statement, and those inside the functions that it calls, with what they are led by."""
    found = [statement]
    for name in _ASKED.findall(statement):
        with connection.cursor() as cursor:
            cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [name])
            (body,) = cursor.fetchone()
        of_practice = name == "programs_library" or name.startswith("patients_")
        led_by = str(practice) if of_practice else f"'{'0' * 32}'"
        led = re.sub(r"\bwanted\b", led_by, body)
        found += [part for inner in led.split(";") for part in said(inner, practice)]
    return found


def test_each_statement_of_a_hot_page_says_whose_rows(
    alice_client: Client, alice: User, practice: Practice
) -> None:
    case = make_case(practice, alice, "Margaret Ellison", dt.date(1951, 3, 8))
    program = issue_for(case, alice).program
    factories.AlertFactory(case=case)
    checks.catch_up(practice, most=10)
    phone = Client()
    day = open_door(phone, PatientAccess.objects.get(case=case))
    pages: dict[str, Any] = {
        "dashboard": lambda: alice_client.get("/"),
        "list": lambda: alice_client.get("/patients/"),
        "search": lambda: alice_client.get("/patients/", {"q": "margret elison"}),
        "inbox": lambda: alice_client.get("/inbox/"),
        "case": lambda: alice_client.get(case.get_absolute_url()),
        "builder": lambda: alice_client.get(reverse("program", args=[program.pk])),
        "day": lambda: phone.get(day),
        "log": lambda: send(phone, day, symptoms(pain=3)),
    }
    wrong, used = [], set[str]()
    for name, ask in pages.items():
        with CaptureQueriesContext(connection) as asked:
            assert ask().status_code == 200, name
        # Who signed in is known by the hash of their password; nobody else's is read.
        hashes = [query["sql"] for query in asked if '"password"' in query["sql"]]
        assert len(hashes) == (0 if name in ("day", "log") else 1), hashes
        statements = [part for query in asked for part in said(query["sql"], practice.pk)]
        assert len(statements) > 4, name
        wrong += [(name, sql) for sql in statements if unled(sql, practice.pk, used)]
    assert wrong == []
    assert used == KEYS.keys()
