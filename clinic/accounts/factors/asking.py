"""Asking a practice's directory, which is somebody else's server: in bounded time and size."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from requests import Response, Session
from requests.adapters import HTTPAdapter
from requests.exceptions import InvalidJSONError, Timeout
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from clinic.lines import HeldLines, held_by, holding

LONGEST_ANSWER: Final = 500_000
"""Of one answer. What describes a large directory takes some ten thousand."""
_PIECE: Final = 65_536
_MOST_WAYS: Final = 3
_POOLS: Final = {"http": holding(HTTPConnectionPool), "https": holding(HTTPSConnectionPool)}


class DirectorySession(Session):
    """What ``requests`` does, with an end to every answer.

    ``settings.DIRECTORY_SECONDS`` are for a question as a whole, however slowly the answer drips
    in. An answer that takes longer or is too long is an error of ``requests`` like any other.
    """

    def __init__(self) -> None:
        super().__init__()
        self.max_redirects = _MOST_WAYS
        for scheme in _POOLS:
            self.mount(f"{scheme}://", _HeldAdapter())

    def request(self, *args: Any, **kwargs: Any) -> Response:
        """Ask, and read all of the answer before the time is up."""
        seconds, lines = settings.DIRECTORY_SECONDS, HeldLines()
        kwargs.update(stream=True, timeout=seconds)
        try:
            with held_by(lines), lines.limited(seconds):
                answer = super().request(*args, **kwargs)
                answer._content = _whole(answer)
        except TimeoutError as error:
            raise Timeout("the directory took too long") from error
        return answer


class _HeldAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager


def _whole(answer: Response) -> bytes:
    """All bytes of the answer, unpacked; ``InvalidJSONError`` where they are too many."""
    whole = b""
    for piece in answer.iter_content(_PIECE):
        whole += piece
        if len(whole) > LONGEST_ANSWER:
            answer.close()
            raise InvalidJSONError("the directory's answer is too long")
    return whole
