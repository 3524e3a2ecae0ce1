"""The short code: typed as people type, explained where it cannot be read."""

import re

import pytest
from django.test import Client

from clinic.models import Guess
from programs.access.codes import NEVER, CodeError, read_code
from programs.access.models import CODE_ALPHABET, PatientAccess, new_code
from tests.programs.portal.conftest import days_ago, link, minutes_pass

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(access: PatientAccess) -> PatientAccess:
    access.code = "ZSGB7KYD"
    access.save()
    return access


def error_at_code(client: Client, typed: str) -> str:
    answer = client.post("/p/", {"code": typed})
    assert answer.status_code == 200
    found = re.search(r'id="code-error">(.*?)</p>', answer.content.decode(), re.S)
    return found[1] if found else ""


@pytest.mark.parametrize(
    "typed",
    [
        "ZSGB7KYD",
        "zsgb7kyd",
        "ZSGB 7KYD",
        " zs gb  7k yd ",
        "ZSGB-7KYD",
        "zsgb–7kyd",
        "z.s.g.b.7.k.y.d",
        "ZSGB\u00a07KYD",
        "ｚｓｇｂ７ｋｙｄ",
        "25687KYD",
        "zsgb7kvd",
    ],
)
def test_a_code_is_read_as_people_type_it(phone: Client, known: PatientAccess, typed: str) -> None:
    answer = phone.post("/p/", {"code": typed})
    assert (answer.status_code, answer.headers.get("Location")) == (302, link(known))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Type the code from your paper."),
        (" - ", "Type the code from your paper."),
        ("ZSGB7KY", "The code has 8 letters and numbers. You typed 7. Check it again."),
        ("ZSGB7KYDD", "The code has 8 letters and numbers. You typed 9. Check it again."),
        ("ZSGB7KYO", "There is no letter O in our codes. Look again: it may be a D."),
        ("ZSGB7KY0", "There is no zero in our codes. Look again: it may be a D."),
        ("zsgb7ky1", "There is no number 1 in our codes. Look again: it may be a 7 or a J."),
        ("zsgb7kyl", "There is no letter L in our codes. Look again: it may be an E or a T."),
        ("ZSGB7KYÄ", "Use only the letters and numbers that are on your paper."),
        ("ZSGB7K\x00D", "Use only the letters and numbers that are on your paper."),
    ],
)
def test_what_is_no_code_is_explained_kindly(phone: Client, typed: str, message: str) -> None:
    assert error_at_code(phone, typed) == message
    assert Guess.objects.count() == 0


def test_what_was_typed_is_still_there(phone: Client) -> None:
    page = phone.post("/p/", {"code": "zsgb <b>"}).content.decode()
    assert 'value="zsgb &lt;b&gt;"' in page


def test_a_pasted_link_opens_its_door(phone: Client, access: PatientAccess) -> None:
    answer = phone.post("/p/", {"code": f"https://physio.example{link(access)} "})
    assert (answer.status_code, answer.headers.get("Location")) == (302, link(access))


def test_unknown_revoked_and_expired_codes_look_the_same(
    phone: Client, known: PatientAccess, neighbour: PatientAccess
) -> None:
    neighbour.revoked_at = days_ago(1)
    neighbour.save()
    known.expires_at = days_ago(1)
    known.save()
    says = {error_at_code(phone, code) for code in ("AAAAAAAA", known.code, neighbour.code)}
    assert says == {
        "No page opens with this code. Check each letter and number against your newest paper. "
        "If it matches your paper, ring the practice for a new code."
    }


def test_guessing_codes_is_slowed_down_and_then_even_a_right_one_waits(
    phone: Client, known: PatientAccess
) -> None:
    guesses = [phone.post("/p/", {"code": new_code()}).status_code for _ in range(11)]
    assert guesses == [200] * 10 + [429]
    assert phone.post("/p/", {"code": known.code}).status_code == 429
    minutes_pass(15.1)
    assert phone.post("/p/", {"code": known.code}).status_code == 302


def test_codes_are_counted_over_the_whole_server_and_links_go_on(
    phone: Client, known: PatientAccess
) -> None:
    for n in range(200):
        guesser = Client(REMOTE_ADDR=f"203.0.113.{n}")
        assert guesser.post("/p/", {"code": new_code()}).status_code == 200
    assert phone.post("/p/", {"code": known.code}).status_code == 429
    assert phone.get(link(known)).status_code == 200
    minutes_pass(61)
    assert phone.post("/p/", {"code": known.code}).status_code == 302


def test_new_codes_hold_nothing_that_looks_alike() -> None:
    assert set("".join(new_code() for _ in range(400))) == set(CODE_ALPHABET)
    for pair in ("0O", "0D", "0Q", "1I", "1L", "1J", "2Z", "5S", "6G", "8B", "UV", "VY", "IL"):
        assert len(set(pair) & set(CODE_ALPHABET)) <= 1


@pytest.mark.parametrize("sign", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
def test_every_letter_and_number_is_read_or_explained(sign: str) -> None:
    if sign in NEVER:
        with pytest.raises(CodeError, match="Look again"):
            read_code(sign * 8)
    else:
        assert set(read_code(sign * 8)) <= set(CODE_ALPHABET)


@pytest.mark.parametrize(
    "sign", ["\u200b", "\u200e", "\u200f", "\u00a0", "\ufeff", "\u2060", "\u00ad", "\u202a"]
)
def test_signs_that_nobody_sees_are_no_part_of_a_code(access: PatientAccess, sign: str) -> None:
    """They come along where a code or a link is copied from a message."""
    code = access.code
    pasted = f"{sign}{code[:3]}{sign}{code[3:]}{sign}"
    sent = Client().post("/p/", {"code": pasted})
    assert sent.headers["Location"] == f"/p/{access.token}/"
    inside = "" if sign == "\u00a0" else sign
    link = f"{sign}https://physio.example/p/{access.token[:9]}{inside}{access.token[9:]}/{sign}"
    assert Client().post("/p/", {"code": link}).headers["Location"] == f"/p/{access.token}/"
    year = Client().post(f"/p/{access.token}/", {"year": f"19{sign}51{sign}"})
    assert year.status_code == 302
