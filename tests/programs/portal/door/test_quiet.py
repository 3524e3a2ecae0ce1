"""What the pages tell others: indexes, previews, caches, logs, other sites. And what they cost."""

import gzip
import logging
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from clinic.models import User
from programs.access.models import PatientAccess
from programs.portal.context import Phone
from programs.portal.context import phone as read_phone
from tests.programs.portal.conftest import issue_for, link, open_door
from tests.programs.samples import sample_prescription

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]
HEALTH = re.compile(
    r"health|pain|exercise|physio|therap|patient|medical|clinic|spine|back|stenosis|diagnos", re.I
)


@pytest.fixture
def everywhere(phone: Client, access: PatientAccess) -> list[str]:
    """Every address that a patient can see."""
    page = open_door(phone, access)
    return ["/p/", link(access), "/p/x/", page, "/p/today/", "/p/forgotten/", f"{page}print/"]


def test_every_page_is_kept_by_nobody_and_listed_nowhere(
    phone: Client, everywhere: list[str]
) -> None:
    for address in everywhere:
        answer = phone.get(address)
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "strict-origin"
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive, nosnippet"
        assert answer["X-Frame-Options"] == "DENY"
        policy = answer["Content-Security-Policy"]
        shows_program = answer.status_code == 200 and address == everywhere[3]
        assert f"script-src {chr(39)}{'self' if shows_program else 'none'}{chr(39)}" in policy
        assert "unsafe" not in policy


def test_titles_addresses_and_cookies_speak_of_nothing(
    access: PatientAccess, neighbour: PatientAccess
) -> None:
    phone = Client()
    pages = [
        phone.get("/p/"),
        phone.get(link(access)),
        phone.post(link(access), {"year": "1940"}),
        phone.get("/p/x/"),
        phone.get(open_door(phone, access)),
        phone.get("/p/forgotten/"),
    ]
    open_door(phone, neighbour, 1948)
    pages.append(phone.get("/p/today/"))
    for answer in pages:
        text = answer.content.decode()
        [title] = re.findall(r"<title>(.*?)</title>", text)
        assert title.endswith(("our home programme", "our page", "This page does not open"))
        assert not HEALTH.search(title)
        assert not HEALTH.search(re.sub(access.token, "", answer.request["PATH_INFO"]))
        assert ("og:" in text, 'name="description"' in text, "twitter:" in text) == (False,) * 3
    assert not [name for name in phone.cookies if HEALTH.search(name)]


def test_search_engines_are_asked_to_stay_out(phone: Client) -> None:
    answer = phone.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content == b"User-agent: *\nAllow: /p/calendar/\nDisallow: /\n"


def test_no_log_line_holds_a_token(
    phone: Client, access: PatientAccess, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    phone.get(link(access))
    for year in range(1940, 1946):
        phone.post(link(access), {"year": str(year)})
    phone.get(f"/p/{access.token}x/")
    Client(enforce_csrf_checks=True).post(link(access), {"year": "1951"})
    written = [
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    ]
    assert written
    assert [line for line in written if access.token in line] == []


#: Whose device it is with what is behind it, what was issued, what stops the case, the kept answer,
#: the last sessions, goals.
QUERIES = 6


def test_the_page_asks_the_database_six_times(
    phone: Client, page: str, django_assert_num_queries: Queries
) -> None:
    # The first page of a day judges the case, and each process reads what was issued once.
    phone.get(page)
    with django_assert_num_queries(QUERIES):
        phone.get(page)


def test_and_no_more_often_with_more_of_everything(
    phone: Client,
    page: str,
    access: PatientAccess,
    neighbour: PatientAccess,
    alice: User,
    django_assert_num_queries: Queries,
) -> None:
    open_door(phone, neighbour, 1948)
    for n in (4, 8, 16):
        issue_for(access.case, alice, sample_prescription(n))
    phone.get(page)
    with django_assert_num_queries(QUERIES):
        answer = phone.get(page)
    assert answer.content.decode().count("<article") == 16


def with_imports(addresses: list[str]) -> set[Path]:
    """The files behind these addresses, and the modules that their scripts import in turn."""
    found: set[Path] = set()
    left = [Path(settings.BASE_DIR, address.lstrip("/")) for address in addresses]
    while left:
        file = left.pop()
        if file in found:
            continue
        found.add(file)
        if file.suffix == ".js":
            names = re.findall(r'(?:from|import)[ (]*"(\.[^"]+)"', file.read_text())
            left += [(file.parent / name).resolve() for name in names]
    return found


def test_the_first_view_is_under_60_kilobytes(phone: Client, page: str) -> None:
    answer = phone.get(page, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    text = gzip.decompress(answer.content).decode()
    files = re.findall(r'(?:script[^>]* src|rel="(?:stylesheet|icon)" href)="([^"]+)"', text)
    assert files == [
        "/static/clinic/img/icon.svg",
        "/static/programs/portal/portal.css",
        "/static/programs/portal/today/day.css",
        "/static/programs/exercises/pictures/movement.js",
        "/static/clinic/escape.js",
        "/static/programs/portal/app/offline.js",
    ]
    lazy = [tag for tag in re.findall(r"<img[^>]+>", text) if 'loading="lazy"' in tag]
    pictures = [src for tag in lazy for src in re.findall(r'src="([^"]+)"', tag)]
    # A phone's browser asks for some pictures ahead of where it is: count six.
    drawn = sum(
        len(phone.get(address, headers={"Accept-Encoding": "gzip"}).content)
        for address in pictures[:6]
    )
    headers = 6_000
    assert text.count("<img") == len(pictures)
    loaded = sum(len(gzip.compress(file.read_bytes())) for file in with_imports(files))
    assert len(answer.content) + drawn + headers + loaded < 60_000


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("01947 000000", "tel:01947000000"),
        ("+44 (0)1947 000-000", "tel:+441947000000"),
        ("Reception: 01947 / 000.000 (desk)", "tel:01947000000"),
        ("112", "tel:112"),
        ("", ""),
        ("see the web site", ""),
        ("<b>7</b>", ""),
        ("12", ""),
    ],
)
def test_a_number_is_found_in_what_was_typed(words: str, href: str) -> None:
    assert read_phone(words) == Phone(words, href)
