"""Behind PgBouncer in transaction mode: two practices share one connection, and see their own.

A real server in processes of its own, Debian's pooler with a single connection to the database, and
clinicians of two practices at the same time.
"""

import http.client
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from clinic.embedded import account
from clinic.models import Practice, User
from tests import factories
from tests.clinic.server.processes import free_port, started
from tests.waiting import PATIENCE_S, until

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 12
CONFIG = """
[databases]
* = host={host} port={port} user=homeward_app
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 1
max_client_conn = 50
"""


@contextmanager
def pooler() -> Iterator[int]:
    """PgBouncer before the tests' own server, on the port it gives, as the server's account."""
    to, listen = connection.settings_dict, free_port()
    with tempfile.TemporaryDirectory(prefix="homeward-") as folder:
        Path(folder).chmod(0o755)
        config = Path(folder) / "pgbouncer.ini"
        config.write_text(CONFIG.format(host=to["HOST"], port=to["PORT"], listen=listen))
        data = Path(to["EMBEDDED_HOME"]) / "data"
        process = subprocess.Popen(
            ["/usr/sbin/pgbouncer", "--quiet", str(config)],
            stdin=subprocess.DEVNULL,
            cwd="/",
            **account.credentials(data),
        )
        try:
            yield listen
        finally:
            process.kill()
            process.wait(PATIENCE_S)


@contextmanager
def site(pooler_port: int) -> Iterator[int]:
    """The site on gunicorn, whose only way to the database is the pooler."""
    port = free_port()
    name = quote(str(connection.settings_dict["NAME"]))
    with started(
        "-m", "gunicorn", "--config", "python:clinic.server.gunicorn_config", "clinic.wsgi",
        BIND=f"127.0.0.1:{port}",
        DATABASE_URL=f"postgres://homeward_app@127.0.0.1:{pooler_port}/{name}",
        DEBUG="1",
        SECRET_KEY=str(settings.SECRET_KEY),
        WEB_CONCURRENCY="2",
        WEB_THREADS="4",
    ):  # fmt: skip
        until(lambda: status(port, "/readyz/") == 200, "the site was ready")
        yield port


def status(port: int, path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as line:
        try:
            line.request("GET", path)
            return line.getresponse().status
        except OSError:
            return 0


def names_on_the_list(port: int, session: str) -> list[str]:
    """Which of the two patients stand on the list of whoever has this session."""
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as line:
        line.request("GET", reverse("patient_list"), headers={"Cookie": f"sessionid={session}"})
        answer = line.getresponse()
        page = answer.read().decode()
    assert answer.status == 200
    return [name for name in ("Hannah Harbour", "Henry Hillside") if name in page]


def register(port: int, session: str, name: str) -> int:
    """Send the form for a new patient; the status of the answer."""
    token = "t" * 32
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    # Each in a year of their own: nobody is taken for somebody who is there.
    fields = urlencode({"full_name": name, "date_of_birth": f"19{ord(name[-1])}-03-02"})
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as line:
        line.request("POST", reverse("patient_create"), fields, headers)
        return line.getresponse().status


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    # The server's clock is the machine's.
    session = client.session
    session.set_expiry(timedelta(days=36500))
    session.save()
    return client.cookies["sessionid"].value


def test_two_practices_read_and_write_at_once_over_one_connection(
    practice: Practice, alice: User, other_practice: Practice, charlie: User
) -> None:
    factories.PatientFactory(practice=practice, created_by=alice, full_name="Hannah Harbour")
    factories.PatientFactory(
        practice=other_practice, created_by=charlie, full_name="Henry Hillside"
    )
    sessions = {"Harbour": session_of(alice), "Hillside": session_of(charlie)}
    names = [f"{where} {letter * 3}" for letter in "ABCDEF" for where in sessions]
    with pooler() as pooler_port, site(pooler_port) as port, ThreadPoolExecutor(6) as people:
        lists = list(
            people.map(
                lambda session: names_on_the_list(port, session), [*sessions.values()] * ROUNDS
            )
        )
        answers = people.map(lambda name: register(port, sessions[name.split()[0]], name), names)
        assert set(answers) == {302}
    assert lists == [["Hannah Harbour"], ["Henry Hillside"]] * ROUNDS
    for own, there, where in (
        (practice, "Hannah Harbour", "Harbour"),
        (other_practice, "Henry Hillside", "Hillside"),
    ):
        found = sorted(own.patients.values_list("full_name", flat=True))
        assert found == [there, *(name for name in names if name.startswith(where))]
