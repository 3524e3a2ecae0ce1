"""``python -m benchmarks.front``: the site twice behind a real nginx with ``scripts/front.conf``.

As compose runs it, with Debian's nginx and on this machine alone: patients' pages go to one server,
clinicians' to the other, and a server that is killed takes nobody along who has the other. Of the
file only the port is another; the names in it are answered as compose answers them.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from benchmarks.__main__ import ROOT, environment

HERE: Final = "127.0.0.1"
PORT: Final = int(os.environ.get("FRONT_PORT", "8036"))
HOMES: Final = {"web": "127.0.0.2", "patients": "127.0.0.3"}
"""Where each of compose's services is here; both listen on 8000, as there."""
PAGES: Final = {"web": "/sign-in/", "patients": "/p/"}
PATIENCE_S: Final = 60


@contextmanager
def names() -> Iterator[int]:
    """A name server for the two services, on a port of its own."""
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind((HERE, 0))

    def serve() -> None:
        while True:
            try:
                asked, whom = line.recvfrom(512)
            except OSError:
                return
            name = asked[13 : 13 + asked[12]].decode()
            question = asked[12 : asked.index(0, 12) + 5]
            home = HOMES.get(name)
            count = 1 if home else 0
            head = asked[:2] + bytes([0x81, 0x80 if home else 0x83, 0, 1, 0, count, 0, 0, 0, 0])
            # A pointer to the name asked for; an address; good for five seconds.
            record = bytes([0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4])
            line.sendto(head + question + (record + socket.inet_aton(home) if home else b""), whom)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(line.getsockname()[1])
    finally:
        line.close()


@contextmanager
def nginx(folder: Path) -> Iterator[None]:
    """nginx with the project's own file, on another port and with the name server above."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "apt-get install nginx-light"
    with names() as port:
        (folder / "resolver.conf").write_text(f"resolver {HERE}:{port} valid=5s ipv6=off;\n")
        text = (ROOT / "scripts/front.conf").read_text()
        text = text.replace("listen 8000;", f"listen {HERE}:{PORT};").replace("/tmp/", f"{folder}/")  # noqa: S108
        (folder / "front.conf").write_text(text)
        server = subprocess.Popen([program, "-c", folder / "front.conf", "-g", "daemon off;"])
        try:
            yield
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait(timeout=PATIENCE_S)


class Server:
    """One of the two, with a log of what it was asked."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.log = name, folder / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """gunicorn as in the container, and wait until it answers."""
        settings = {"BIND": f"{HOMES[self.name]}:8000", "ACCESS_LOG": "1", "WEB_CONCURRENCY": "1"}
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config",
                 "python:clinic.server.gunicorn_config", "clinic.wsgi"],
                cwd=ROOT, env={**os.environ, **settings}, stdout=out, start_new_session=True,
            )  # fmt: skip
        until(lambda: status(HOMES[self.name], 8000, "/healthz/") == 200)

    def kill(self) -> None:
        """With all its workers, at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def asked(self, page: str) -> int:
        """How often it was asked for a page."""
        return sum(f'"GET {page}"' in line for line in self.log.read_text().splitlines())


def status(host: str, port: int, page: str) -> int:
    """What comes back; 0 for nothing."""
    line = http.client.HTTPConnection(host, port, timeout=PATIENCE_S)
    try:
        line.request("GET", page)
        return line.getresponse().status
    except OSError:
        return 0
    finally:
        line.close()


def until(holds: Callable[[], bool]) -> None:
    """Wait for it, a minute at the most."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.1)


def answers(times: int = 10) -> dict[str, str]:
    """Each kind of page through nginx so often: the statuses, and the slowest."""
    found = {}
    for name, page in PAGES.items():
        seen, slowest = set(), 0.0
        for _ in range(times):
            begun = time.perf_counter()
            seen.add(status(HERE, PORT, page))
            slowest = max(slowest, time.perf_counter() - begun)
        found[name] = f"{sorted(seen)}, {slowest * 1000:.0f} ms at most"
    return found


def main() -> int:
    """Both, each without the other, and both again; 1 where somebody was taken along."""
    with (
        tempfile.TemporaryDirectory(prefix="front-", dir=ROOT / "var") as name,
        ExitStack() as ends,
    ):
        folder = Path(name)
        environment(name)
        from benchmarks import suite

        ends.enter_context(suite.prepared())
        servers = {kind: Server(kind, folder) for kind in HOMES}
        for server in servers.values():
            ends.callback(server.kill)
            server.start()
        ends.enter_context(nginx(folder))
        until(lambda: status(HERE, PORT, PAGES["web"]) == 200)
        seen = [answers()]
        print("both:", seen[0])
        for kind, server in servers.items():
            print(kind, "was asked for", {page: server.asked(page) for page in PAGES.values()})
        for kind, server in servers.items():
            server.kill()
            seen.append(answers())
            print(f"without {kind}:", seen[-1])
            server.start()
        seen.append(answers())
        print("both again:", seen[-1])
    good = "[200]"
    whole = all(found[kind].startswith(good) for found in (seen[0], seen[3]) for kind in HOMES)
    return 0 if whole and seen[1]["patients"][:5] == seen[2]["web"][:5] == good else 1


if __name__ == "__main__":
    raise SystemExit(main())
