"""Heavy work by turns: who waits too long is told so, and sees a calm page."""

import threading

import pytest
from django.test import RequestFactory

from clinic.server.away import server_error
from clinic.turns import BusyError, Turns
from tests.waiting import PATIENCE_S


def test_whoever_waits_too_long_is_told_and_the_next_one_gets_in() -> None:
    turns, told, entered = Turns(seconds=0.05), [], threading.Event()

    def wait() -> None:
        with pytest.raises(BusyError), turns:
            entered.set()
        told.append("busy")

    with turns, turns:
        other = threading.Thread(target=wait)
        other.start()
        other.join(PATIENCE_S)
    assert (told, entered.is_set()) == (["busy"], False)
    with turns:
        entered.set()
    assert entered.is_set()


def test_a_request_for_which_there_was_no_turn_has_a_calm_page() -> None:
    try:
        raise BusyError
    except BusyError:
        answer = server_error(RequestFactory().get("/programs/x/handout.pdf"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Too many pictures or papers are being made at once." in answer.content.decode()
