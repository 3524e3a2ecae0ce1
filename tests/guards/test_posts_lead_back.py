"""A post never leaves an address behind that only takes posts: back and reload work everywhere.

Whatever an address answered to a form, asking it again without one shows a page, its own or the
one that the form stands on, and changes nothing. None is excused, with scripts or without.
"""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from clinic.accounts.moving import new_address_token
from clinic.models import AuditEntry, Practice, Role, User
from clinic.practice.actions import invite
from programs.access.models import PatientAccess
from programs.sessions.models import SessionLog
from tests.guards.addresses import Address, every_address
from tests.guards.test_signin import OPEN
from tests.guards.walk import Stop, Told
from tests.guards.world import World
from tests.programs.portal.conftest import open_door
from tests.programs.reminders.conftest import reminder_for
from tests.undone import undone

pytestmark = pytest.mark.django_db

#: What reaches further than nothing at all does.
ALSO_SENT = {name: {"starter": "no-such"} for name in ("program_create", "program_starter")}
HOMELESS = re.compile(r'<form(?![^>]*action=)[^>]*method="post"[^>]*>')
#: For any address under the patient's pages that does not exist: it says so, sent or asked.
NO_PAGE = {"portal_closed"}
#: The addresses without a sign-in that take posts.
POSTED = {
    "account_confirm_email",
    "confirm_new_address",
    "account_login",
    "account_reset_password_from_key",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "forgot_password",
    "invitation",
    "portal_check",
    "portal_code",
    "portal_correct",
    "portal_door",
    "portal_forget",
    "portal_goals",
    "portal_log",
    "portal_reminder_confirm",
    "portal_reminder_start",
    "portal_reminder_stop",
    "portal_reminders",
    "portal_session",
    "portal_wrong",
    "set_password",
    "sign_in",
}


def post(client: Client, url: str) -> Any:
    """Send next to nothing; what it did all the same is undone."""
    with undone():
        return client.post(url, {"starter": "no-such"})


def shows_a_page(client: Client, url: str) -> bool:
    """Whether asking without a form ends at a page, and nothing is written on the way."""
    written = AuditEntry.objects.count()
    answer = client.get(url, follow=True)
    assert AuditEntry.objects.count() == written
    return bool(answer.status_code == 200)


def after_a_clinicians_post_the_address_shows_a_page(stop: Stop) -> list[str]:
    if stop.name not in ALSO_SENT:
        return led_astray(stop, *stop.sent_and_back)
    odd = stop.post(Role.OWNER, ALSO_SENT[stop.name])
    return led_astray(stop, odd, stop.again()) + led_astray(stop, *stop.sent_and_back)


def led_astray(stop: Stop, sent: Told, back: Told) -> list[str]:
    """What is wrong with an answer to a form and with what comes when its address is asked for."""
    if sent.status == 405:
        return []
    wrong = []
    # A form without an address of its own would be sent to where it does not belong.
    if back.status == 302 and sent.status < 500 and HOMELESS.search(sent.answer.content.decode()):
        wrong.append("a form that has no address")
    end = stop.again(back) if 300 <= back.status < 400 else back
    if end.status != 200:
        wrong.append(f"asked again: status {end.status}")
    if back.written or end.written:
        wrong.append("something was done as it was asked again")
    return wrong


@pytest.fixture
def device(practice: Practice, alice: User, client: Client) -> dict[str, Any]:
    """What fills the patient's addresses: a device with a session on it, and a reminder."""
    issued = World(practice, alice).issued()
    case = issued.program.case
    access = PatientAccess.objects.get(case=case)
    home = open_door(client, access, case.patient.date_of_birth.year)
    sent = {"run": str(uuid.uuid4()), "issued": issued.pk, "exercise-1-state": "done"}
    client.post(f"{home}session/", sent)
    session = SessionLog.objects.get()
    reminder = reminder_for(access)
    asked = invite(
        practice=practice,
        actor=alice,
        email="dora@example.org",
        full_name="Dora",
        role=Role.CLINICIAN,
    )
    return {
        "device": home.split("/")[3],
        "session": session.client_id,
        "phase": "settled",
        "kind": "exercise",
        "log": session.exercises.get().client_id,
        "stop": reminder.stop_token,
        "confirm": reminder.confirm_token,
        "door": access.token,
        "invitation": asked[1],
        "new_address": new_address_token(alice, "alice.archer@example.org"),
    }


def address_on(device: dict[str, Any], address: Address) -> str:
    token = {
        "portal_door": "door",
        "portal_reminder_confirm": "confirm",
        "invitation": "invitation",
        "confirm_new_address": "new_address",
    }.get(address.name, "stop")
    known = {**device, "token": device[token], "uidb36": "x", "key": "y"}
    return address.url({key: known[key] for key in address.converters})


def test_after_a_post_without_a_sign_in_the_address_shows_a_page(
    client: Client, device: dict[str, Any]
) -> None:
    taken, lost = set(), []
    for address in every_address():
        if address.name not in OPEN - NO_PAGE or not {*address.converters} <= {
            *device,
            "token",
            "uidb36",
            "key",
        }:
            continue
        url = address_on(device, address)
        kept = client.cookies.copy()
        if post(client, url).status_code == 405:
            continue
        taken.add(address.name)
        client.cookies.update(kept)
        if not shows_a_page(client, url):
            lost.append(address.name)
    assert lost == []
    assert taken == POSTED
