"""The door: the link, the year of birth, and what happens to those who guess."""

import datetime as dt
import re

import pytest
from django.test import Client

from clinic.models import AuditEntry, Guess, Practice, User
from programs.access.actions import renew_access
from programs.access.models import DeviceGrant, PatientAccess
from programs.access.throttle import address_key, year_key
from tests.programs.portal.conftest import (
    issue_for,
    link,
    make_case,
    minutes_pass,
    open_door,
)

pytestmark = pytest.mark.django_db


def try_years(client: Client, access: PatientAccess, *years: object) -> list[int]:
    return [client.post(link(access), {"year": str(y)}).status_code for y in years]


def error_at_year(client: Client, access: PatientAccess, typed: str) -> str:
    answer = client.post(link(access), {"year": typed})
    assert answer.status_code == 200
    found = re.search(r'id="year-error">(.*?)</p>', answer.content.decode(), re.S)
    return found[1] if found else ""


def test_the_link_asks_for_the_year_of_birth(phone: Client, access: PatientAccess) -> None:
    answer = phone.get(link(access))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "What year were you born?" in page
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="bday-year"' in page


def test_the_door_says_nothing_of_who_or_what_is_behind_it(
    phone: Client, access: PatientAccess
) -> None:
    page = phone.get(link(access)).content.decode().lower()
    for word in ("margaret", "ellison", "harbour", "physio", "back", "exercise", "pain", "og:"):
        assert word not in page.replace("/p/", "")


def test_the_right_year_opens_the_program(phone: Client, access: PatientAccess) -> None:
    answer = phone.post(link(access), {"year": "1951"}, follow=True)
    assert answer.status_code == 200
    assert "<h1>Your home programme</h1>" in answer.content.decode()


def test_after_the_door_no_address_holds_the_token(phone: Client, access: PatientAccess) -> None:
    address = open_door(phone, access)
    assert re.fullmatch(r"/p/today/[0-9a-f-]{36}/", address)
    page = phone.get(address).content.decode()
    assert access.token not in page
    assert access.code not in page


def test_spaces_around_and_other_scripts_digits_are_read(
    phone: Client, access: PatientAccess
) -> None:
    assert phone.post(link(access), {"year": " 19 51 "}).status_code == 302
    assert Client().post(link(access), {"year": "١٩٥١"}).status_code == 302


NO_YEARS = [
    ("", "Type the year you were born."),
    ("   ", "Type the year you were born."),
    ("fifty-one", "Type the year only, as four numbers, like 1951."),
    ("51", "Type the year only, as four numbers, like 1951."),
    ("8/3/1951", "Type the year only, as four numbers, like 1951."),
    ("-195", "Type the year only, as four numbers, like 1951."),
    ("1951²", "Type the year only, as four numbers, like 1951."),
    ("<b>51", "Type the year only, as four numbers, like 1951."),
    ("2150", "That year is still to come. Check the four numbers."),
    ("1850", "That year is too long ago. Check the four numbers."),
]


def test_what_is_no_year_is_explained_and_not_counted(phone: Client, access: PatientAccess) -> None:
    said = [(typed, error_at_year(phone, access, typed)) for typed, _ in NO_YEARS]
    assert said == NO_YEARS
    assert Guess.objects.count() == 0


def test_what_was_typed_is_still_there_and_escaped(phone: Client, access: PatientAccess) -> None:
    page = phone.post(link(access), {"year": '"><script>'}).content.decode()
    assert 'value="&quot;&gt;&lt;script&gt;"' in page
    assert "<script" not in page


def test_a_wrong_year_says_how_many_tries_are_left_and_whom_to_ask(
    phone: Client, access: PatientAccess
) -> None:
    assert error_at_year(phone, access, "1952") == (
        "This year is not the one we have. Check it and try again. You can try 4 more times. "
        "If it is right, call the practice: they can put it right."
    )
    try_years(phone, access, 1953, 1954)
    assert "You can try 1 more time. " in error_at_year(phone, access, "1955")


def test_five_wrong_years_close_the_door_even_for_the_right_one(
    phone: Client, access: PatientAccess
) -> None:
    assert try_years(phone, access, 1940, 1941, 1942, 1943, 1944) == [200, 200, 200, 200, 429]
    answer = phone.post(link(access), {"year": "1951"})
    assert answer.status_code == 429
    assert "Try again in 15 minutes." in answer.content.decode()
    assert 890 <= int(answer["Retry-After"]) <= 900
    assert DeviceGrant.objects.count() == 0


def test_a_closed_door_answers_right_wrong_and_nonsense_alike(
    phone: Client, access: PatientAccess
) -> None:
    try_years(phone, access, 1940, 1941, 1942, 1943, 1944)
    pages = {phone.post(link(access), {"year": y}).content for y in ("1951", "1960", "x", "")}
    assert len(pages) == 1


def test_changing_device_or_address_does_not_help(access: PatientAccess) -> None:
    for n, year in enumerate((1940, 1941, 1942, 1943, 1944)):
        Client(REMOTE_ADDR=f"203.0.113.{n}").post(link(access), {"year": str(year)})
    answer = Client(REMOTE_ADDR="198.51.100.7").post(link(access), {"year": "1951"})
    assert answer.status_code == 429


