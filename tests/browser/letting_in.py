"""A device that is let in already, or goes through the door: the door has tests of its own."""

from __future__ import annotations

from django.test import Client
from playwright.sync_api import BrowserContext, Page

from patients.models import Case
from programs.access.models import PatientAccess
from programs.portal.door.cookie import cookie_name
from tests.browser.offline import READY
from tests.programs.portal.conftest import link, open_door
from tests.waiting import until_in


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


def opened(tablet: BrowserContext, case: Case) -> Page:
    """The program of this case on a new tablet, with all of it on the device."""
    tab = tablet.new_page()
    tab.goto(let_in(tablet, PatientAccess.objects.get(case=case, revoked_at=None)))
    kept(tab)
    return tab


def through_the_door(tablet: BrowserContext, case: Case) -> Page:
    """The same on a tablet that has opened a program before, or has to open it again."""
    tab = tablet.new_page()
    tab.goto(link(PatientAccess.objects.get(case=case, revoked_at=None)))
    tab.fill("#year", str(case.patient.date_of_birth.year))
    tab.get_by_role("button", name="Open").click()
    tab.wait_for_url("**/p/today/**")
    kept(tab)
    return tab


def kept(tab: Page) -> None:
    """Wait until the program is there without a connection too."""
    until_in(tab, lambda: tab.evaluate(READY), "all of the program is on the device")
