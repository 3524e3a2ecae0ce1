"""The drawings of the catalogue, as pictures that pages link to."""

from __future__ import annotations

import base64

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from clinic.http import PracticeRequest
from clinic.permissions import Action, requires
from programs.exercises.definition import Definition
from programs.exercises.library import library_for
from programs.exercises.pictures.links import NO_SIDE, mark
from programs.exercises.pictures.renderings import drawings, movement
from programs.exercises.pictures.svg_response import KEEP, packed_response, svg_response

NOT_KEPT = "private, no-store"


@require_safe
@requires(Action.TREAT)
def exercise_figure(
    request: PracticeRequest, exercise_id: int, side: str, frame: int, named: str
) -> HttpResponse:
    """One drawing of a built-in entry or one of the practice's own, mirrored to the side."""
    digest, definition, side = _entry(request, exercise_id, side)
    found = dict(enumerate(drawings(digest, definition, side), start=1)).get(frame)
    if found is None:
        raise Http404
    return svg_response(found.svg, keep=_keep(digest, named))


@require_safe
@requires(Action.TREAT)
def exercise_movement(
    request: PracticeRequest, exercise_id: int, side: str, named: str
) -> HttpResponse:
    """The movement of an entry, standing still until the page that asked for it starts it."""
    digest, definition, side = _entry(request, exercise_id, side)
    packed = movement(digest, definition, side)
    if not packed:
        raise Http404
    return packed_response(request, base64.b64decode(packed), keep=_keep(digest, named))


def _entry(request: PracticeRequest, exercise_id: int, side: str) -> tuple[str, Definition, str]:
    """Digest and content of an entry in scope, and the side as the drawings know it."""
    library = library_for(request.practice)
    definition = library.by_id.get(exercise_id)
    if definition is None:
        raise Http404
    sides = ("left", "right") if definition.traits.sided else (NO_SIDE,)
    if side not in sides:
        raise Http404
    return library.digests[exercise_id], definition, "" if side == NO_SIDE else side


def _keep(digest: str, named: str) -> str:
    """An address that names other content is answered with today's, which no cache keeps."""
    return KEEP if named == mark(digest) else NOT_KEPT
