"""Drawings where clinicians and patients see them: by address, in scope, frozen at issue."""

import base64
import gzip
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clinic.models import Practice, User
from programs.access.models import PatientAccess
from programs.exercises.library import library_for
from programs.exercises.models import Exercise
from programs.exercises.pictures import views
from programs.exercises.pictures.links import mark, pictures_for
from programs.figures import animate, draw
from programs.prescriptions.handout import handout
from programs.prescriptions.models import Program
from programs.prescriptions.prescription import Prescription
from tests import factories
from tests.every_row import every
from tests.programs.builder.test_issue import issue
from tests.programs.conftest import SCREEN, exercise_id
from tests.programs.portal.conftest import open_door
from tests.programs.samples import ACCESS, sample_prescription
from tests.programs.shipped import shipped_definitions

POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
SLUG = "wall-calf-stretch"
DEFINITION = next(d for d in shipped_definitions() if d.slug == SLUG)
MOST_BYTES = 40_000
Queries = Callable[[int], AbstractContextManager[object]]


def address(kind: str = "figure", side: str = "left", named: str = "", **more: int) -> str:
    row = Exercise.objects.get(practice=None, slug=SLUG)
    found = {"exercise_id": row.pk, "side": side, "named": named or mark(row.digest), **more}
    return reverse(f"exercise_{kind}", kwargs=found)


def is_sealed(answer: HttpResponse) -> bool:
    """Nothing runs in it, and a browser takes it for a drawing and for nothing else."""
    return (
        answer["Content-Type"],
        answer["Content-Security-Policy"],
        answer["X-Content-Type-Options"],
    ) == ("image/svg+xml", POLICY, "nosniff")


@pytest.mark.usefixtures("shipped_catalogue")
@every("side", ["left", "right"])
def test_a_drawing_is_mirrored_to_the_treated_side(alice_client: Client, side: str) -> None:
    drawn = draw(DEFINITION, side)
    for n, drawing in enumerate(drawn, 1):
        answer = alice_client.get(address(side=side, frame=n))
        assert answer.content.decode() == drawing.svg
        assert is_sealed(answer)
        assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert draw(DEFINITION, "left")[0].svg != draw(DEFINITION, "right")[0].svg


@pytest.mark.usefixtures("shipped_catalogue")
def test_a_drawing_that_was_sent_is_sent_again_as_it_was_packed(
    alice_client: Client, client: Client, django_assert_num_queries: Queries
) -> None:
    views._packed.clear()
    url, other, packed = address(frame=1), address(frame=2), {"Accept-Encoding": "gzip"}
    alice_client.get(other)
    with django_assert_num_queries(4):
        first = alice_client.get(url, headers=packed)
    with django_assert_num_queries(3):
        again = alice_client.get(url, headers=packed)
    for name in ("Cache-Control", "Content-Encoding", "Vary"):
        assert first[name] == again[name]
    assert (first.content, is_sealed(again)) == (again.content, True)
    assert alice_client.get(url).content == gzip.decompress(again.content)
    assert client.get(address(frame=1)).status_code == 302, "behind the sign-in as before"


@pytest.mark.usefixtures("shipped_catalogue")
def test_an_address_of_other_content_is_kept_by_nobody(alice_client: Client) -> None:
    answer = alice_client.get(address(named="older", frame=1))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.usefixtures("shipped_catalogue")
@every(
    ("kind", "side", "more"),
    [
        ("figure", "left", {"frame": 0}),
        ("figure", "left", {"frame": 9}),
        ("figure", "none", {"frame": 1}),
        ("figure", "up", {"frame": 1}),
        ("movement", "none", {}),
    ],
)
def test_what_there_is_no_drawing_of(
    alice_client: Client, kind: str, side: str, more: dict[str, int]
) -> None:
    assert alice_client.get(address(kind, side, **more)).status_code == 404


