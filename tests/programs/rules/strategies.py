"""Any case at all, for the laws of the rules."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import strategies as st

from patients.vocabulary import (
    CONDITIONS,
    FINDINGS,
    LIMITED_MOVEMENTS,
    RED_FLAGS,
    RESOURCES,
    SURGERIES,
    MovementLimit,
)
from programs.rules.facts import CaseFacts, ConditionFact, SurgeryFact

SIDES = ["left", "right", "bilateral", "central", "unspecified"]
MIRROR = {"left": "right", "right": "left"}

conditions = st.lists(
    st.builds(
        ConditionFact,
        st.sampled_from(sorted(CONDITIONS)),
        st.sampled_from(SIDES),
        st.sampled_from(["", "pain", "stiff", "recovering"]),
        st.none() | st.integers(0, 20),
    ),
    max_size=4,
).map(tuple)
limits = st.lists(
    st.builds(
        MovementLimit,
        st.sampled_from(sorted(LIMITED_MOVEMENTS)),
        st.integers(0, 180),
        st.none() | st.integers(1, 20),
    ),
    max_size=3,
).map(tuple)
surgeries = st.lists(
    st.builds(
        SurgeryFact,
        st.sampled_from(sorted(SURGERIES)),
        st.none() | st.integers(0, 20),
        st.sampled_from(["", "left", "right", "bilateral"]),
        st.sampled_from(["", "posterior", "anterior", "lateral", "unknown"]),
        st.sampled_from(["", "small_medium", "large_massive", "unknown"]),
        st.booleans(),
        st.booleans(),
        limits,
    ),
    max_size=3,
).map(tuple)
answers = st.dictionaries(st.sampled_from(sorted(FINDINGS)), st.booleans(), max_size=8)
SIDED = sorted(code for code, finding in FINDINGS.items() if finding.sided)
sides_of_findings = st.dictionaries(
    st.sampled_from(SIDED), st.sampled_from(["left", "right", "bilateral"])
)


def _facts(**facts: Any) -> CaseFacts:
    """Facts in which only a yes has a side, as they are read."""
    said, sides = facts["findings"], facts["finding_sides"]
    return CaseFacts(**facts | {"finding_sides": {c: s for c, s in sides.items() if said.get(c)}})


cases = st.builds(
    _facts,
    conditions=conditions,
    findings=answers,
    finding_sides=sides_of_findings,
    surgeries=surgeries,
    pregnancy_weeks=st.none() | st.integers(0, 44),
    postnatal_weeks=st.none() | st.integers(0, 30),
    birth=st.sampled_from(["", "vaginal", "caesarean"]),
    age=st.none() | st.integers(0, 20) | st.integers(0, 120),
    directional_preference=st.sampled_from(
        ["flexion", "extension", "lateral_toward", "lateral_away", "none", "untested"]
    ),
    irritability=st.sampled_from(["low", "moderate", "high", "unknown"]),
    resources=st.frozensets(st.sampled_from(sorted(RESOURCES))),
    weight_bearing=st.dictionaries(
        st.sampled_from(["left", "right"]),
        st.sampled_from(["full", "as_tolerated", "partial", "touch", "none"]),
    ),
    red_flags=st.dictionaries(st.sampled_from(sorted(RED_FLAGS)), st.booleans(), max_size=4),
    nerve_sign=st.booleans(),
)


def mirrored(case: CaseFacts) -> CaseFacts:
    """The same case with left and right exchanged."""
    return CaseFacts(
        conditions=tuple(
            dataclasses.replace(c, side=MIRROR.get(c.side, c.side)) for c in case.conditions
        ),
        findings=case.findings,
        finding_sides={code: MIRROR.get(s, s) for code, s in case.finding_sides.items()},
        surgeries=tuple(
            dataclasses.replace(s, side=MIRROR.get(s.side, s.side)) for s in case.surgeries
        ),
        pregnancy_weeks=case.pregnancy_weeks,
        postnatal_weeks=case.postnatal_weeks,
        birth=case.birth,
        age=case.age,
        directional_preference=case.directional_preference,
        irritability=case.irritability,
        resources=case.resources,
        red_flags=case.red_flags,
        weight_bearing={MIRROR[side]: order for side, order in case.weight_bearing.items()},
        nerve_sign=case.nerve_sign,
    )
