"""What a page takes back on purpose is no fault, whenever it does so; all else is told."""

from __future__ import annotations

import pytest
from django.urls import reverse

from clinic.models import User
from tests.browser.conftest import Open

TWO_CHOICES = """() => {
    const effort = document.querySelector('form[enctype] [name=effort]');
    const choose = (number) => {
        effort.selectedIndex = number;
        effort.dispatchEvent(new Event('change', {bubbles: true}));
    };
    choose(1);
    // Meanwhile the answer comes, and nobody is told.
    let sum = 0;
    for (let n = 0; n < 4e7; n += 1) sum += n;
    choose(2);
    return sum;
}"""
"""The first is answered already when the second takes it back."""
GIVEN_UP = """(address) => {
    htmx.ajax('GET', address, {source: document.body, swap: 'none'}).catch(() => {});
    htmx.trigger(document.body, 'htmx:abort');
}"""


def test_a_choice_that_was_answered_unheard_is_taken_back(
    signed_in: Open, catalogue: None, alice: User
) -> None:
    with signed_in(alice) as tab:
        tab.goto(reverse("own_exercise_create"))
        tab.evaluate(TWO_CHOICES)
        tab.wait_for_load_state("networkidle")


def test_anything_else_that_is_taken_back_is_told(signed_in: Open, alice: User) -> None:
    told = pytest.raises(AssertionError, match="more than a search was taken back")
    with told, signed_in(alice) as tab:
        tab.goto(reverse("own_exercise_create"))
        tab.evaluate(TWO_CHOICES)
        tab.evaluate(GIVEN_UP, reverse("inbox"))
        tab.wait_for_load_state("networkidle")
