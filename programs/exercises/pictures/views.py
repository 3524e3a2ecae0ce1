"""The drawings of the catalogue, as pictures that pages link to."""

from __future__ import annotations

import base64
import threading
from typing import Final

from cachetools import LRUCache
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from clinic.http import PracticeRequest
from clinic.permissions import Action, requires
from programs.exercises.definition import Definition
from programs.exercises.library import Library, library_for, read_ahead
from programs.exercises.pictures.ahead import keep_at
from programs.exercises.pictures.casts import loaded_stamps, people_of
from programs.exercises.pictures.figure import Figure
from programs.exercises.pictures.links import mark, ways_of
from programs.exercises.pictures.renderings import drawings, movement
from programs.exercises.pictures.svg_response import KEEP, KEEP_ANYWHERE, pack, packed_response

NOT_KEPT = "private, no-store"
_PACKED_KEPT: Final = 1024
"""Drawings that a process keeps as they are sent, some 4 kB each."""
_packed: LRUCache[tuple[int, int, str, int, str], bytes] = LRUCache(_PACKED_KEPT)
_lock: Final = threading.Lock()


@require_safe
@requires(Action.TREAT)
def exercise_figure(
    request: PracticeRequest, exercise_id: int, side: str, frame: int, named: str
) -> HttpResponse:
    """One drawing of a built-in entry or one of the practice's own, mirrored to the side."""
    asked = (request.practice.pk, exercise_id, side, frame, named)
    with _lock:
        packed = _packed.get(asked)
    if packed is not None:
        return packed_response(request, packed, keep=KEEP)
    digest, definition, side, stamp = _entry(request, exercise_id, side)
    packed = _drawn(drawings(digest, definition, side, stamp), frame)
    keep = _keep(mark(digest, stamp), named)
    if keep == KEEP:
        # The address names the content: whoever works in this practice gets the same by it.
        with _lock:
            _packed[asked] = packed
    return packed_response(request, packed, keep=keep)


@login_not_required
@require_safe
def shipped_figure(
    request: HttpRequest, exercise_id: int, side: str, frame: int, named: str
) -> HttpResponse:
    """One drawing of a built-in entry as it comes: the same for everybody who runs this program.

    It is nobody's, so nobody is asked who they are: a page of the builder shows two dozen, and
    asking took five times as long as sending one. From the second time on ``ahead`` sends it.
    """
    digest, definition, way = _in_library(read_ahead(), exercise_id, side)
    packed = _drawn(drawings(digest, definition, way), frame)
    if named != mark(digest):
        return packed_response(request, packed, keep=NOT_KEPT)
    keep_at(request.path_info, packed)
    return packed_response(request, packed, keep=KEEP_ANYWHERE)


@require_safe
@requires(Action.TREAT)
def exercise_movement(
    request: PracticeRequest, exercise_id: int, side: str, named: str
) -> HttpResponse:
    """The movement of an entry, standing still until the page that asked for it starts it."""
    digest, definition, side, stamp = _entry(request, exercise_id, side)
    packed = movement(digest, definition, side, stamp)
    if not packed:
        raise Http404
    keep = _keep(mark(digest, stamp), named)
    return packed_response(request, base64.b64decode(packed), keep=keep)


def _drawn(found: tuple[Figure, ...], frame: int) -> bytes:
    """One of them as it is sent; the first is 1."""
    figure = dict(enumerate(found, start=1)).get(frame)
    if figure is None:
        raise Http404
    return pack(figure.svg)


def _entry(
    request: PracticeRequest, exercise_id: int, side: str
) -> tuple[str, Definition, str, str]:
    """Digest and content of an entry in scope, the side as the drawings know it, and the stamp of
    the drawing of whoever was chosen, where there is one."""
    library = library_for(request.practice)
    digest, definition, way = _in_library(library, exercise_id, side)
    people = people_of(request.practice, request.user)
    stamp = loaded_stamps({digest: definition}, people).get(digest, "")
    return digest, definition, way, stamp


def _in_library(library: Library, exercise_id: int, side: str) -> tuple[str, Definition, str]:
    """Digest and content of an entry, and the side as the drawings know it."""
    definition = library.by_id.get(exercise_id)
    if definition is None:
        raise Http404
    way = ways_of(definition).get(side)
    if way is None:
        raise Http404
    return library.digests[exercise_id], definition, way


def _keep(today: str, named: str) -> str:
    """An address that names other content is answered with today's, which no cache keeps."""
    return KEEP if named == today else NOT_KEPT
