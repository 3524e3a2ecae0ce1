"""Choosing who is drawn: pages, builder and what is issued take them where they are ready."""

import base64
import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.urls import reverse

from clinic import wall
from clinic.models import AuditEntry, Practice, User
from patients.models import Case
from programs.builder.freeze import freeze
from programs.exercises.models import Exercise
from programs.exercises.pictures.casts import people_of
from programs.exercises.pictures.drawing_due import draw_chosen
from programs.exercises.pictures.drawn_models import DrawnFigure, FigureCast
from programs.exercises.pictures.people_actions import choose_for_oneself, choose_for_practice
from programs.figures.casting import Casting, casting, part_of
from programs.figures.kept import ENGINE, Kept, KeptMovement, KeptPicture, index, pack, stamp_of
from programs.figures.people import FIGURE_PEOPLE
from programs.figures.portraits import portrait_file
from programs.verdicts.judgement import judge_program
from tests import factories
from tests.patients.pages import main_text
from tests.programs.exercises.rulebook.rules import put_exercise
from tests.programs.shipped import shipped_definitions

pytestmark = pytest.mark.django_db
SLUG = "cold-pack"
"""One frame that does not move: drawn in a third of a second."""
DEFINITION = next(d for d in shipped_definitions() if d.slug == SLUG)
OTHER = next(name for name in FIGURE_PEOPLE if name != index()[SLUG].person)
MARK = '<path d="M0 0l1 1" fill="#123456"/>'
Queries = Callable[[int], AbstractContextManager[object]]


def ready(person: str = OTHER, slug: str = SLUG, engine: int = ENGINE, poses: str = "") -> str:
    """As if somebody's drawing of an entry had been made: its stamp."""
    frames = len(next(d for d in shipped_definitions() if d.slug == slug).figures)
    picture = KeptPicture(MARK)
    stamp = stamp_of(poses or index()[slug].digest, person, engine)
    moving = KeptMovement((0, 0, 9, 9), "", (picture, picture), (0.9, 0.9), True)
    kept = Kept((0, 0, 9, 9), (picture,) * frames, moving if frames > 1 else None)
    DrawnFigure.objects.create(stamp=stamp, content=pack(kept))
    return stamp


def chosen(client: Client, *people: str, way: str = "mine") -> int:
    name = "figure_people" if way == "mine" else "practice_figure_people"
    return client.post(reverse(name), {f"{way}-people": people}).status_code


def test_a_choice_is_noted_for_drawing_and_not_whose_it_is(
    alice_client: Client, alice: User, practice: Practice
) -> None:
    assert chosen(alice_client, "older_man", "young_woman", way="all") == 302
    assert chosen(alice_client, "covered_woman") == 302
    practice.refresh_from_db()
    alice.refresh_from_db()
    assert practice.figure_people == ["young_woman", "older_man"]
    assert alice.figure_people == ["covered_woman"]
    assert [cast.people for cast in FigureCast.objects.order_by("pk")] == [
        ["young_woman", "older_man"],
        ["covered_woman"],
    ]
    assert {f.name for f in FigureCast._meta.fields} == {"id", "people"}
    done = AuditEntry.objects.filter(action__endswith="figure_people").order_by("pk")
    assert [entry.details["people"] for entry in done] == [
        ["young_woman", "older_man"],
        ["covered_woman"],
    ]


def test_everybody_or_nobody_is_no_choice(alice_client: Client, practice: Practice) -> None:
    for people in (FIGURE_PEOPLE, ()):
        assert chosen(alice_client, *people, way="all") == 302
        practice.refresh_from_db()
        assert practice.figure_people == []
    assert not FigureCast.objects.exists()


