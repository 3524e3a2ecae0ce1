"""Own exercises and pictures in a real browser: rows added, a photo sent, axe finds nothing."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import expect

from clinic.models import Practice, User
from programs.exercises.models import Exercise
from programs.exercises.pictures.models import ExercisePicture
from tests.browser.chromium import PHONE, findings
from tests.browser.conftest import Open
from tests.factories import photo
from tests.programs.shipped import CATALOGUE, read


def own(practice: Practice) -> Exercise:
    """The dead bug as the practice's own."""
    alone = {"slug": "own-bug", "name": "Our bug", "easier": [], "harder": [], "prerequisites": []}
    data = {**read(CATALOGUE / "dead-bug.toml"), **alone}
    return Exercise.objects.create(
        practice=practice,
        slug="own-bug",
        data=data,
        digest="0" * 64,
        name=data["name"],
        kind=data["kind"],
        phase=data["phase"],
        sided=data["sided"],
    )


def test_an_exercise_is_changed_with_another_movement(
    signed_in: Open, catalogue: None, practice: Practice, alice: User
) -> None:
    exercise = own(practice)
    before = len(exercise.definition().traits.movements)
    with signed_in(alice, forgiven=("422",)) as tab:
        tab.goto(reverse("own_exercise_edit", args=[exercise.pk]))
        tab.locator("summary").filter(has_text="again and again").click()
        shown = tab.get_by_label("Part of the body").count()
        tab.get_by_role("button", name="Add a movement").click()
        expect(tab.get_by_label("Part of the body")).to_have_count(shown + 1)
        last = tab.get_by_role("group", name="Movement").last
        last.get_by_label("Part of the body").select_option(label="Hip, both sides")
        last.get_by_label("What it does").select_option(label="Bends (flexion)")
        last.get_by_label("How far").select_option(label="As far as it goes")
        last.get_by_label("How", exact=True).select_option(label="Held")
        tab.get_by_role("button", name="Save", exact=True).click()
        expect(tab.get_by_text("How far does it bend at most?")).to_be_visible()
        assert findings(tab) == []
        tab.set_viewport_size({"width": PHONE, "height": 844})
        assert findings(tab) == []
        tab.get_by_role("group", name="Movement").locator(".is-invalid").fill("110")
        tab.get_by_role("button", name="Save", exact=True).click()
        expect(tab.get_by_text("Saved. Issued programs stay as they are.")).to_be_visible()
    exercise.refresh_from_db()
    movements = exercise.definition().traits.movements
    assert (len(movements), movements[-1].degrees) == (before + 1, 110)


def test_a_photo_is_sent_shown_and_taken_away(
    signed_in: Open, catalogue: None, practice: Practice, alice: User
) -> None:
    exercise = own(practice)
    with signed_in(alice, java_script_enabled=False) as tab:
        tab.goto(reverse("exercise_pictures", args=[exercise.pk]))
        file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo(size=(1200, 800))}
        tab.get_by_label("Picture file").set_input_files(file)
        tab.get_by_label("What the picture shows").fill("On the back, one arm up.")
        tab.get_by_label("We may use this picture").check()
        tab.get_by_role("button", name="Add the picture").click()
        expect(tab.get_by_role("img", name="On the back, one arm up.")).to_be_visible()
    with signed_in(alice) as tab:
        tab.goto(reverse("exercise_pictures", args=[exercise.pk]))
        loaded = "e => e.decode().then(() => e.naturalWidth)"
        assert tab.get_by_role("img", name="On the back, one arm up.").evaluate(loaded) == 900
        assert findings(tab) == []
        tab.set_viewport_size({"width": PHONE, "height": 844})
        assert findings(tab) == []
        tab.get_by_role("button", name="Remove picture 1").click()
        expect(tab.get_by_text("The picture is no longer shown.")).to_be_visible()
    assert ExercisePicture.objects.shown().count() == 0
