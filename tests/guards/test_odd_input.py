"""Whatever is sent, no page breaks: bad input gets an answer below 500.

Every address is tried as Alice, who may open it, with what it needs in place behind it.
"""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from clinic.models import Practice, User
from tests.guards.addresses import Address, every_address
from tests.guards.world import ARGUMENTS, World

ODD = {
    "null byte": "a\x00b",
    "very long": "x" * 20_000,
    "huge number": "9" * 30,
    "number beyond conversion": "9" * 5000,
    "mark-up": "<script>alert(1)</script>'\"&{{7*7}}%s",
    "odd letters": "٣\u202e\u2066\U0010ffff\ufffe" + "ﷺ" * 150,
    "lines": "a\r\nBcc: b@example.org\u2028c",
}
"""What is put into every field at once."""

ASKED = """
    page attention q archived only next edit large part at_hand purpose region position kind back
"""
FIELDS = """
    role practice to key order preset exercise side starter seen revision overruled
    token confirmed issue_key reason expires_on modification note title review_on
    full_name date_of_birth sex email phone clinician_notes username password code year logo
    conditions-TOTAL_FORMS conditions-INITIAL_FORMS conditions-0-code conditions-0-side
    surgeries-TOTAL_FORMS surgeries-INITIAL_FORMS surgeries-0-performed_on
"""
"""Names that pages ask by and post; those on the page itself are added."""

NAMES = re.compile(r' name="([^"]+)"')

# In this charset, text can hold half a character, which no database takes.
HALF = b"+2AA-"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(practice: Practice, alice: User) -> World:
    return World(practice, alice)


def url_of(address: Address, world: World) -> str:
    arguments = ARGUMENTS.get(address.name)
    return address.url(arguments(world) if arguments else None)


def statuses(client: Client, url: str, extra: set[str]) -> dict[str, tuple[int, int]]:
    """What a page answers to each odd thing, asked and posted."""
    found = {}
    for what, text in ODD.items():
        asked = client.get(f"{url}?{urlencode(dict.fromkeys(ASKED.split(), text[:3000]))}")
        posted = client.post(url, dict.fromkeys({*FIELDS.split(), *extra}, text))
        found[what] = (asked.status_code, posted.status_code)
    return found


def raw(client: Client, url: str) -> dict[str, tuple[int, int]]:
    """Bodies and types that no browser sends."""
    part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    halves = b"".join(part % (name.encode(), HALF) for name in FIELDS.split()) + b"--x--\r\n"
    bodies = {
        "half a character": (halves, f"{MULTIPART}; charset=utf-7"),
        "another charset": (b"q=" + HALF, f"{FORM}; charset=utf-7"),
        "a wide charset": ("q=a".encode("utf-16"), f"{FORM}; charset=utf-16"),
        "an unknown charset": (b"q=a", f"{FORM}; charset=no-such"),
        "not UTF-8": (b"q=%ff%fe&full_name=%ed%a0%80&title=\xff\xfe", FORM),
        "a cut multipart": (b"--x\r\nContent-Disposition: form-data; name=", MULTIPART),
        "a multipart without a boundary": (b"a", "multipart/form-data"),
        "deep JSON": (b"[" * 100_000, "application/json"),
        "too many fields": (b"a=1&" * 2000, FORM),
    }
    return {
        what: (
            client.generic("POST", url, body, content_type=kind).status_code,
            client.get(f"{url}?q=+2AA-&next=%FF", CONTENT_TYPE=kind).status_code,
        )
        for what, (body, kind) in bodies.items()
    }


def broken(found: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    return {what: pair for what, pair in found.items() if max(pair) >= 500}


@pytest.mark.parametrize("address", every_address(), ids=lambda address: address.name)
def test_no_page_breaks(alice: User, world: World, address: Address) -> None:
    url = url_of(address, world)
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    fields = set(NAMES.findall(client.get(url).content.decode(errors="replace")))
    found = {**statuses(client, url, fields), **raw(client, url)}
    assert broken(found) == {}
