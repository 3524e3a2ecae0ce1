"""Drawings of the catalogue that were sent before, sent again before anything else is looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from cachetools import LRUCache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve

from programs.exercises.pictures.svg_response import KEEP_ANYWHERE, packed_response

_KEPT: Final = 1024
"""Drawings that a process keeps as they are sent, some 4 kB each."""
_sent: LRUCache[str, bytes] = LRUCache(_KEPT)
_lock: Final = threading.Lock()


def keep_at(address: str, packed: bytes) -> None:
    """From now on this is what everybody gets at the address, which names its content."""
    with _lock:
        _sent[address] = packed


def forget() -> None:
    """As after a start."""
    with _lock:
        _sent.clear()


def kept_drawings(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a page of the builder asks for two dozen. It stands outside of whatever asks who
    somebody is, and within what every answer carries."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with _lock:
            packed = _sent.get(request.path_info)
        if packed is None or request.method not in ("GET", "HEAD"):
            return get_response(request)
        request.resolver_match = resolve(request.path_info)
        return packed_response(request, packed, keep=KEEP_ANYWHERE)

    return middleware
