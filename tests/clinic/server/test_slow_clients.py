"""Clients that send half and wait: a real server of two threads goes on answering the others."""

import http.client
import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from tests.clinic.server.processes import free_port, started
from tests.waiting import PATIENCE_S, until

MANY = 60
WHOLE = b"GET /healthz/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nuser"
#: What is sent at first, what makes it whole, and how that is answered; the post has no token.
HALVES = {
    "nothing yet": (b"", WHOLE, b"200"),
    "half a head": (WHOLE[:30], WHOLE[30:], b"200"),
    "half a body": (POST, b"=9876", b"403"),
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The site as it is served, with two threads; it has no database, which no test here needs."""
    found = free_port()
    with started(
        "-m", "gunicorn", "--config", "python:clinic.server.gunicorn_config", "clinic.wsgi",
        BIND=f"127.0.0.1:{found}", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing",
        DEBUG="1", WEB_CONCURRENCY="1", WEB_THREADS="2", WEB_GRACE_SECONDS="1",
    ):  # fmt: skip
        until(lambda: asked(found) == (200, b"ok\n"), "the site is up")
        yield found


def asked(port: int, path: str = "/healthz/") -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)) as line:
        try:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read()
        except ConnectionRefusedError:
            return 0, b""


def sending(port: int, data: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
    line.sendall(data)
    return line


@pytest.mark.parametrize(("half", "rest", "status"), HALVES.values(), ids=HALVES)
def test_many_who_send_half_hold_up_nobody(
    port: int, half: bytes, rest: bytes, status: bytes
) -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(sending(port, half)) for _ in range(MANY)]
        assert asked(port) == (200, b"ok\n")
        # They were not turned away to make room: all of them still wait.
        assert select.select(lines, [], [], 0)[0] == []
        lines[0].sendall(rest)
        assert lines[0].recv(12) == b"HTTP/1.1 " + status


def test_a_second_request_on_the_same_line_holds_up_nobody_either(port: int) -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(sending(port, WHOLE)) for _ in range(8)]
        for line in lines:
            assert line.recv(4096).startswith(b"HTTP/1.1 200")
            line.sendall(POST)
        assert asked(port) == (200, b"ok\n")


def test_two_requests_sent_at_once_have_two_answers(port: int) -> None:
    last = WHOLE[:-2] + b"Connection: close\r\n\r\n"
    heard = b""
    with sending(port, WHOLE + last) as line:
        while piece := line.recv(4096):
            heard += piece
    assert heard.count(b"HTTP/1.1 200 OK") == 2


def test_what_comes_in_pieces_is_turned_away(port: int) -> None:
    with sending(port, b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n") as line:
        assert line.recv(4096).startswith(b"HTTP/1.1 411 Length Required\r\n")


def test_what_is_too_large_is_told_before_it_is_sent(port: int) -> None:
    head = b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"
    with sending(port, head) as line:
        assert line.recv(12) == b"HTTP/1.1 413"
