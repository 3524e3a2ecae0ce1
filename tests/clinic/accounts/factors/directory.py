"""A directory of a practice on this machine: OpenID Connect, as far as a sign-in goes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

from tests.waiting import PATIENCE_S


class Directory(ThreadingHTTPServer):
    """Vouches for ``person`` to whoever brings the right code and secret.

    ``says``: what it says of itself besides, or instead.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.person: dict[str, Any] = {}
        self.asked: list[dict[str, list[str]]] = []
        self.says: dict[str, Any] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Directory

    def do_GET(self) -> None:
        at = self.server.address
        if urlsplit(self.path).path == "/.well-known/openid-configuration":
            self._answer(
                {
                    "issuer": at,
                    "authorization_endpoint": f"{at}/authorize",
                    "token_endpoint": f"{at}/token",
                    "userinfo_endpoint": f"{at}/person",
                    "jwks_uri": f"{at}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                    **self.server.says,
                }
            )
        elif self.headers.get("Authorization") == "Bearer for-the-person":
            self._answer(self.server.person)
        else:
            self._answer({"error": "invalid_token"}, 401)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        sent = parse_qs(self.rfile.read(length).decode())
        self.server.asked.append(sent)
        if sent.get("code") != ["right"] or sent.get("client_secret") != ["directory secret"]:
            self._answer({"error": "invalid_grant"}, 400)
            return
        claims = {**self.server.person, "iss": self.server.address, "aud": "homeward"}
        claims |= {"exp": 4_000_000_000, "iat": 1}
        key = "a key that only the directory has, long enough for sha-256"
        token = jwt.encode(claims, key, algorithm="HS256")
        self._answer({"access_token": "for-the-person", "token_type": "Bearer", "id_token": token})

    def _answer(self, data: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quietly."""


@contextmanager
def directory() -> Iterator[Directory]:
    server = Directory()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE_S)
