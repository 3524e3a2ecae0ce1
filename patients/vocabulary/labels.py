"""How a code of the case is shown to a person."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from patients.vocabulary.kinds import (
    STOPPING_ROUTES,
    Approach,
    Chain,
    Route,
    Side,
    Stage,
    TearSize,
)
from patients.vocabulary.words import (
    CONDITIONS,
    FINDING_ROUTES,
    FINDINGS,
    RED_FLAGS,
    SIDE_LABELS,
    STAGE_LABELS,
    SURGERIES,
    TEAR_LABELS,
    TOGETHER,
)


def route_of(code: str) -> Route | None:
    """How fast a yes to this red flag or finding needs a medical answer; None where it does not."""
    if code in RED_FLAGS:
        return RED_FLAGS[code].route
    return FINDING_ROUTES.get(code)


def stop_route(code: str) -> Route:
    """How fast this yes needs an answer where it stops a case: alone or together, by today."""
    route = route_of(code)
    return route if route is not None and route in STOPPING_ROUTES else Route.SAME_DAY


def routes_of(codes: Collection[str], conditions: Collection[str] = ()) -> dict[str, Route]:
    """How fast each of these yes answers needs a medical answer, seen together.

    ``codes``: red flags and findings answered yes; ``conditions``: what is recorded besides.
    """
    routes = {code: route for code in codes if (route := route_of(code)) is not None}
    for group in TOGETHER:
        present = group.others & {*codes, *conditions}
        if group.code in codes and present:
            for code in {group.code, *present} & routes.keys():
                routes[code] = min(routes[code], group.route, key=list(Route).index)
    return routes


def answer_label(code: str) -> str:
    """The clinician's short name of a red flag or finding; KeyError for an unknown code."""
    return RED_FLAGS[code].label if code in RED_FLAGS else FINDINGS[code].label


ARM_REGIONS: Final = frozenset({"neck", "shoulder", "elbow", "wrist_hand"})
"""Regions that the picture of neck and arms shows."""


def chain_of(conditions: Collection[str]) -> Chain | None:
    """The row of places along which the symptoms of these conditions move.

    None where they stay where they are, as a knee's do. Where nothing is recorded, and where leg
    and arm meet, it is the leg's.
    """
    chains = {CONDITIONS[code].chain for code in conditions}
    if not chains or Chain.LEG in chains:
        return Chain.LEG
    return Chain.ARM if Chain.ARM in chains else None


def shown_chain(conditions: Collection[str]) -> Chain:
    """The row of places that a patient with these conditions is asked about.

    Neck and arm where everything recorded is there, also where nothing moves along it: pain at an
    elbow is pointed at on an arm. Else back and leg.
    """
    chain = chain_of(conditions)
    if chain is None and {CONDITIONS[code].region for code in conditions} <= ARM_REGIONS:
        return Chain.ARM
    return chain or Chain.LEG


def condition_text(code: str, side: str, stage: str = "") -> str:
    """A condition as it is shown, like "Sciatica, left"; KeyError for an unknown code."""
    parts = [CONDITIONS[code].label]
    if side != Side.UNSPECIFIED or CONDITIONS[code].needs_side:
        parts.append(SIDE_LABELS[Side(side)].lower())
    if stage:
        parts.append(STAGE_LABELS[Stage(stage)].lower())
    return ", ".join(parts)


def surgery_text(code: str, side: str = "", approach: str = "", tear_size: str = "") -> str:
    """An operation as it is shown, like "Hip replacement, left, posterior approach"."""
    parts = [SURGERIES[code].label]
    if side:
        parts.append(SIDE_LABELS[Side(side)].lower())
    if approach:
        known = approach != Approach.UNKNOWN
        parts.append(f"{approach} approach" if known else "approach not known")
    if tear_size:
        parts.append(TEAR_LABELS[TearSize(tear_size)].lower())
    return ", ".join(parts)
