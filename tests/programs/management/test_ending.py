"""A command is told to end by a signal, whatever its thread was doing just then."""

import sys
from threading import Thread
from types import FrameType
from typing import Any

from programs.management.ending import End
from tests.waiting import PATIENCE_S


def told_at(line: int) -> tuple[End, Thread]:
    """It begins to wait, and at this line of it hears a signal, in the same thread."""
    end, lines = End(), iter(range(line + 1))

    def at_each_line(frame: FrameType, event: str, arg: object) -> Any:
        if event == "line" and next(lines, None) == line:
            end.set()
        return at_each_line

    def wait() -> None:
        sys.settrace(at_each_line)
        end.wait(10 * PATIENCE_S)

    waiting = Thread(target=wait, daemon=True)
    waiting.start()
    return end, waiting


def test_it_ends_at_whatever_line_of_its_wait_it_is_told() -> None:
    begun = [told_at(line) for line in range(5)]
    for _, waiting in begun:
        waiting.join(PATIENCE_S)
    assert [(end.is_set(), waiting.is_alive()) for end, waiting in begun] == [(True, False)] * 5


def test_it_waits_no_longer_than_it_was_asked_to() -> None:
    end = End()
    end.wait(0.0)
    assert not end.is_set()
