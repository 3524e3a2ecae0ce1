"""An own exercise in a minute: after one that is like it, whose answers are folded into lines."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Practice
from programs.exercises.own.form_set import CHANGED_BY_YOU
from programs.exercises.own.summaries import said
from tests.programs.conftest import exercise_id
from tests.programs.exercises.own.conftest import NEW, QUICK
from tests.programs.exercises.own.writing import sent_by
from tests.programs.shipped import shipped_definitions

FOLDED = ("body", "moves", "load", "things")


def test_every_entry_says_in_lines_what_it_tells_the_rules() -> None:
    for definition in shipped_definitions():
        lines = said(definition)
        assert tuple(lines) == FOLDED, definition.slug
        assert all(re.fullmatch(r"[^.].*\.", line) for line in lines.values()), definition.slug
    bug = next(d for d in shipped_definitions() if d.slug == "bridge")
    assert said(bug)["body"].startswith("Lying on the back, knees bent; no treated side")


@pytest.mark.django_db
def test_words_find_what_to_start_from(alice_client: Client) -> None:
    page = alice_client.get(QUICK, {"like": "bridge"}).content.decode()
    assert f'href="{reverse("own_exercise_copy", args=[exercise_id("bridge")])}"' in page
    nothing = alice_client.get(QUICK, {"like": "xyzzyq"}).content.decode()
    assert "Nothing found. Try another word" in nothing
    plain = alice_client.get(QUICK).content.decode()
    opened = ['class="own-like" open' in html for html in (page, nothing, plain)]
    assert opened == [True, True, False]


@pytest.mark.django_db
def test_a_copy_folds_what_is_answered_and_opens_what_is_wrong(
    alice_client: Client, practice: Practice
) -> None:
    url = reverse("own_exercise_copy", args=[exercise_id("bridge")])
    shown = alice_client.get(url)
    assert shown.content.decode().count('<details class="own-said">') == len(FOLDED)
    assert 'own-said"' not in alice_client.get(NEW).content.decode()
    as_it_is = said(next(d for d in shipped_definitions() if d.slug == "bridge"))
    sent = sent_by(shown)
    changes = {"name": "", "position": "", "effort": "isometric"}
    wrong = alice_client.post(url, {**sent, **changes})
    assert wrong.status_code == 422
    expected = {**as_it_is, "load": CHANGED_BY_YOU}
    del expected["body"]
    assert wrong.context["bundle"].folded == expected
    moved = {"movements-0-mode": "hold", "name": ""}
    again = alice_client.post(url, {**sent, **moved}).context["bundle"].folded
    assert again == {**as_it_is, "moves": CHANGED_BY_YOU}
    assert not practice.exercises.exists()
