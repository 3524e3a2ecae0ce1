"""Any case at all, for the laws of the rules."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from patients.vocabulary import CONDITIONS, FINDINGS, RED_FLAGS, RESOURCES, SURGERIES
from programs.rules.facts import CaseFacts, ConditionFact, SurgeryFact

SIDES = ["left", "right", "bilateral", "central", "unspecified"]
MIRROR = {"left": "right", "right": "left"}

conditions = st.lists(
    st.builds(ConditionFact, st.sampled_from(sorted(CONDITIONS)), st.sampled_from(SIDES)),
    max_size=4,
).map(tuple)
surgeries = st.lists(
    st.builds(
        SurgeryFact,
        st.sampled_from(sorted(SURGERIES)),
        st.none() | st.integers(0, 20),
        st.sampled_from(["", "left", "right", "bilateral"]),
        st.sampled_from(["", "posterior", "anterior", "lateral", "unknown"]),
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
    age=st.none() | st.integers(0, 20) | st.integers(0, 120),
    directional_preference=st.sampled_from(["flexion", "extension", "none", "untested"]),
    irritability=st.sampled_from(["low", "moderate", "high", "unknown"]),
    resources=st.frozensets(st.sampled_from(sorted(RESOURCES))),
    red_flags=st.dictionaries(st.sampled_from(sorted(RED_FLAGS)), st.booleans(), max_size=4),
)


def mirrored(case: CaseFacts) -> CaseFacts:
    """The same case with left and right exchanged."""
    return CaseFacts(
        conditions=tuple(
            ConditionFact(c.code, MIRROR.get(c.side, c.side)) for c in case.conditions
        ),
        findings=case.findings,
        finding_sides={code: MIRROR.get(s, s) for code, s in case.finding_sides.items()},
        surgeries=tuple(
            SurgeryFact(s.code, s.weeks_ago, MIRROR.get(s.side, s.side), s.approach)
            for s in case.surgeries
        ),
        pregnancy_weeks=case.pregnancy_weeks,
        postnatal_weeks=case.postnatal_weeks,
        age=case.age,
        directional_preference=case.directional_preference,
        irritability=case.irritability,
        resources=case.resources,
        red_flags=case.red_flags,
    )
