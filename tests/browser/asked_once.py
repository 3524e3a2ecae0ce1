"""A walk that asks of every address whether it is a page, and shows the pages in a tab.

What a client was answered is what the tab gets when it asks for the same next: to make each page
a second time was more than a third of what such a walk takes of the server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.http import HttpResponseBase
from django.test import Client
from django.utils.encoding import iri_to_uri
from pytest_django.live_server_helper import LiveServer

from clinic.models import User

Kept = dict[tuple[str, str], Any]
Asks = Callable[[str], bool]


def is_page(answer: HttpResponseBase) -> bool:
    """Whether an address answered with a page."""
    html = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status_code == 200 and html and "Content-Disposition" not in answer.headers


class _Again:
    """The site; an answer that is kept goes out once, to whoever asks for it first."""

    def __init__(self, app: WSGIApplication, kept: Kept) -> None:
        self._app = app
        self._kept = kept

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        asked = environ["PATH_INFO"], environ["QUERY_STRING"]
        answer = self._kept.pop(asked, None) if environ["REQUEST_METHOD"] == "GET" else None
        if answer is None:
            return self._app(environ, start)
        cookies = [("Set-Cookie", cookie.OutputString()) for cookie in answer.cookies.values()]
        start(f"200 {answer.reason_phrase}", [*answer.items(), *cookies])
        return [answer.content]


@contextmanager
def asked_once(server: LiveServer, user: User) -> Iterator[Asks]:
    """Ask as this user whether an address is a page; the tab that opens it next gets that page."""
    client = Client(headers={"host": urlsplit(server.url).netloc})
    client.force_login(user)
    kept: Kept = {}
    httpd: Any = server.thread.httpd
    app = httpd.get_app()

    def asks(url: str) -> bool:
        answer = client.get(url)
        if is_page(answer):
            path, _, query = iri_to_uri(url).partition("?")
            kept[path, query] = answer
        return is_page(answer)

    httpd.set_app(_Again(app, kept))
    try:
        yield asks
    finally:
        httpd.set_app(app)
    assert not kept, f"not looked at: {list(kept)}"