def test_the_wait_ends_after_fifteen_minutes(phone: Client, access: PatientAccess) -> None:
    try_years(phone, access, 1940, 1941, 1942, 1943, 1944)
    minutes_pass(14)
    assert try_years(phone, access, 1951) == [429]
    minutes_pass(1.1)
    assert try_years(phone, access, 1951) == [302]


def test_knocking_while_waiting_does_not_make_the_wait_longer(
    phone: Client, access: PatientAccess
) -> None:
    try_years(phone, access, 1940, 1941, 1942, 1943, 1944, 1945, 1946, 1947)
    assert Guess.objects.count() == 10  # five for the link, five for the address
    minutes_pass(15.1)
    assert try_years(phone, access, 1951) == [302]


def test_ten_wrong_years_in_all_close_it_until_there_is_a_new_link(
    phone: Client, access: PatientAccess, alice: User
) -> None:
    known = Client()
    home = open_door(known, access)
    assert try_years(phone, access, *range(1910, 1915)) == [200, 200, 200, 200, 429]
    minutes_pass(60 * 24 * 90)
    assert try_years(phone, access, *range(1915, 1920)) == [200, 200, 200, 200, 429]
    minutes_pass(60 * 24 * 90)
    answer = phone.post(link(access), {"year": "1951"})
    assert answer.status_code == 429
    assert "This link is closed" in answer.content.decode()
    assert "Retry-After" not in answer.headers
    # Whoever had it open goes on, and a stranger has not shut the patient out for long.
    assert known.get(home).status_code in {200, 404}
    renewed = renew_access(case=access.case, actor=alice)
    assert try_years(phone, renewed, 1951) == [302]


def test_the_patients_own_slips_are_taken_back_and_a_strangers_are_not(
    phone: Client, access: PatientAccess
) -> None:
    stranger = Client(REMOTE_ADDR="203.0.113.5")
    for year in (1900, 1901, 1902, 1903):
        stranger.post(link(access), {"year": str(year)})
    minutes_pass(16)
    assert try_years(phone, access, 1940, 1941, 1951) == [200, 200, 302]
    assert Guess.objects.filter(key=year_key(access)).count() == 4


def test_another_link_on_the_same_network_stays_open(
    phone: Client, access: PatientAccess, neighbour: PatientAccess
) -> None:
    try_years(phone, access, 1940, 1941, 1942, 1943, 1944)
    assert try_years(phone, neighbour, 1948) == [302]


def test_one_address_that_guesses_at_many_links_is_slowed_down(
    practice: Practice, alice: User
) -> None:
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    links = []
    for n in range(6):
        case = make_case(practice, alice, f"Person {n}", dt.date(1950, 1, 1))
        issue_for(case, alice)
        links.append(PatientAccess.objects.get(case=case))
    answers = [s for one in links for s in try_years(guesser, one, 1940, 1941, 1942, 1943)]
    assert answers == [200] * 19 + [429] * 5
    assert try_years(guesser, links[5], 1950) == [429]
    assert try_years(Client(REMOTE_ADDR="198.51.100.7"), links[5], 1950) == [302]


def test_a_household_on_ipv6_counts_as_one_address() -> None:
    one, two = (address_key("address", a) for a in ("2001:db8::1", "2001:db8::2:ffff"))
    other = address_key("address", "2001:db8:0:1::1")
    mapped, plain = (address_key("address", a) for a in ("::ffff:203.0.113.9", "203.0.113.9"))
    assert (one == two, one == other, mapped == plain) == (True, False, True)


def test_a_right_year_wipes_the_slate_of_its_place(phone: Client, access: PatientAccess) -> None:
    try_years(phone, access, 1940, 1941, 1942, 1943)
    assert try_years(phone, access, 1951) == [302]
    assert try_years(Client(), access, 1940, 1941) == [200, 200]


def test_correcting_the_year_of_birth_opens_a_closed_door(
    phone: Client, access: PatientAccess
) -> None:
    patient = access.case.patient
    patient.date_of_birth = dt.date(1915, 3, 8)
    patient.save()
    try_years(phone, access, 1951, 1951, 1951, 1951, 1951)
    assert try_years(phone, access, 1951) == [429]
    patient.date_of_birth = dt.date(1951, 3, 8)
    patient.save()
    assert try_years(phone, access, 1951) == [302]


def test_failed_knocks_name_neither_link_nor_address(phone: Client, access: PatientAccess) -> None:
    try_years(phone, access, 1940)
    keys = set(Guess.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in keys)


def test_old_knocks_are_not_kept(phone: Client, access: PatientAccess) -> None:
    try_years(phone, access, 1940)
    minutes_pass(4 * 24 * 60)
    try_years(phone, access, 1941)
    # One at the address, and both at the link, whose wrong years count in all.
    assert Guess.objects.count() == 3


def test_opening_and_locking_are_on_record(phone: Client, access: PatientAccess) -> None:
    open_door(phone, access)
    try_years(Client(), access, 1940, 1941, 1942, 1943, 1944)
    entries = AuditEntry.objects.filter(target_id=str(access.pk)).order_by("pk")
    assert [(e.action, e.actor_label, e.details) for e in entries] == [
        ("patient_access.opened", "patient", {}),
        ("patient_access.locked", "patient", {}),
    ]


def test_a_form_from_elsewhere_is_refused(access: PatientAccess) -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(link(access), {"year": "1951"}).status_code == 403
    assert DeviceGrant.objects.count() == 0
