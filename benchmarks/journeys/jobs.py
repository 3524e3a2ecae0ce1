"""The six jobs, step by step. Each begins at the dashboard, where the search has the focus."""

from __future__ import annotations

from playwright.sync_api import expect

from benchmarks.journeys.hand import PATIENCE_MS, Hand

TEMPLATE = "Foraminal stenosis"
FIVE = ("walking", "heel slide", "pelvic tilt", "bridge", "side stretch")


def reach(hand: Hand, name: str) -> None:
    """The case of the one patient of this name."""
    hand.write(name)
    hand.press("Enter", leaves=True)


def from_a_template(hand: Hand, name: str) -> None:
    """A template, one dose changed, printed."""
    reach(hand, name)
    _start_from_template(hand)
    _type_dose(hand, "2x12, daily")
    _print(hand)


def five_by_search(hand: Hand, name: str) -> None:
    """Five exercises by name, one dose for all of them, one of them for one side."""
    reach(hand, name)
    hand.click(hand.button("Start a program"), leaves=True)
    hand.press("/")
    for words in FIVE[:-1]:
        hand.write(words)
        hand.press("Enter")
    hand.write(FIVE[-1])
    hand.tab.locator("#results .result").filter(has_text=FIVE[-1]).first.wait_for()
    hand.press("ArrowDown")
    hand.press("Enter")
    expect(hand.tab.locator("#program .item")).to_have_count(len(FIVE), timeout=PATIENCE_MS)
    hand.click(hand.tab.get_by_label("For all", exact=True))
    hand.write("2x10, daily")
    hand.press("Enter")
    _print(hand)


def from_another_patient(hand: Hand, name: str, other: str) -> None:
    """Another patient's program, with one dose changed and one exercise taken out."""
    reach(hand, name)
    copies = hand.tab.get_by_role("button", name="Copy").filter(has_text=other)
    hand.click(copies.first, leaves=True)
    _type_dose(hand, "2x12, daily")
    hand.click(hand.tab.locator('#program [id^="remove-"]').last)
    _print(hand)


def review(hand: Hand, name: str) -> None:
    """Read how it went, swap one exercise, raise one dose, issue the next version."""
    reach(hand, name)
    hand.click(hand.button("Open the program"), leaves=True)
    hand.click(hand.button("Amend"), leaves=True)
    hand.click(hand.tab.locator('#program [id^="swap-"]').last)
    hand.click(hand.tab.locator(".swaps button").first)
    _change_dose(hand, "3x12, daily")
    _print(hand)


def screen(hand: Hand, name: str) -> None:
    """The safety screen of a well person, each question asked."""
    reach(hand, name)
    answer_no(hand)


def answer_no(hand: Hand) -> None:
    """No to each emergency by itself, and then to all the rest of the page."""
    first = hand.tab.locator("[data-group]").first
    for _ in range(first.locator("[data-question]").count()):
        hand.press("n")
    hand.press("r", leaves=True)


def new_patient(hand: Hand, name: str) -> None:
    """Everything: registered, a case, the screen, a template with one dose changed, printed."""
    tab = hand.tab
    hand.click(hand.button("Register a patient"), leaves=True)
    hand.write(name)
    hand.press("Tab")
    hand.write("04051961")
    hand.press("Enter", leaves=True)
    hand.write("Pain on standing")
    hand.choose(tab.locator("[name=conditions-0-code]"), "Lumbar foraminal stenosis")
    hand.choose(tab.locator("[name=conditions-0-side]"), "Right")
    hand.click(hand.button("Open the case"), leaves=True)
    answer_no(hand)
    _start_from_template(hand)
    _type_dose(hand, "2x12, daily")
    _print(hand)


def _start_from_template(hand: Hand) -> None:
    use = hand.tab.get_by_role("button", name=TEMPLATE).locator("visible=true")
    hand.click(use.first, leaves=True)


def _change_dose(hand: Hand, line: str) -> None:
    """The first dose of the program is clicked and typed over."""
    hand.click(hand.tab.locator("#program .dose-line__field").first)
    _type_dose(hand, line)


def _type_dose(hand: Hand, line: str) -> None:
    """The first dose has the focus, and what was there is marked: type over it."""
    field = hand.tab.locator("#program .dose-line__field").first
    expect(field).to_be_focused(timeout=PATIENCE_MS)
    hand.write(line)
    hand.press("Enter")
    expect(field).to_have_value(line, timeout=PATIENCE_MS)


def _print(hand: Hand) -> None:
    """What waits to be accepted is accepted; then the paper, in one press where that may be."""
    hand.all_of("Accept")
    at_once = hand.button("Issue and print")
    if not at_once.count():
        hand.click(hand.button("Check and issue"), leaves=True)
        either = hand.tab.locator("#issue-and-print")
        at_once = either.first
    hand.clicks += 1
    with hand.tab.expect_response(lambda answer: answer.url.endswith("/handout/")) as paper:
        at_once.click()
    kind = paper.value.headers["content-type"]
    if kind != "application/pdf":
        raise AssertionError(f"not the paper: {kind}")
