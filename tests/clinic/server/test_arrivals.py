"""A request on its way in: whole, in parts, too long, too slow."""

import socket
from collections.abc import Iterator

import pytest

from clinic.server.arrivals import (
    BODY_SECONDS,
    BYTES_A_SECOND,
    HEAD_SECONDS,
    IDLE_SECONDS,
    Arrival,
    Came,
    Feed,
)

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /sign-in/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"
Lines = tuple[socket.socket, socket.socket]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """The client's end, and ours."""
    client, ours = socket.socketpair()
    ours.setblocking(False)
    with client, ours:
        yield client, ours


def whole(arrival: Arrival) -> bytes:
    gathered, found = arrival.gathered(), b""
    while piece := gathered.read(7):
        found += piece
    return found


@pytest.mark.parametrize("request_", [GET, POST + b"hello"], ids=["get", "post"])
def test_it_is_whole_when_its_last_byte_is_here(lines: Lines, request_: bytes) -> None:
    client, ours = lines
    arrival = Arrival(ours, 0)
    for n in range(len(request_)):
        assert arrival.read(0) is Came.PART
        client.sendall(request_[n : n + 1])
        came = arrival.read(0)
    assert (came, whole(arrival), arrival.rest) == (Came.WHOLE, request_, b"")


def test_what_follows_on_the_line_belongs_to_the_next(lines: Lines) -> None:
    client, ours = lines
    client.sendall(POST + b"hello" + GET)
    first = Arrival(ours, 0)
    assert (first.read(0), whole(first), first.rest) == (Came.WHOLE, POST + b"hello", GET)
    second = Arrival(ours, 0, first.rest)
    assert (second.read(0), whole(second)) == (Came.WHOLE, GET)


def test_each_part_has_its_time(lines: Lines) -> None:
    client, ours = lines
    arrival = Arrival(ours, 100)
    assert arrival.deadline == 100 + IDLE_SECONDS
    client.sendall(POST[:9])
    arrival.read(110)
    client.sendall(POST[9:-2])
    arrival.read(120)
    # A byte now and then does not buy time.
    assert arrival.deadline == 110 + HEAD_SECONDS
    client.sendall(POST[-2:])
    assert arrival.read(122) is Came.PART
    assert arrival.deadline == 122 + BODY_SECONDS + 5 / BYTES_A_SECOND


@pytest.mark.parametrize(
    ("sent", "came"),
    [
        (b"GET / HTTP/1.1\r\nX: " + 70_000 * b"x", Came.TOO_LONG),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", Came.IN_PIECES),
        (b"POST / HTTP/1.1\r\ntransfer-encoding : chunked\r\n\r\n", Came.IN_PIECES),
    ],
    ids=["endless head", "in pieces", "in pieces, written oddly"],
)
def test_what_could_hold_a_thread_is_turned_away(lines: Lines, sent: bytes, came: Came) -> None:
    client, ours = lines
    client.setblocking(False)
    arrival, last = Arrival(ours, 0), Came.PART
    while sent and last is Came.PART:
        sent = sent[client.send(sent[:4000]) :]
        last = arrival.read(0)
    assert last is came


def test_a_client_that_hangs_up_is_gone(lines: Lines) -> None:
    client, ours = lines
    client.sendall(GET[:5])
    client.close()
    arrival = Arrival(ours, 0)
    assert [arrival.read(0), arrival.read(0)] == [Came.PART, Came.GONE]


def test_a_body_that_no_page_takes_is_not_waited_for(lines: Lines) -> None:
    client, ours = lines
    begin, length = b"POST / HTTP/1.1\r\n", b"Content-Length: 99999999\r\n"
    client.sendall(begin + b"Connection: keep-alive\r\n" + length + b"\r\nx")
    arrival = Arrival(ours, 0)
    assert arrival.read(0) is Came.WHOLE
    assert whole(arrival) == begin + length + b"Connection: close\r\n\r\n"
    assert arrival.rest == b""


def test_who_asks_first_is_told_to_go_on(lines: Lines) -> None:
    client, ours = lines
    client.sendall(POST[:-2] + b"Expect: 100-continue\r\n\r\n")
    arrival = Arrival(ours, 0)
    assert (arrival.read(0), client.recv(99)) == (Came.PART, b"HTTP/1.1 100 Continue\r\n\r\n")


def test_the_feed_gives_what_was_gathered_before_the_line(lines: Lines) -> None:
    client, ours = lines
    client.sendall(POST + b"hello")
    arrival = Arrival(ours, 0)
    arrival.read(0)
    client.sendall(b"later")
    feed = Feed(ours)
    feed.gathered = arrival.gathered()
    assert [feed.recv(99) for _ in range(3)] == [POST, b"hello", b"later"]
