"""A drawing as an answer: SVG that nothing runs in and no other site shows."""

from __future__ import annotations

import gzip

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""Drawings carry their looks in attributes: they need neither scripts nor styles nor files."""
KEEP = "private, max-age=31536000, immutable"
"""For addresses that name their content: the reader's own browser may keep it for a year."""

KEEP_ANYWHERE = "public, max-age=31536000, immutable"
"""The same for what is everybody's: a cache on the way may keep it, too."""


def svg_response(svg: str, *, keep: str) -> HttpResponse:
    """One drawing. ``keep``: what caches are told."""
    return _answer(svg.encode(), keep)


def pack(svg: str) -> bytes:
    """A drawing as it is kept and sent: the same bytes for the same drawing."""
    return gzip.compress(svg.encode(), mtime=0)


def packed_response(request: HttpRequest, packed: bytes, *, keep: str) -> HttpResponse:
    """A drawing that is kept gzipped, unpacked only for those who cannot."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        response = _answer(gzip.decompress(packed), keep)
    else:
        response = _answer(packed, keep)
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def _answer(content: bytes, keep: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="image/svg+xml",
        headers={
            "Cache-Control": keep,
            "Content-Length": str(len(content)),
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
        },
    )
