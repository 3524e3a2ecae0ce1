"""What is refused before it is read: too large, or not in the charset of the pages."""

import pytest
from django.test import Client
from django.urls import reverse

from clinic.server.intake import MAX_REQUEST_BYTES
from tests.clinic.test_headers import check_headers
from tests.served import as_served

URL = reverse("sign_in")
FORM = "application/x-www-form-urlencoded"
pytestmark = pytest.mark.django_db


def test_a_huge_upload_is_refused_by_its_length_alone(client: Client) -> None:
    size = str(MAX_REQUEST_BYTES + 1)
    kind = "multipart/form-data; boundary=x"
    answer = client.generic("POST", URL, b"", content_type=kind, CONTENT_LENGTH=size)
    assert (answer.status_code, answer.templates[0].name) == (413, "413.html")
    check_headers(answer.headers)


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "latin-1", "no-such"])
def test_other_charsets_are_refused(client: Client, charset: str) -> None:
    kind = f"{FORM}; charset={charset}"
    answer = client.generic("POST", URL, b"username=+2AA-", content_type=kind)
    assert (answer.status_code, answer.templates[0].name) == (400, "400.html")
    check_headers(answer.headers)
    assert client.get(f"{URL}?q=+2AA-", CONTENT_TYPE=kind).status_code == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_utf_8_may_be_named_as_one_likes(client: Client, charset: str) -> None:
    kind = f"{FORM}; charset={charset}"
    assert client.generic("POST", URL, b"username=a", content_type=kind).status_code == 200


@pytest.mark.parametrize(("length", "status"), [("", 200), ("-1", 200), ("many", 400)])
def test_an_odd_length_breaks_nothing(client: Client, length: str, status: int) -> None:
    answer = client.generic("POST", URL, b"username=a", content_type=FORM, CONTENT_LENGTH=length)
    assert answer.status_code == status


@pytest.mark.parametrize("charset", ["rot13", "utf-16", "\x00", "*=idna''a"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_no_charset_gets_a_page_as_well(client: Client, charset: str, method: str) -> None:
    as_served(client)
    kind = f"{FORM}; charset={charset}".replace("=*=", "*=")
    answer = client.generic(method, f"{URL}?q=%FFa", b"username=a", content_type=kind)
    assert (answer.status_code, answer.templates[0].name) == (400, "400.html")
    check_headers(answer.headers)
