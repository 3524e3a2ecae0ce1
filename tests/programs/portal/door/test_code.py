"""The short code: typed as people type, explained where it cannot be read."""

import re

import pytest
from django.test import Client

from clinic.models import Guess
from programs.access.codes import NEVER, CodeError, read_code
from programs.access.models import CODE_ALPHABET, PatientAccess, new_code
from tests.clinic.accounts.guesses import same_again
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


READ = [
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
]
EXPLAINED = [
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
]


def test_a_code_is_read_as_people_type_it(phone: Client, known: PatientAccess) -> None:
    said = {}
    for typed in READ:
        answer = phone.post("/p/", {"code": typed})
        said[typed] = (answer.status_code, answer.headers.get("Location"))
    assert said == dict.fromkeys(READ, (302, link(known)))


def test_what_is_no_code_is_explained_kindly(phone: Client) -> None:
    assert [(typed, error_at_code(phone, typed)) for typed, _ in EXPLAINED] == EXPLAINED
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
    first, last = Client(REMOTE_ADDR="203.0.113.1"), Client(REMOTE_ADDR="203.0.113.2")
    assert first.post("/p/", {"code": new_code()}).status_code == 200
    same_again(198)
    assert last.post("/p/", {"code": new_code()}).status_code == 200
    assert phone.post("/p/", {"code": known.code}).status_code == 429
    assert phone.get(link(known)).status_code == 200
    minutes_pass(61)
    assert phone.post("/p/", {"code": known.code}).status_code == 302


def test_new_codes_hold_nothing_that_looks_alike() -> None:
    assert set("".join(new_code() for _ in range(400))) == set(CODE_ALPHABET)
    for pair in ("0O", "0D", "0Q", "1I", "1L", "1J", "2Z", "5S", "6G", "8B", "UV", "VY", "IL"):
        assert len(set(pair) & set(CODE_ALPHABET)) <= 1


def test_every_letter_and_number_is_read_or_explained() -> None:
    wrong = []
    for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        try:
            read = {*read_code(sign * 8)}
            good = sign not in NEVER and read <= {*CODE_ALPHABET}
        except CodeError as error:
            good = sign in NEVER and "Look again" in str(error)
        wrong += [] if good else [sign]
    assert wrong == []


UNSEEN = ("\u200b", "\u200e", "\u200f", "\u00a0", "\ufeff", "\u2060", "\u00ad", "\u202a")


def test_signs_that_nobody_sees_are_no_part_of_a_code(access: PatientAccess) -> None:
    """They come along where a code or a link is copied from a message."""
    code, page = access.code, f"/p/{access.token}/"
    said = {}
    for sign in UNSEEN:
        inside = "" if sign == "\u00a0" else sign
        token = f"{access.token[:9]}{inside}{access.token[9:]}"
        pasted = [f"{sign}{code[:3]}{sign}{code[3:]}{sign}"]
        pasted.append(f"{sign}https://physio.example/p/{token}/{sign}")
        sent = [Client().post("/p/", {"code": text}) for text in pasted]
        year = Client().post(page, {"year": f"19{sign}51{sign}"})
        said[sign] = ([answer.headers.get("Location") for answer in sent], year.status_code)
    assert said == dict.fromkeys(UNSEEN, ([page, page], 302))
