"""Sets of entries as bits: what goes in comes out, in order, few or many."""

from hypothesis import given
from hypothesis import strategies as st

from programs.exercises.search.bits import FEW, bits_of, picked


@given(st.lists(st.integers(0, 4 * FEW), max_size=6 * FEW))
def test_the_places_of_a_set_are_those_it_was_made_of(places: list[int]) -> None:
    everybody = range(4 * FEW + 1)
    assert picked(everybody, bits_of(places)) == sorted({*places})
