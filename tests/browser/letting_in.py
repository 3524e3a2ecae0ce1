"""A device that has answered the door already: the door itself has tests of its own."""

from __future__ import annotations

from django.test import Client
from playwright.sync_api import BrowserContext

from programs.access.models import PatientAccess
from programs.portal.door.cookie import cookie_name
from tests.programs.portal.conftest import open_door


def let_in(device: BrowserContext, access: PatientAccess) -> str:
    """The address of the program's page, which opens on this device from now on."""
    client = Client()
    address = open_door(client, access, access.case.patient.date_of_birth.year)
    held = client.cookies[cookie_name()]
    device.add_cookies(
        [
            {
                "name": held.key,
                "value": held.value,
                "domain": "localhost",
                "path": held["path"],
                "httpOnly": True,
                "sameSite": "Lax",
            }
        ]
    )
    return address
