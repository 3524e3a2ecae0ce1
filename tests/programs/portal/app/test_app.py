"""The program as a web app: what a phone is given to install, to keep, and to say by itself."""

import datetime as dt
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from PIL import Image

from clinic.models import Practice, User
from patients.models import ScreenAnswer
from programs.access.models import DeviceGrant, PatientAccess
from programs.exercises.own.reading_grade import read_lines
from programs.portal.app.views import WORDS
from programs.portal.door.opening import owner_of
from programs.prescriptions.models import IssuedPrescription, Program
from tests.programs.portal.conftest import link, open_door
from tests.programs.portal.door.test_closed import seen
from tests.programs.portal.door.test_quiet import HEALTH, with_imports

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]
WORKER = ("store", "sender", "copies", "worker")


def body_of(client: Client, address: str) -> dict[str, str]:
    """What the page says of itself to its scripts and to the worker."""
    text = client.get(address).content.decode()
    [tag] = re.findall(r"<body[^>]*>", text)
    return dict(re.findall(r'data-([a-z-]+)="([^"]*)"', tag))


def sentences(text: str) -> list[str]:
    """What a page says, paragraph by paragraph; what leads elsewhere is no sentence."""
    told = re.findall(r"(?s)<(?:p|li|h1)\b[^>]*>(.*?)</(?:p|li|h1)>", text)
    return [re.sub(r"<a .*?</a>|<button.*?</button>|<[^>]+>", "", line) for line in told]


# --- Installing -------------------------------------------------------------------------------


def test_the_app_names_nobody_and_starts_at_this_persons_program(phone: Client, page: str) -> None:
    answer = phone.get(f"{page}app.webmanifest")
    about = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert answer["Cache-Control"] == "private, no-store"
    assert (about["name"], about["short_name"]) == ("Home programme", "Home programme")
    assert (about["scope"], about["display"]) == ("/p/", "standalone")
    assert re.fullmatch(r"/p/today/\?for=[0-9a-f-]{36}", about["start_url"])
    assert phone.get(about["start_url"]).headers["Location"] == page
    said = [value for value in about.values() if isinstance(value, str)]
    assert not [words for words in said if HEALTH.search(words) or "Ellison" in words]


def test_its_icons_are_as_large_as_they_say(phone: Client, page: str) -> None:
    icons = json.loads(phone.get(f"{page}app.webmanifest").content)["icons"]
    assert [(icon["sizes"], icon["purpose"]) for icon in icons] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("192x192", "maskable"),
        ("512x512", "maskable"),
    ]
    for icon in icons:
        with Image.open(Path(settings.BASE_DIR, icon["src"].lstrip("/"))) as drawn:
            assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
            corner = drawn.convert("RGBA").getpixel((0, 0))
            # A phone cuts a maskable one to its own shape, so that its ground fills the corners.
            assert corner == ((11, 85, 96, 255) if icon["purpose"] == "maskable" else (0, 0, 0, 0))


def test_it_stays_the_same_app_when_the_door_is_opened_again(
    phone: Client, access: PatientAccess
) -> None:
    pages = [open_door(phone, access), open_door(phone, access)]
    found = [json.loads(phone.get(f"{page}app.webmanifest").content) for page in pages]
    assert found[0] == found[1]
    assert phone.get(found[0]["start_url"]).headers["Location"] == pages[1]


def test_an_icon_with_cookies_of_its_own_opens_the_program_the_second_time(
    phone: Client, page: str, access: PatientAccess
) -> None:
    """As on an iPhone: the icon knows nothing of what the browser remembered."""
    start = json.loads(phone.get(f"{page}app.webmanifest").content)["start_url"]
    icon = Client()
    assert icon.get(start).headers["Location"] == "/p/"
    sent = icon.post("/p/", {"code": access.code}).headers["Location"]
    opened = icon.post(sent, {"year": "1951"}).headers["Location"]
    assert icon.get(start).headers["Location"] == opened
    assert icon.get(opened).status_code == 200


def test_an_icon_is_one_persons_on_a_tablet_of_two(
    phone: Client, page: str, access: PatientAccess, neighbour: PatientAccess
) -> None:
    start = json.loads(phone.get(f"{page}app.webmanifest").content)["start_url"]
    open_door(phone, neighbour, neighbour.case.patient.date_of_birth.year)
    assert phone.get(start).headers["Location"] == page
    assert "Whose page?" in phone.get("/p/today/").content.decode()
    assert "Whose page?" in phone.get("/p/today/?for=nobody").content.decode()


# --- Whose it is ------------------------------------------------------------------------------


def test_a_person_is_filed_under_one_name_over_every_device_and_link(
    phone: Client, access: PatientAccess, neighbour: PatientAccess, alice: User
) -> None:
    first = body_of(phone, open_door(phone, access))
    access.revoked_at, access.revoked_by = timezone.now(), alice
    access.save()
    renewed = PatientAccess.objects.ensure(case=access.case, by=alice)
    second = body_of(phone, open_door(phone, renewed))
    his = body_of(phone, open_door(phone, neighbour, 1948))
    assert first["owner"] == second["owner"] != his["owner"]
    assert len({first["device"], second["device"], his["device"]}) == 3


