"""``manage.py run``: from nothing to a served page, Ctrl-C, and again with the data still there."""

import http.client
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic import demo
from tests.clinic.server.processes import free_port, is_running, line, manage, started
from tests.folders import folder_of_its_own
from tests.waiting import PATIENCE_S

READY = "Press Ctrl-C to stop."


@pytest.fixture
def var() -> Iterator[Path]:
    with folder_of_its_own() as folder:
        yield Path(folder) / "var"


def until_ready(process: "subprocess.Popen[str]") -> list[str]:
    """Everything it prints up to the line that says how to stop it."""
    lines: list[str] = []
    while not lines or lines[-1] != READY:
        assert process.poll() is None, lines
        lines.append(line(process))
    return lines


def fetch(
    port: int, path: str, method: str = "GET", body: str = "", cookie: str = ""
) -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    headers = {"Cookie": cookie} if cookie else {}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body=body or None, headers=headers)
    response = connection.getresponse()
    return response.status, response.read().decode(), response.headers


def sign_in(port: int) -> int:
    """Sign in with what the greeting printed; the status of the answer."""
    _, page, headers = fetch(port, "/sign-in/")
    cookie = (headers["Set-Cookie"] or "").split(";")[0]
    token, *_ = re.findall(r'name="csrfmiddlewaretoken"\s+value="(\w+)"', page)
    body = f"csrfmiddlewaretoken={token}&username={demo.EMAIL}&password={demo.PASSWORD}"
    status, _, _ = fetch(port, "/sign-in/", "POST", body, cookie)
    return status


@pytest.mark.long
def test_it_starts_serves_stops_starts_again_and_gets_ready_without_serving(var: Path) -> None:
    port = free_port()
    arguments = ("manage.py", "run", "--port", str(port))
    # One worker: a page that came proves that it has started, and so hears what it is told. One
    # that waited for its lines would do so for the whole grace; a slow machine does not take it.
    calm = {"WEB_CONCURRENCY": "1", "WEB_GRACE_SECONDS": str(int(PATIENCE_S) // 2)}
    with started(*arguments, HOMEWARD_VAR=str(var), **calm) as first:
        printed = until_ready(first)
        assert printed[-3:] == [
            f"Homeward is ready: http://127.0.0.1:{port}/",
            f"Demo sign-in: {demo.EMAIL}, password {demo.PASSWORD}",
            READY,
        ]
        assert sign_in(port) == 302
        # A command beside the server prints the links that lead to it.
        beside = manage("create_demo", HOMEWARD_VAR=str(var))
        links = re.findall(r"http://\S+", beside.stdout)
        assert links == [f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{port}/p/"], beside.stderr
        # A wrong address shows the product's own page, and compressed files have lasting names.
        status, page, _ = fetch(port, "/nowhere/")
        assert (status, "There is nothing here" in page) == (404, True)
        (stylesheet,) = re.findall(r'href="(/static/clinic/app\.\w{12}\.css)"', page)
        assert fetch(port, stylesheet)[0] == 200
        # A browser opens lines in advance and says nothing on them; nobody waits for those.
        with socket.create_connection(("127.0.0.1", port)):
            first.send_signal(signal.SIGINT)
            printed_last, _ = first.communicate(timeout=PATIENCE_S)
        assert (first.returncode, "SIGKILL" in printed_last) == (0, False)
    assert not is_running(var / "postgres")

    # All that the second start says is that it is ready: nothing is made or asked for anew.
    with started(*arguments, HOMEWARD_VAR=str(var)) as again:
        assert until_ready(again)[0] == f"Homeward is ready: http://127.0.0.1:{port}/"
        assert fetch(port, "/sign-in/")[0] == 200
        assert sign_in(port) == 302
        again.terminate()
        again.communicate(timeout=PATIENCE_S)
    assert not is_running(var / "postgres")

    # Getting ready alone ends by itself, and leaves nothing running.
    with started("manage.py", "run", "--prepare", HOMEWARD_VAR=str(var)) as process:
        printed_ready, _ = process.communicate(timeout=PATIENCE_S)
        assert printed_ready.splitlines() == ["Everything is ready. Start it with: make run"]
        assert process.returncode == 0
    assert not is_running(var / "postgres")
