"""A new exercise in about a minute: few presses from an empty page to the entry."""

from __future__ import annotations

from contextlib import suppress

from django.urls import reverse
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, Route, expect

from clinic.models import Practice, User
from tests.browser.chromium import PHONE, findings
from tests.browser.conftest import Open
from tests.factories import photo
from tests.waiting import until_in

MOST_PRESSES = 25


def labelled(tab: Page, label: str) -> Locator:
    """A field of the form, not of the search above it."""
    return tab.locator("form[enctype]").get_by_label(label)


class Hand:
    """Counts what a hand does: a click, a choice from a list, a field that is typed in."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.presses = 0

    def _at(self, place: Locator) -> Locator:
        self.presses += 1
        return place

    def write(self, label: str, words: str) -> None:
        self._at(labelled(self.tab, label)).fill(words)

    def choose(self, label: str, option: str) -> None:
        """One press opens the list, one takes the option."""
        self.presses += 1
        self._at(labelled(self.tab, label)).select_option(label=option)

    def press(self, place: Locator) -> None:
        self._at(place).click()


def test_an_exercise_is_written_in_few_presses(
    signed_in: Open, catalogue: None, practice: Practice, alice: User
) -> None:
    with signed_in(alice) as tab:
        tab.goto(reverse("own_exercise_create"))
        assert findings(tab) == []
        hand = Hand(tab)
        hand.write("Name", "Knee straightener")
        hand.write("Steps", "Sit tall.\nStraighten your {side} knee.\nLower it slowly.")
        hand.write("Dose", "3x10, daily")
        tab.keyboard.press("Tab")
        expect(tab.get_by_text("Understood: 3 sets of 10")).to_be_visible()
        hand.choose("What is it for?", "Build strength")
        hand.press(tab.locator("summary", has_text="Where in the body?"))
        hand.press(tab.get_by_role("checkbox", name="Knee", exact=True))
        hand.choose("In which position?", "Sitting")
        expect(tab.locator("#quick-so")).to_contain_text("this is not so: Stays lying on the back")
        hand.choose("Is it done for one side?", "Yes, left or right")
        hand.press(tab.locator("summary", has_text="Hip, knee and foot"))
        hand.press(tab.get_by_label("Knee: Straightens or goes back"))
        hand.choose("Is that all?", "That is all")
        hand.choose("How hard does it work?", "Builds strength")
        hand.choose("What does it work against?", "Nothing")
        hand.press(tab.locator("summary", has_text="Less likely here"))
        hand.press(tab.get_by_label("I looked at the whole list"))
        labelled(tab, "How hard does it work?").select_option(label="Holds against a force")
        expect(tab.get_by_label("I looked at the whole list")).to_be_checked()
        expect(tab.get_by_label("Hangs head down")).to_be_visible()
        labelled(tab, "How hard does it work?").select_option(label="Builds strength")
        tab.set_viewport_size({"width": PHONE, "height": 844})
        assert findings(tab) == []
        hand.press(tab.get_by_role("button", name="Save", exact=True))
        expect(tab.get_by_role("heading", name="What nobody has said of it")).to_be_visible()
        expect(tab.get_by_text("Straighten your right knee.")).to_be_visible()
        assert findings(tab) == []
        assert hand.presses <= MOST_PRESSES, hand.presses
        tab.goto(reverse("own_exercise_edit", args=[practice.exercises.get().pk]))
        tab.locator("#id_name").fill("")
        tab.get_by_role("button", name="Preview").press("Enter")
        card = tab.locator("#own-card")
        expect(card.get_by_text("No name yet")).to_be_visible()
        expect(card.get_by_text("Straighten your right knee.")).to_be_in_viewport()
        expect(tab.get_by_role("button", name="Preview")).to_be_focused()
        assert findings(tab) == []
    traits = practice.exercises.get().definition().traits
    assert traits.unknown == {"range", "mode", "limb"}
    assert [(m.part, m.mode) for m in traits.movements if m.mode != "posture"] == [
        ("knee_both", "hold")
    ]


def test_what_follows_is_of_the_latest_choice(
    signed_in: Open, catalogue: None, practice: Practice, alice: User
) -> None:
    with signed_in(alice) as tab:
        tab.goto(reverse("own_exercise_create"))
        first: list[Route] = []

        def hold_the_first(route: Route) -> None:
            if first:
                route.continue_()
            else:
                first.append(route)

        tab.route(f"**{reverse('own_exercise_create')}", hold_the_first)
        labelled(tab, "What is it for?").select_option(label="Build strength")
        until_in(tab, lambda: first, "the first question is on its way")
        labelled(tab, "In which position?").select_option(label="Leaning on a wall")
        so = tab.locator("#quick-so")
        expect(so).to_contain_text("this is so: The legs carry weight")
        with suppress(PlaywrightError):  # The page may have given it up already.
            first[0].continue_()
        tab.wait_for_load_state("networkidle")
        expect(so).to_contain_text("this is so: The legs carry weight")
        expect(so.get_by_label("The legs carry weight")).to_be_checked()
        labelled(tab, "Name").fill("Wall press")
        labelled(tab, "Steps").fill("Lean in.\nPush your {side} hand away.")
        tab.locator("summary", has_text="Add a picture or photo now").click()
        file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo(size=(600, 400))}
        labelled(tab, "Picture or photo").set_input_files(file)
        tab.get_by_label("What the picture shows").fill("Leaning on a wall.")
        tab.get_by_role("button", name="Preview").click()
        card = tab.locator("#quick-card")
        expect(card.get_by_role("heading", name="Wall press, for your right side")).to_be_visible()
        expect(card.get_by_role("img", name="Leaning on a wall.")).to_be_visible()
        expect(card.get_by_text("Push your right hand away.")).to_be_visible()
        expect(tab.get_by_text("Ready: photo.jpg")).to_be_visible()
        expect(labelled(tab, "Choose another picture")).to_have_value("")
        assert findings(tab) == []


def test_a_picture_goes_along_without_scripts_and_at_night(
    signed_in: Open, catalogue: None, practice: Practice, alice: User
) -> None:
    with signed_in(alice, java_script_enabled=False, color_scheme="dark") as tab:
        tab.goto(f"{reverse('own_exercise_create')}?name=Heel+lift")
        labelled(tab, "Steps").fill("Stand.\nRise.\nLower.")
        labelled(tab, "Dose").fill("2x8, daily")
        tab.locator("summary", has_text="Add a picture or photo now").click()
        file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo(size=(600, 400))}
        tab.get_by_label("What the picture shows").fill("Heels off the floor.")
        tab.get_by_label("In which position?").select_option(label="Standing")
        labelled(tab, "Picture or photo").set_input_files(file)
        tab.get_by_role("button", name="Show what follows").click()
        expect(tab.get_by_text("Ready: photo.jpg")).to_be_visible()
        tab.get_by_role("button", name="Preview").click()
        expect(tab.locator("#quick-card").get_by_text("2 sets of 8, once a day")).to_be_visible()
        expect(tab.locator("#quick-so")).to_contain_text("this is so: The legs carry weight")
        expect(labelled(tab, "Name")).to_have_value("Heel lift")
        tab.get_by_label("What is it for?").select_option(label="Build strength")
        tab.get_by_label("We may use this picture").check()
        tab.get_by_role("button", name="Save", exact=True).click()
        expect(tab.get_by_role("img", name="Heels off the floor.")).to_be_visible()
    with signed_in(alice, color_scheme="dark") as tab:
        tab.goto(reverse("own_exercise_create"))
        assert findings(tab) == []