def test_somebody_unknown_is_refused_and_what_was_ticked_stays(alice_client: Client) -> None:
    answer = alice_client.post(
        reverse("figure_people"), {"mine-people": ["older_man", "frankenstein"]}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing has been saved yet." in page
    assert [line for line in page.splitlines() if "older_man" in line and "checked" in line], page[
        page.index("mine-people") :
    ][:3000]
    assert not FigureCast.objects.exists()


def test_the_page_says_whose_choice_is_whose(
    alice_client: Client, bob_client: Client, practice: Practice
) -> None:
    page = main_text(alice_client.get(reverse("figure_people")))
    assert "My own choice Alice Archer For the programs that I make." in page
    assert "Now: as the practice has it, all six, mixed." in page
    assert f"The practice’s choice {practice.name} For everybody who works here" in page
    chosen(alice_client, "older_man", way="all")
    assert "Now: as the practice has it, Older man, glasses." in main_text(
        bob_client.get(reverse("figure_people"))
    )
    chosen(alice_client, "broad_man")
    page = main_text(alice_client.get(reverse("figure_people")))
    assert "Now: Broad man, shorts." in page
    assert "Now: Older man, glasses." in page


def test_ones_own_choice_comes_before_the_practices(
    practice: Practice, alice: User, bob: User
) -> None:
    choose_for_practice(practice=practice, actor=alice, people=["older_man"])
    choose_for_oneself(practice=practice, actor=bob, people=["broad_man"])
    assert people_of(practice, alice) == ("older_man",)
    assert people_of(practice, bob) == ("broad_man",)


@pytest.mark.usefixtures("shipped_catalogue")
def test_the_chosen_person_is_shown_once_drawn_and_the_usual_one_until_then(
    alice_client: Client, charlie_client: Client, practice: Practice, alice: User
) -> None:
    pk = Exercise.objects.get(practice=None, slug=SLUG).pk
    address = f"/exercises/{pk}/"

    def picture(client: Client) -> str:
        (frame,) = client.get(address).context["pictures"].frames
        answer = client.get(frame.url)
        assert answer["Cache-Control"].endswith("immutable")
        return answer.content.decode()

    usual = picture(alice_client)
    choose_for_practice(practice=practice, actor=alice, people=[OTHER])
    assert picture(alice_client) == usual
    ready(engine=ENGINE - 1)
    ready(poses="as they were")
    assert picture(alice_client) == usual, "neither an older engine's nor of older poses"
    ready()
    assert MARK in picture(alice_client)
    assert picture(charlie_client) == usual
    page = alice_client.get(reverse("figure_people")).content.decode()
    assert "of 153 exercises" in page


def test_what_is_issued_keeps_whoever_was_in_it(
    stenosis: Case, practice: Practice, alice: User, bob: User
) -> None:
    program = factories.ProgramFactory(case=stenosis)
    factories.ProgramItemFactory(program=program, slug="bridge")
    person = next(name for name in FIGURE_PEOPLE if name != index()["bridge"].person)
    ready(person, "bridge")
    choose_for_oneself(practice=practice, actor=alice, people=[person])

    def issued_by(clinician: User) -> tuple[bool, bool]:
        (item,) = freeze(judge_program(program), version=1, clinician=clinician).items
        moving = gzip.decompress(base64.b64decode(item.motion)).decode()
        return MARK in item.figures[0].svg, MARK in moving

    assert issued_by(alice) == (True, True)
    assert issued_by(bob) == (False, False)


@pytest.mark.usefixtures("shipped_catalogue")
def test_a_page_asks_one_question_more_whatever_is_on_it(
    alice_client: Client, practice: Practice, django_assert_num_queries: Queries, alice: User
) -> None:
    alice_client.get("/exercises/")
    with django_assert_num_queries(7):
        alice_client.get("/exercises/")
    choose_for_practice(practice=practice, actor=alice, people=[OTHER])
    with django_assert_num_queries(8):
        alice_client.get("/exercises/")


@pytest.fixture
def missing() -> Casting:
    """A catalogue of one entry, and somebody chosen for it who is not drawn yet."""
    put_exercise(SLUG)
    FigureCast.objects.create(people=[OTHER])
    shown = casting(part_of(DEFINITION.figures), [OTHER])
    assert shown is not None
    return shown


def test_what_is_missing_is_drawn_once_in_the_background(missing: Casting) -> None:
    """What an older engine drew, or of older poses, is missing too; it stays where it is."""
    older = [ready(engine=ENGINE - 1), ready(poses="as they were")]
    with wall.closed():
        assert draw_chosen(most=0) == {}
        assert draw_chosen() == {"drawn": 1}
        assert draw_chosen() == {}
    content = bytes(DrawnFigure.objects.get(pk=missing.stamp).content)
    assert FIGURE_PEOPLE[OTHER].skin in gzip.decompress(content).decode()
    assert {row.stamp for row in DrawnFigure.objects.all()} == {*older, missing.stamp}


def test_a_drawing_that_is_broken_off_is_not_kept(missing: Casting) -> None:
    asked = iter([False, True])
    with wall.closed():
        assert draw_chosen(stop=lambda: next(asked)) == {}
    assert not DrawnFigure.objects.filter(pk=missing.stamp).exists()


def test_every_person_has_a_portrait_in_their_own_colours() -> None:
    for name, person in FIGURE_PEOPLE.items():
        drawn = portrait_file(name).read_text(encoding="utf-8")
        assert [c for c in (person.skin, person.shirt, person.trousers) if c not in drawn] == []
