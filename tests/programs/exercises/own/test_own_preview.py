"""What the full form, a copy and a change show of an exercise before anything is saved."""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Practice
from tests.factories import photo
from tests.programs.conftest import exercise_id
from tests.programs.exercises.own.conftest import NEW, add, rows, typed, write
from tests.programs.exercises.own.writing import errors, sent_by

pytestmark = pytest.mark.django_db
LOOK: Final = {"look": "card"}
SCRIPT: Final = {"hx-request": "true"}


def looked(client: Client, url: str, values: dict[str, Any]) -> tuple[Any, str]:
    """What the page answers without scripts, and the part that it gives to a script."""
    page = client.post(url, {**values, **LOOK})
    part = client.post(url, {**values, **LOOK}, headers=SCRIPT).content.decode()
    assert (page.status_code, "<html" in part) == (200, False)
    return page, part


def test_a_copy_shows_what_it_takes_along_and_what_is_wrong(
    bob_client: Client, practice: Practice
) -> None:
    url = reverse("own_exercise_copy", args=[exercise_id("bridge")])
    values = {**sent_by(bob_client.get(url)), "keep_drawing": "yes", "feel": "<b>Warm</b>."}
    page, part = looked(bob_client, url, {**values, "steps": "One.\nTwo."})
    for html in (page.content.decode(), part):
        assert "Preview: not saved yet" in html
        assert "&lt;b&gt;Warm&lt;/b&gt;." in html
        assert html.count("Another exercise has this name.") == (1 if html == part else 2)
        assert 'href="#id_name">Name</a>' in html
        assert "still to be answered" not in html
        assert "Without a picture" not in html
        assert 'src="/exercises/' in html.partition("own-card__pictures")[2]
    assert set(errors(page)) == {"name", "steps"}
    assert 'role="alert"' not in page.content.decode()
    assert sent_by(page)["feel"] == "<b>Warm</b>."
    right, part = looked(bob_client, url, {**values, "name": "Our bridge", "keep_drawing": "no"})
    assert errors(right) == {}
    assert "Our bridge" in part
    assert "Put this right" not in part
    assert "Without a picture" in part
    assert not practice.exercises.exists()


def test_a_change_shows_its_photos_and_changes_nothing(
    bob_client: Client, practice: Practice
) -> None:
    made = write(bob_client, practice)
    add(bob_client, made)
    url = reverse("own_exercise_edit", args=[made.pk])
    values = sent_by(bob_client.get(url))
    trail = AuditEntry.objects.count()
    changed = {
        "steps": "Sit.\nRaise your {side} heel.\nLower it.",
        **rows("presets", [{"label": "A", "reps": "x"}, {"label": "B", "reps": "5"}]),
    }
    page, part = looked(bob_client, url, {**values, **changed})
    for html in (page.content.decode(), part):
        assert "Raise your right heel." in html
        assert "The dose cannot be read yet" in html
        assert 'alt="On the back, one knee bent."' in html
        assert "Shown with the dose “<bdi>A</bdi>”" in html
        assert 'href="#id_presets-0-reps">Repetitions</a>' in html
    assert list(errors(page)) == ["presets-0-reps"]
    assert sent_by(page)["seen"] == made.digest
    made.refresh_from_db()
    assert (made.digest, AuditEntry.objects.count()) == (values["seen"], trail)


def test_the_full_form_counts_what_is_missing_and_keeps_its_picture(
    bob_client: Client, practice: Practice
) -> None:
    def sent(**values: Any) -> dict[str, Any]:
        file = SimpleUploadedFile("photo.jpg", photo())
        return {**values, "file": file, "alt": "Lying down."}

    early = rows("movements", []) | rows("presets", [])
    page = bob_client.post(NEW, {**sent(name="Slide", steps="Lie.", **early), **LOOK})
    assert set(errors(page)) == {"steps"}
    html = page.content.decode()
    assert "questions are still to be answered" in html.replace("\n      ", " ")
    assert "No dose yet" in html
    assert 'alt="Lying down."' in html
    values = {**typed(), "presets-0-reps": "x"}
    part = bob_client.post(NEW, {**sent(**values), **LOOK}, headers=SCRIPT).content.decode()
    assert 'href="#id_presets-0-reps">Repetitions</a>' in part
    assert ('hx-swap-oob="true"' in part, "1\n    question is still to be" in part) == (True, True)
    assert not practice.exercises.exists()
    held = page.context["picture"].held_text
    kept = {**typed(), "file-held": held, "alt": "Lying down.", "rights": "on"}
    bob_client.post(NEW, kept)
    assert practice.exercises.get().pictures.get().alt == "Lying down."
