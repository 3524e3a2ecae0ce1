"""The catalogue, for clinicians to read."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.http import PracticeRequest
from clinic.paging import page_of
from clinic.permissions import Action, requires
from patients.vocabulary import RESOURCES
from programs.exercises.definition import Definition
from programs.exercises.filling import filled_steps
from programs.exercises.library import Library, library_for
from programs.exercises.pictures.casts import people_of
from programs.exercises.pictures.links import Pictures, Shown, pictures_for
from programs.exercises.pictures.renderings import drawings
from programs.exercises.query import Wanted
from programs.exercises.rulebook.pages import may_touch
from programs.exercises.sides import fill_sides
from programs.rules.book import RuleDefinition
from programs.rules.either_side import SIDE_UNKNOWN
from programs.rules.traits import FLAGS, KINDS, NEVER_PRESCRIBED, POSITIONS, PURPOSES, REGIONS
from programs.rules.unsaid import UNSAID

_PAGE_SIZE = 24
EXAMPLE_SIDE = "right"
"""The side the words of an entry are shown for where there is no patient."""


@require_GET
@requires(Action.TREAT)
def catalogue(request: PracticeRequest) -> HttpResponse:
    """Every exercise, searched and filtered, without a patient in mind."""
    library, wanted = library_for(request.practice), Wanted.of(request.GET)
    hits = library.search.search(wanted.query)
    rows = [
        (library.ids[slug], library.definitions[slug])
        for slug in hits.keys
        if wanted.fits(library.definitions[slug])
    ]
    entries = page_of(request, rows, size=_PAGE_SIZE)
    shown = [(pk, _side_of(d, EXAMPLE_SIDE)) for pk, d in entries]
    context = {
        "entries": [(pk, d, side) for (pk, d), (_, side) in zip(entries, shown, strict=True)],
        "page": entries,
        "pictures": pictures_for(
            request.practice, library, shown, people_of(request.practice, request.user)
        ),
        "wanted": wanted,
        "corrected": hits.corrected,
        "near": hits.near,
        "wishes": request.practice.exercise_wishes.filter(ended_at=None).select_related("asked_by"),
        "labels": {"kinds": KINDS, "phases": PURPOSES, "positions": POSITIONS},
    }
    template = (
        "programs/exercises/_catalogue_list.html"
        if request.htmx
        else "programs/exercises/catalogue.html"
    )
    return render(request, template, context)


def _side_of(definition: Definition, asked: str) -> str:
    """The side an entry is shown for: the one asked for, none where it has no sides."""
    if not definition.traits.sided:
        return ""
    return asked if asked in ("left", "right") else EXAMPLE_SIDE


@require_GET
@requires(Action.TREAT)
def catalogue_entry(request: PracticeRequest, exercise_id: int) -> HttpResponse:
    """One entry: what it is, its steps, doses, sources and the rules that look at it."""
    library = library_for(request.practice)
    definition = library.by_id.get(exercise_id)
    if definition is None:
        raise Http404
    traits = definition.traits
    side = _side_of(definition, request.GET.get("side", ""))
    people = people_of(request.practice, request.user)
    shown = pictures_for(request.practice, library, [(exercise_id, side)], people)
    context = {
        "d": definition,
        "side": side,
        "kind": KINDS[traits.kind],
        "purpose": PURPOSES[traits.phase],
        "position": POSITIONS[traits.position],
        "regions": ", ".join(REGIONS[r] for r in definition.said_regions),
        "required": ", ".join(RESOURCES[r] for r in traits.required),
        "helpful": ", ".join(RESOURCES[r] for r in definition.equipment_optional),
        "demands": [FLAGS[f] for f in FLAGS if f in traits.flags],
        "side_unknown": SIDE_UNKNOWN in traits.unknown,
        "unsaid": [text for name, text in UNSAID.items() if name in traits.unknown],
        "steps": filled_steps(definition.steps, side, None),
        "avoid": [fill_sides(s, side) for s in definition.avoid],
        "stop": [fill_sides(s, side) for s in definition.stop],
        "feel": fill_sides(definition.feel, side),
        "presets": [(p, library.sources[p.source]) for p in definition.presets],
        "sources": [(library.sources[s], item) for s, item in definition.sources],
        "easier": _links(library, definition.easier),
        "harder": _links(library, definition.harder),
        "first": _links(library, definition.prerequisites),
        "rules": _rules_about(library, definition),
        "retired": definition.slug not in library.current,
        "never": traits.kind in NEVER_PRESCRIBED,
        "exercise_id": exercise_id,
        "pictures": shown[exercise_id, side],
        "frames": _with_words(
            shown[exercise_id, side], library.digests[exercise_id], definition, side
        ),
    }
    return render(request, "programs/exercises/catalogue_entry.html", context)


def _with_words(
    shown: Pictures, digest: str, definition: Definition, side: str
) -> list[tuple[Shown, str]]:
    """Each picture with all that is said of it: a drawing's words are written from its pose."""
    if not shown.frames or shown.frames[0].photo:
        return [(frame, frame.alt) for frame in shown.frames]
    drawn = drawings(digest, definition, side)
    return [(frame, figure.alt) for frame, figure in zip(shown.frames, drawn, strict=True)]


def _links(library: Library, slugs: tuple[str, ...]) -> list[tuple[int, str]]:
    return [(library.ids[slug], library.definitions[slug].name) for slug in slugs]


def _rules_about(library: Library, definition: Definition) -> list[RuleDefinition]:
    """Exercise rules whose traits fit this entry, whatever the case."""
    return [rule for rule in library.rules.values() if may_touch(rule, definition)]