def test_a_page_says_what_its_scripts_and_the_worker_need(
    phone: Client, page: str, issued: IssuedPrescription
) -> None:
    grant = DeviceGrant.objects.get()
    said = body_of(phone, page)
    assert dt.datetime.fromisoformat(said.pop("until")) == grant.expires_at
    assert said.pop("csrf") != ""
    assert said == {
        "device": str(grant.pk),
        "owner": owner_of(grant.access.case),
        "issued": str(issued.pk),
        "state": "open",
        "log-url": f"{page}log/",
        "worker": "/p/sw.js",
    }


def test_a_page_says_whether_its_exercises_may_be_done(
    phone: Client, page: str, program: Program, alice: User
) -> None:
    ScreenAnswer.objects.create(
        case=program.case, kind="red_flag", code="rf_foot_drop", answer="yes", answered_by=alice
    )
    assert body_of(phone, page)["state"] == "stopped"
    program.ended_at = timezone.now()
    program.save()
    assert body_of(phone, page)["state"] == "ended"


# --- The worker and its words -----------------------------------------------------------------


def test_the_worker_names_every_file_that_the_pages_load(phone: Client, page: str) -> None:
    answer = phone.get("/p/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    found = re.match(r"self\.homeward = (.*);\nimportScripts\((.*)\);\n$", answer.content.decode())
    assert found
    about, scripts = json.loads(found[1]), json.loads(f"[{found[2]}]")
    assert about["root"] == "/p/"
    assert scripts == [f"/static/programs/portal/app/{name}.js" for name in WORKER]
    for address in [*about["files"], *scripts]:
        assert finders.find(address.removeprefix("/static/")), address
    files = {Path(settings.BASE_DIR, address.lstrip("/")) for address in about["files"]}
    for rest in ("", "session/", "wrong/", "stopped/"):
        text = phone.get(page + rest).content.decode()
        loaded = re.findall(r'(?:script[^>]* src|rel="(?:stylesheet|icon)" href)="([^"]+)"', text)
        assert set(loaded) <= set(about["files"]), rest
        assert with_imports(loaded) <= files, rest


def test_what_scripts_import_is_asked_for_with_the_page(phone: Client, page: str) -> None:
    for rest in ("", "session/"):
        text = phone.get(page + rest).content.decode()
        ahead = re.findall(r'rel="modulepreload" href="([^"]+)"', text)
        scripts = re.findall(r'script[^>]* src="([^"]+)"', text)
        asked = {Path(settings.BASE_DIR, address.lstrip("/")) for address in (*ahead, *scripts)}
        assert with_imports(scripts) == asked, rest


@pytest.mark.parametrize("kind", WORDS)
def test_what_the_worker_says_is_easy_and_the_same_for_everybody(
    phone: Client, access: PatientAccess, kind: str
) -> None:
    before = phone.get(f"/p/words/{kind}/")
    open_door(phone, access)
    answer = phone.get(f"/p/words/{kind}/")
    assert seen(answer) == seen(before)
    assert answer.status_code == 200
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    reading = read_lines(sentences(answer.content.decode()))
    assert reading is not None
    assert reading.is_easy, reading


def test_what_the_bar_says_is_easy(phone: Client, page: str) -> None:
    text = phone.get(page).content.decode()
    [bar] = re.findall(r"(?s)<div class=\"app-bar.*?(?=<header|<main)", text)
    assert len(re.findall("data-says=", bar)) == len(re.findall("data-says=[^>]* hidden", bar))
    reading = read_lines(sentences(bar))
    assert reading is not None
    assert reading.is_easy, reading


def test_the_stopped_page_is_there_before_it_is_needed(
    phone: Client, page: str, practice: Practice, django_assert_num_queries: Queries
) -> None:
    phone.get(page)
    with django_assert_num_queries(2):
        answer = phone.get(f"{page}stopped/")
    text = answer.content.decode()
    assert "Please stop your programme for now" in text
    assert f'href="tel:{practice.emergency_number}"' in text
    assert "<article" not in text


def test_a_strangers_app_is_behind_the_same_closed_door(
    phone: Client, page: str, neighbour: PatientAccess
) -> None:
    his = open_door(Client(), neighbour, 1948)
    closed = seen(phone.get("/p/x/"))
    addresses = (f"{his}app.webmanifest", f"{his}stopped/", "/p/words/other/")
    assert [seen(phone.get(address)) for address in addresses] == [closed] * 3


def test_only_pages_behind_the_door_may_start_the_worker(
    phone: Client, access: PatientAccess, page: str
) -> None:
    policy = phone.get(page)["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
    for address in ("/p/", link(access), "/p/x/", "/p/words/closed/"):
        answer = phone.get(address, follow=False)
        assert "worker-src" not in answer["Content-Security-Policy"]
        assert b"<script" not in answer.content
