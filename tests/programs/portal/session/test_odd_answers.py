"""Whatever a remembered device sends, no page of the patient's breaks, and the queue never jams."""

import datetime as dt
import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import User
from patients.models import Case, FunctionalGoal
from programs.access.models import PatientAccess
from tests.fuzz.bodies import ODD, broken, raw
from tests.programs.portal.reports import session

pytestmark = pytest.mark.django_db

NAMES = re.compile(r' name="([^"]+)"')
RUN = str(uuid.UUID(int=7))
FIELDS = {"do", "email", "to", "at", "days", "time0", "run", "begun", "token", "signs", "code"}
#: One entry of each kind with every key; each key is made odd in turn.
WHOLE: dict[str, dict[str, Any]] = {
    "symptoms": {
        "phase": "before",
        "item": "item-7",
        "pain": 3,
        "regions": ["calf_left"],
        "kinds": ["pain"],
        "provoked": ["item-7"],
        "red_flags": [],
        "corrects": None,
    },
    "exercise": {
        "item": "item-7",
        "state": "done",
        "side": "left",
        "sets": 1,
        "reps": 2,
        "seconds": 3,
        "reason": "",
        "words": "",
        "corrects": None,
    },
    "session": {"state": "open", "reason": "", "words": ""},
}
ODD_VALUES: tuple[Any, ...] = (
    *ODD.values(),
    *(
        "\ud83d",
        "",
        " ",
        0,
        -1,
        10**40,
        1.5,
        1e308,
        True,
        None,
        [],
        {},
        [None],
        ["\udc00"],
        {"a": 1},
    ),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-03-29T01:30:00+00:00:00.5"),
    *("2026-10-25T01:30:00", str(uuid.UUID(int=7)), "{00000000-0000-0000-0000-000000000007}"),
)


@pytest.fixture
def pages(case: Case, access: PatientAccess, page: str, alice: User) -> list[str]:
    """Every page that takes an answer, with something behind it."""
    FunctionalGoal.objects.create(case=case, words="Carry the shopping", created_by=alice)
    now = timezone.now()
    told = {"pain": 4, "regions": ("calf_left",)}
    run = session(case, now - dt.timedelta(hours=30), before=told, after=told)
    symptom = case.symptom_logs.earliest("pk").client_id
    done = run.exercises.get().client_id
    rest = [
        *("", "session/", "wrong/", "diary/", "goals/", "reminders/", "log/", "stopped/"),
        *(f"check/{phase}/{run.client_id}/" for phase in ("settled", "next_day")),
        *(f"diary/symptoms/{symptom}/", f"diary/exercise/{done}/"),
    ]
    return [page + one for one in rest]


@pytest.mark.long
def test_no_page_behind_the_door_breaks(phone: Client, pages: list[str]) -> None:
    client = Client(raise_request_exception=False)
    client.cookies.update(phone.cookies)
    found = {}
    for url in pages:
        shown = client.get(url).content.decode(errors="replace")
        names = {*NAMES.findall(shown), *FIELDS}
        for what, text in ODD.items():
            asked = client.get(url, {"page": text[:3000], "saved": text[:3000]}).status_code
            for do in ("email", "calendar", "again") if "/reminders/" in url else ("",):
                said = {**dict.fromkeys(names, text), "do": do}
                found[f"{url} {what} {do}"] = (asked, client.post(url, said).status_code)
        found |= {f"{url} {what}": pair for what, pair in raw(client, url).items()}
    assert broken(found) == {}


def entries() -> list[dict[str, Any]]:
    """Every kind of entry, each of its keys with each odd value."""
    found = []
    for kind, fields in WHOLE.items():
        common = {"type": kind, "session": RUN, "at": timezone.now().isoformat()}
        for key in ("id", *common, *fields):
            for odd in ODD_VALUES:
                row = {"id": str(uuid.uuid4()), **common, **fields, key: odd}
                found.append(row)
    return found


def send(client: Client, page: str, body: Any) -> Any:
    text = json.dumps(body)
    return client.post(f"{page}log/", text, content_type="application/json")


def test_each_odd_entry_is_stored_or_refused(phone: Client, page: str) -> None:
    """An answer other than 200 would keep all that waits behind it on the device."""
    rows = entries()
    settled = 0
    for start in range(0, len(rows), 200):
        answer = send(phone, page, {"entries": rows[start : start + 200]})
        assert answer.status_code == 200
        said = answer.json()
        settled += sum(len(said[key]) for key in ("stored", "known", "refused"))
    assert settled == len(rows)


def test_an_odd_batch_is_answered(phone: Client, page: str) -> None:
    for key in ("sent_at", "prescription", "entries", "other"):
        for odd in ODD_VALUES:
            answer = send(phone, page, {"entries": [], key: odd})
            assert answer.status_code in (200, 400), (key, odd)


def test_half_a_letter_is_stored_as_a_sign_for_it(phone: Client, page: str, case: Case) -> None:
    """As left behind where a page cut a text in the middle of an emoji."""
    row = {"type": "session", "id": RUN, "session": RUN, "at": timezone.now().isoformat()}
    answer = send(phone, page, {"entries": [{**row, "state": "stopped", "words": "Ow \ud83d"}]})
    assert answer.json()["stored"] == [RUN]
    assert case.session_logs.get().words == "Ow \N{REPLACEMENT CHARACTER}"
