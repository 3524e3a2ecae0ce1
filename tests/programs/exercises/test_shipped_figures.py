"""Drawings of the catalogue as it comes: nobody's, so nobody is asked who they are."""

import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Practice
from programs.exercises.library import library_for
from programs.exercises.models import Exercise
from programs.exercises.pictures import ahead, views
from programs.exercises.pictures.links import mark, pictures_for
from programs.exercises.pictures.warming import warm_up
from programs.figures import draw
from tests.programs.conftest import exercise_id
from tests.programs.exercises.own.conftest import write
from tests.programs.exercises.test_figure_pages import DEFINITION, SLUG, is_sealed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]
Queries = Callable[[int], AbstractContextManager[object]]


def address(row: Exercise, frame: int = 1, named: str = "", side: str = "left") -> str:
    return reverse("shipped_figure", args=[row.pk, side, frame, named or mark(row.digest)])


@pytest.fixture
def row() -> Exercise:
    return Exercise.objects.get(pk=exercise_id(SLUG))


def test_pages_link_to_it_and_sending_it_again_asks_nothing(
    practice: Practice,
    row: Exercise,
    client: Client,
    django_assert_num_queries: Queries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    linked = pictures_for(practice, library_for(practice), [(row.pk, "left")])[row.pk, "left"]
    assert linked.frames[0].url == address(row)
    ahead.forget()
    first = client.get(address(row))
    monkeypatch.setattr(views, "drawings", None)
    with django_assert_num_queries(0):
        again = client.get(address(row), headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(again.content) == first.content
    assert first.content.decode() == draw(DEFINITION, "left")[0].svg
    assert is_sealed(again)
    assert again["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not again.cookies
    assert again.headers.keys() == first.headers.keys() | {"Content-Encoding"}
    assert again.resolver_match.view_name == "shipped_figure"
    assert client.post(address(row)).status_code == 405
    assert client.head(address(row)).content == b""


def test_a_worker_has_them_at_hand_before_the_first_is_asked_for(
    practice: Practice, client: Client, django_assert_num_queries: Queries
) -> None:
    ahead.forget()
    warm_up()
    library = library_for(practice)
    wanted = [
        (pk, side)
        for pk, d in library.by_id.items()
        for side in (("left", "right") if d.traits.sided else ("",))
    ]
    linked = pictures_for(practice, library, wanted)
    shown = [frame.url for pictures in linked.values() for frame in pictures.frames]
    assert len(shown) > 450
    with django_assert_num_queries(0):
        assert {client.get(url).status_code for url in shown[::25]} == {200}
    assert set(shown) == set(ahead._sent)


def test_an_older_address_shows_what_there_is_now_and_is_not_kept(
    row: Exercise, client: Client
) -> None:
    answer = client.get(address(row, named="older"))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


def test_what_is_a_practice_s_own_is_not_shown_to_strangers(
    practice: Practice, row: Exercise, alice_client: Client, client: Client
) -> None:
    write(alice_client, practice)
    own = Exercise.objects.get(practice=practice)
    assert client.get(address(own)).status_code == 404
    for there_is_none in (address(row, frame=9), address(row, frame=0), address(row, side="none")):
        assert client.get(there_is_none).status_code == 404
