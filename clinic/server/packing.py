"""Answers packed for their way, but for those that are packed already."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_PACKED: Final = frozenset(
    {
        "application/gzip",
        "application/pdf",
        "application/zip",
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/webp",
    }
)
"""What is packed inside: once more takes milliseconds of a worker's time for next to nothing."""


class PackingMiddleware(GZipMiddleware):
    """Django's, which packs whatever a browser takes packed."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """A paper or a photograph goes as it is."""
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return response if kind in _PACKED else super().process_response(request, response)
