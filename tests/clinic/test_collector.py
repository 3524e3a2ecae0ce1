"""The collector stays away while much is made, and comes back."""

import gc
from collections.abc import Iterator

import pytest

from clinic.collector import no_collector
from clinic.server import startup


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.enable()


def test_it_is_back_afterwards_also_after_an_error_or_from_within_another() -> None:
    with no_collector():
        with no_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="ink"), no_collector():
        raise ValueError("no ink")
    assert gc.isenabled()


def test_a_command_has_it_look_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    monkeypatch.setattr(startup, "leave_in_order", lambda: None)
    monkeypatch.setattr(
        startup, "execute_from_command_line", lambda _: looked.append(gc.get_threshold()[0])
    )
    gc.set_threshold(700)
    startup.run_command(["manage.py", "check"])
    assert looked == [20_000]
