"""What is typed of a new exercise, as a patient would get it, before anything is saved."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clinic.models import Practice
from programs.exercises.own.card import WordsCard, card_of, dose_in, needed
from tests.factories import photo
from tests.programs.exercises.own.conftest import QUICK
from tests.programs.exercises.own.test_own_quick import short, told


def test_the_words_are_those_of_a_handout() -> None:
    dose, unread = dose_in("3x10, hold 5 s, daily")
    texts = {
        "name": " Wall  press ",
        "steps": "Stand.\n\nPush your {side} hand.\nHold for {hold}. Rest.",
        "avoid": ["Do not lock your {other} elbow."],
    }
    needs = needed(["wall"], helped=True)
    card = card_of(texts, kind="exercise", dose=dose, unread=unread, sided=True, needs=needs)
    assert (card.name, card.side_words) == ("Wall press", "for your right side")
    assert card.steps == ("Stand.", "Push your right hand.", "Hold for 5 seconds. Rest.")
    assert card.dose_words == "3 sets of 10, hold 5 seconds each, once a day, every day"
    assert (len(card.equipment_words), card.reading is not None) == (2, True)
    assert card.avoid == ("Do not lock your left elbow.",)
    dose, unread = dose_in("lots")
    empty = card_of({"steps": " \n"}, kind="", dose=dose, unread=unread, sided=False, needs=["x"])
    assert empty == WordsCard("", "", "", (), (), "", unread)
    assert (unread[:6], empty.reading) == ("“lots”", None)


@pytest.mark.django_db
def test_it_is_shown_with_and_without_scripts_and_nothing_is_saved(
    bob_client: Client, practice: Practice
) -> None:
    def sent() -> dict[str, object]:
        file = SimpleUploadedFile("photo.jpg", photo())
        return short(look="card", file=file, alt="Leaning.", name="<b>Press</b>")

    page = bob_client.post(QUICK, sent()).content.decode()
    part = bob_client.post(QUICK, sent(), headers={"hx-request": "true"}).content.decode()
    for html in (page, part):
        assert "Preview: not saved yet" in html
        assert "&lt;b&gt;Press&lt;/b&gt;" in html
        assert html.count('alt="Leaning."') == 1
    assert ("<html" in page, "<html" in part, 'hx-swap-oob="true"' in part) == (True, False, True)
    again = {**sent(), "file": "", "name": ""}
    bare = bob_client.post(QUICK, again, headers={"hx-request": "true"}).content.decode()
    assert ("No name yet" in bare, "hx-swap-oob" in bare) == (True, False)
    wrong = {**again, "steps": "One.", "dose": "", "name": "Bridge", "alt": "", "file": ""}
    answer = bob_client.post(QUICK, wrong)
    assert (answer.status_code, told(answer)) == (
        200,
        {
            "name": ["Another exercise has this name. Give this one its own."],
            "steps": ["Write 3 to 7 lines. There are 1."],
        },
    )
    html = answer.content.decode()
    assert 'href="#id_steps">Steps</a>' in html
    assert "Nothing has been saved yet" not in html
    assert "1\n    question is still to be answered" in html
    assert not practice.exercises.exists()