@pytest.mark.usefixtures("shipped_catalogue")
def test_the_movement_comes_packed_or_not(alice_client: Client) -> None:
    whole = animate(DEFINITION, "left").encode()
    packed = alice_client.get(address("movement"), headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == whole
    assert len(packed.content) < MOST_BYTES
    assert is_sealed(packed)
    plain = alice_client.get(address("movement"), headers={"Accept-Encoding": "identity"})
    assert plain.content == whole


@pytest.mark.usefixtures("shipped_catalogue")
def test_a_changed_entry_has_another_address(practice: Practice) -> None:
    pk = exercise_id(SLUG)
    before = pictures_for(practice, library_for(practice), [(pk, "left")])[pk, "left"]
    assert [frame.caption for frame in before.frames] == [
        d.caption for d in draw(DEFINITION, "left")
    ]
    assert mark("one") != mark("two")
    assert mark(Exercise.objects.get(pk=pk).digest) in before.movement


def test_own_pictures_are_shown_in_its_practice_only(
    draft: Program, practice: Practice, alice_client: Client, charlie_client: Client
) -> None:
    row = factories.ExercisePictureFactory(practice=practice)
    own = reverse("exercise_picture", args=[row.exercise_id, row.pk])
    pages = [f"/programs/{draft.pk}/?q=dead+bug", "/exercises/?q=dead+bug"]
    pages.append(f"/exercises/{row.exercise_id}/")
    assert [own in alice_client.get(page).content.decode() for page in pages] == [True] * 3
    assert [own in charlie_client.get(page).content.decode() for page in pages[1:]] == [False] * 2


def test_a_result_and_an_item_open_into_their_pictures(
    draft: Program, alice_client: Client
) -> None:
    item = factories.ProgramItemFactory(program=draft, slug=SLUG, side="left")
    page = alice_client.get(f"/programs/{draft.pk}/?q=calf").content.decode()
    for start in (f'id="result-{item.exercise_id}"', f'id="item-{item.pk}"'):
        card = page[page.index(start) :]
        card = card[: card.index("</details>")]
        sources = re.findall(
            r'<img src="([^"]+)"\s+alt="([^"]*)"\s+width="\d+"\s+height="\d+"\s+l', card
        )
        assert len(sources) == 1 + len(DEFINITION.figures)
        assert card.count('loading="lazy"') == len(sources)
        assert [alt != "" for _, alt in sources] == [False, *[True] * len(DEFINITION.figures)]
    assert "/left/" in card


@pytest.mark.usefixtures("shipped_catalogue")
@every("side", ["left", "right"])
def test_an_entry_shows_every_picture_for_either_side(alice_client: Client, side: str) -> None:
    page = alice_client.get(f"/exercises/{exercise_id(SLUG)}/?side={side}").content.decode()
    for n, drawing in enumerate(draw(DEFINITION, side), 1):
        source = address("figure", side, frame=n).replace("/figures/", "/drawings/")
        assert f'src="{source}" alt="{drawing.alt}"' in page
        assert f"<figcaption>{drawing.caption}</figcaption>" in page
    assert f'data-movement="{address("movement", side)}" hidden' in page
    assert f"Written here for the {side} side." in page


# --- Frozen at issue --------------------------------------------------------------------------


@pytest.fixture
def ready(draft: Program) -> Program:
    """A draft with one exercise that can be issued."""
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    return draft


@pytest.fixture
def page(ready: Program, alice: User) -> tuple[Client, str]:
    """The patient's phone, and the address of the issued program."""
    issue(ready, alice)
    phone, access = Client(), PatientAccess.objects.get(case=ready.case)
    return phone, open_door(phone, access, ready.case.patient.date_of_birth.year)


def test_pictures_and_movement_stay_as_they_were_issued(
    page: tuple[Client, str], practice: Practice
) -> None:
    phone, home = page
    entry = next(d for d in shipped_definitions() if d.slug == "dead-bug")
    row = Exercise.objects.get(slug="dead-bug")
    other = Exercise.objects.get(slug="curl-up")
    Exercise.objects.filter(pk=row.pk).update(
        data={**row.data, "figure": other.data["figure"]}, digest="changed"
    )
    factories.ExercisePictureFactory(practice=practice)
    shown = re.findall(r'<img src="([^"]+)"', phone.get(home).content.decode())
    seen = [phone.get(source) for source in shown]
    assert [answer.content.decode() for answer in seen] == [d.svg for d in draw(entry)]
    assert all(is_sealed(answer) for answer in seen)
    assert {answer["Cache-Control"] for answer in seen} == {"private, no-store"}
    moving = phone.get(f"{home}moving/1-1/", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(moving.content).decode() == animate(entry)
    assert (len(moving.content) < MOST_BYTES, is_sealed(moving)) == (True, True)


def test_a_photo_has_no_drawn_movement_beside_it(
    ready: Program, practice: Practice, alice: User
) -> None:
    factories.ExercisePictureFactory(practice=practice)
    (item,) = issue(ready, alice).prescription().items
    assert [figure.image_type for figure in item.figures] == ["image/jpeg"]
    assert item.motion == ""


def test_no_other_device_or_version_sees_them(page: tuple[Client, str]) -> None:
    phone, home = page
    for rest in ("pictures/1-1-1/", "moving/1-1/"):
        assert phone.get(home + rest).status_code == 200
        assert Client().get(home + rest).status_code == 404
    for rest in ("pictures/2-1-1/", "pictures/1-2-1/", "pictures/1-1-9/", "moving/2-1/"):
        assert phone.get(home + rest).status_code == 404


def test_a_picture_and_a_movement_cost_three_questions(
    page: tuple[Client, str], django_assert_num_queries: Queries
) -> None:
    phone, home = page
    phone.get(home)
    for rest in ("pictures/1-1-1/", "moving/1-1/"):
        with django_assert_num_queries(3):
            assert phone.get(home + rest).status_code == 200


def test_another_patient_s_device_sees_nothing(
    page: tuple[Client, str], ready: Program, alice: User
) -> None:
    neighbour = factories.ProgramFactory(
        case=factories.CaseFactory(
            patient=factories.PatientFactory(practice=ready.case.practice, created_by=alice)
        )
    )
    factories.ProgramItemFactory(program=neighbour, slug="curl-up")
    factories.answer(neighbour.case, "no", SCREEN)
    issue(neighbour, alice)
    stranger = Client()
    access = PatientAccess.objects.get(case=neighbour.case)
    open_door(stranger, access, neighbour.case.patient.date_of_birth.year)
    _, home = page
    for rest in ("", "pictures/1-1-1/", "moving/1-1/"):
        assert stranger.get(home + rest).status_code == 404


def test_forgetting_the_device_empties_what_it_kept(page: tuple[Client, str]) -> None:
    phone, home = page
    assert phone.post(f"{home}forget/")["Clear-Site-Data"] == '"cache"'


def test_the_handout_carries_no_movement() -> None:
    moving = base64.b64encode(gzip.compress(b"<svg/>" * 50)).decode()
    still = sample_prescription(1)
    items = still.to_dict()["items"]
    moved = Prescription.from_dict({**still.to_dict(), "items": [{**items[0], "motion": moving}]})
    assert handout.render(moved, ACCESS) == handout.render(still, ACCESS)


def test_what_was_issued_before_movements_is_read_as_it_is() -> None:
    stored = sample_prescription(2).to_dict()
    for item in stored["items"]:
        del item["motion"]
    assert [item.motion for item in Prescription.from_dict(stored).items] == ["", ""]
