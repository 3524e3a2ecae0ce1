"""What a search does not find can be looked for elsewhere, written, or asked for."""

import re

import pytest
from django.test import Client

from clinic.models import AuditEntry, Practice, User
from programs.models import ExerciseWish, Program
from tests.programs.builder.test_builder_page import text, url

pytestmark = pytest.mark.usefixtures("shipped_catalogue")
CATALOGUE = "/exercises/"
WISHES = "/exercises/wishes/"


def test_nothing_found_offers_body_parts_writing_it_and_asking(alice_client: Client) -> None:
    page = text(alice_client.get(f"{CATALOGUE}?q=trampoline"))
    assert "Nothing is called “trampoline”. Look by body part:" in page
    html = alice_client.get(f"{CATALOGUE}?q=trampoline").content.decode()
    assert '<a href="/exercises/?region=low_back">Low back</a>' in html
    written = re.search(r'href="(/exercises/new/\?name=trampoline)"', html)
    assert written
    assert 'value="trampoline"' in alice_client.get(written[1]).content.decode()
    assert 'form="wish" name="words" value="trampoline">Ask for it</button>' in html


def test_nothing_found_offers_what_is_near(draft: Program, alice_client: Client) -> None:
    for page in (CATALOGUE, url(draft, "")):
        answer = alice_client.get(f"{page}?q=hip+and+knee+burpee")
        assert "Nothing is called “hip and knee burpee”. Near it: hip · knee Look" in text(answer)
        assert f'<a href="{page}?q=knee">knee</a>' in answer.content.decode()


def test_a_spelling_put_right_is_said_in_both_places(draft: Program, alice_client: Client) -> None:
    said = "Showing “hamstring”. Nothing is called “hamstirng”."
    assert said in text(alice_client.get(f"{CATALOGUE}?q=hamstirng"))
    assert said in text(alice_client.get(url(draft, "?q=hamstirng")))
    assert "Nothing is called" not in text(alice_client.get(url(draft, "?q=hamstring")))


def test_a_wish_is_kept_once_shown_to_the_practice_and_taken_off(
    practice: Practice, alice: User, bob: User, alice_client: Client, bob_client: Client
) -> None:
    for words in ("Plank", " plank  ", "Bird  dog"):
        assert bob_client.post(WISHES, {"words": words}).headers["Location"] == CATALOGUE
    assert list(practice.exercise_wishes.values_list("words", "asked_by__full_name")) == [
        ("Bird dog", "Bob Brown"),
        ("Plank", "Bob Brown"),
    ]
    page = text(alice_client.get(CATALOGUE))
    assert "Asked for Bird dog Bob Brown, 20 Nov 2026" in page
    wish = ExerciseWish.objects.get(words="Plank")
    for _ in range(2):
        alice_client.post(f"{WISHES}{wish.pk}/end/")
    assert "Plank Bob Brown" not in text(alice_client.get(CATALOGUE))
    actions = AuditEntry.objects.filter(action__startswith="exercise_wish")
    assert sorted(actions.values_list("action", flat=True)) == [
        "exercise_wish.create",
        "exercise_wish.create",
        "exercise_wish.end",
    ]
    bob_client.post(WISHES, {"words": "plank"})
    assert practice.exercise_wishes.filter(ended_at=None).count() == 2


def test_another_practice_sees_none_of_it(
    practice: Practice, alice: User, charlie_client: Client
) -> None:
    wish = practice.exercise_wishes.create(words="Sled push", asked_by=alice)
    assert "Sled push" not in text(charlie_client.get(CATALOGUE))
    assert charlie_client.post(f"{WISHES}{wish.pk}/end/").status_code == 404
    wish.refresh_from_db()
    assert wish.ended_at is None


@pytest.mark.parametrize(
    ("words", "said"),
    [("", "Say which exercise you miss."), ("x" * 121, "Use 120 characters or fewer.")],
)
def test_an_odd_wish_is_told(alice_client: Client, words: str, said: str) -> None:
    page = text(alice_client.post(WISHES, {"words": words}, follow=True))
    assert said in page
    assert not ExerciseWish.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "back"), [("/programs/x/", "/programs/x/"), ("//evil.example/", CATALOGUE)]
)
def test_one_is_back_where_one_asked(alice_client: Client, wanted: str, back: str) -> None:
    answer = alice_client.post(WISHES, {"words": "Plank", "next": wanted})
    assert answer.headers["Location"] == back
