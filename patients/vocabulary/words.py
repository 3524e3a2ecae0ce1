"""The words themselves, read once from the files beside this module and frozen."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import Final

from patients.vocabulary import load
from patients.vocabulary.kinds import (
    OPERATED,
    STOPPING_ROUTES,
    Answer,
    Approach,
    Birth,
    Chain,
    Irritability,
    Preference,
    Route,
    Side,
    Stage,
    TearSize,
    WeightBearing,
)

_conditions = load.VocabularyFile("conditions.toml")
CASE_REGIONS: Final = _conditions.labels("regions")
"""Parts of the body that a case can be about."""
CONDITIONS: Final = _conditions.rows("condition", partial(load.condition, regions=CASE_REGIONS))

_ABOUT: Final = (*CASE_REGIONS, OPERATED)
_findings = load.VocabularyFile("findings.toml")
FINDING_GROUPS: Final = _findings.labels("groups")
FINDINGS: Final = _findings.rows(
    "finding", partial(load.finding, groups=FINDING_GROUPS, regions=_ABOUT)
)
load.check_doubts(FINDINGS)

_surgeries = load.VocabularyFile("surgeries.toml")
SURGERIES: Final = _surgeries.rows("surgery", partial(load.surgery, regions=CASE_REGIONS))

_red_flags = load.VocabularyFile("red_flags.toml")
RED_FLAG_GROUPS: Final = _red_flags.labels("groups")
RED_FLAGS: Final = _red_flags.rows(
    "red_flag", partial(load.red_flag, groups=RED_FLAG_GROUPS, regions=_ABOUT)
)
TOGETHER: Final = tuple(
    _red_flags.rows("together", partial(load.together, known=[*RED_FLAGS, *CONDITIONS])).values()
)
"""Signs that are more urgent together than alone."""

_labels = load.VocabularyFile("labels.toml")
EQUIPMENT: Final = _labels.labels("equipment")
HELPER: Final = "helper"
RESOURCES: Final = MappingProxyType({**EQUIPMENT, **_labels.labels("people")})
LOCATIONS: Final = _labels.labels("locations")
"""Symptom locations from the spine outward; the order is the rank (0 none … 6 foot)."""
LOCATION_RANK: Final = MappingProxyType({code: rank for rank, code in enumerate(LOCATIONS)})
ARM_LOCATIONS: Final = _labels.labels("arm_locations")
"""Symptom locations of neck and arm, from the spine outward (0 none … 6 hand)."""
ARM_RANK: Final = MappingProxyType({code: rank for rank, code in enumerate(ARM_LOCATIONS)})
OTHER_LOCATIONS: Final = _labels.labels("other_locations")
"""Places of no row: a joint or a part that hurts where it is."""
CHAIN_RANKS: Final = MappingProxyType({Chain.LEG: LOCATION_RANK, Chain.ARM: ARM_RANK})
"""For each row of places: code to rank. Ranks of different rows are never compared."""
PLACE_LABELS: Final = MappingProxyType({**LOCATIONS, **ARM_LOCATIONS})
"""Every place of both rows."""
SIDE_LABELS: Final = _labels.named("side", Side)
PREFERENCE_LABELS: Final = _labels.named("preference", Preference)
IRRITABILITY_LABELS: Final = _labels.named("irritability", Irritability)
APPROACH_LABELS: Final = _labels.named("approach", Approach)
WEIGHT_LABELS: Final = _labels.named("weight_bearing", WeightBearing)
STAGE_LABELS: Final = _labels.named("stage", Stage)
TEAR_LABELS: Final = _labels.named("tear_size", TearSize)
LIMITED_MOVEMENTS: Final = _labels.labels("limited_movement")
"""Movements that a surgeon may limit: joint and direction, for the clinician."""
LIMITED_MOVES: Final = _labels.labels("limited_move")
"""The same, said to the patient."""
BIRTH_LABELS: Final = _labels.named("birth", Birth)
ROUTE_LABELS: Final = _labels.named("route", Route)
ANSWER_LABELS: Final = _labels.named("answer", Answer)

for _file in (_conditions, _findings, _surgeries, _red_flags, _labels):
    _file.finish()

FINDING_ROUTES: Final = MappingProxyType(
    {code: f.route for code, f in FINDINGS.items() if f.route is not None}
)
"""Findings that need a medical answer as a red flag does, and how fast."""

STOPPING_CODES: Final = frozenset(
    [code for code, flag in RED_FLAGS.items() if flag.stops]
    + [code for code, route in FINDING_ROUTES.items() if route in STOPPING_ROUTES]
)
"""Red flags and findings that, answered yes, stop prescribing until they are cleared."""

MAX_WEEKS_AGO: Final = 5200
"""Upper bound for weeks since an operation: a hundred years."""
MAX_PREGNANCY_WEEKS: Final = 44
MAX_POSTNATAL_WEEKS: Final = 260
"""Upper bound for weeks since a birth: five years."""
MAX_AGE: Final = 125
