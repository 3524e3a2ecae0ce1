"""The weeks a practice may set: each is read by a rule, and one week more holds one week longer."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Final

from clinic.limits import WEEK_LIMITS, limit_errors
from clinic.models import Practice
from patients.vocabulary import SURGERIES
from programs.rules.engine import judge
from programs.rules.facts import (
    RULE_DEFAULTS,
    CaseFacts,
    ConditionFact,
    RuleSettings,
    SurgeryFact,
)
from tests.programs.rules.cases import CONTENT, TRAITS
from tests.programs.rules.imagined import IMAGINED

_RULES: Final = {rule.id: rule for rule in CONTENT.rules}
_ENTRIES: Final = {**IMAGINED, **TRAITS}


#: Limit, default, what happened so many weeks ago, the rule, an exercise, what is said for longer.
BORDERS: Final = """
neck_surgery_weeks 12 cervical_surgery R95 double-knee-to-chest-head-lift no
decompression_load_weeks 12 lumbar_decompression P-62 box-lift no
fusion_load_weeks 24 lumbar_fusion P-64 box-lift no
dislocation_weeks 12 shoulder_instability R105 latissimus-dorsi-roller-release:left no
cuff_active_weeks 6 rotator_cuff_repair P-65 stick-external-rotation:left no
cuff_active_large_weeks 9 rotator_cuff_repair P-65 wall-walk:left no
cuff_load_weeks 12 rotator_cuff_repair P-65 counter-forward-lean no
cuff_load_large_weeks 16 rotator_cuff_repair P-65 band-external-rotation:left no
cuff_overhead_weeks 20 rotator_cuff_repair P-65 overhead-press:left no
shoulder_surgery_weeks 12 shoulder_replacement P-69 counter-forward-lean no
hip_abduction_weeks 6 hip_replacement:lateral P-61 side-lying-hip-abduction:left no
knee_replacement_load_weeks 12 knee_replacement P-60 small-hops no
acl_bend_weeks 4 acl_reconstruction P-66 squat no
acl_weeks 12 acl_reconstruction P-66 squat adapt
acl_impact_weeks 16 acl_reconstruction P-66 small-hops no
acl_sport_weeks 36 acl_reconstruction P-66 small-hops caution
meniscus_weeks 8 meniscus_repair P-67 childs-pose no
meniscus_care_weeks 12 meniscus_repair P-67 childs-pose caution
sprain_weeks 6 ankle_sprain R92e standing-back-flexion adapt
achilles_weeks 12 achilles_repair P-68 soleus-stretch:left no
achilles_single_weeks 16 achilles_repair P-68 heel-drop-step:left no
achilles_impact_weeks 24 achilles_repair P-68 small-hops no
weight_order_weeks 12 knee_replacement R82 sit-to-stand info
tendon_injection_weeks 2 tendon_injection_shoulder P-51b band-external-rotation:left no
tendon_caution_weeks 6 tendon_injection_shoulder P-51b band-external-rotation:left caution
postnatal_early_weeks 6 birth P-49 latissimus-dorsi-roller-release:left caution
fusion_weeks 12 lumbar_fusion P-09 counter-forward-lean no
fusion_uphill_weeks 6 lumbar_fusion P-09 incline-walking no
discectomy_weeks 6 lumbar_decompression P-10 counter-forward-lean caution
hip_replacement_weeks 12 hip_replacement:lateral P-13 childs-pose no
knee_replacement_weeks 6 knee_replacement P-15 childs-pose no
abdominal_surgery_weeks 12 abdominal_surgery P-05 prone-lying no
abdominal_strain_weeks 8 abdominal_surgery P-29 curl-up no
postnatal_weeks_limit 12 birth P-29 curl-up caution
pacemaker_weeks 6 pacemaker P-26 latissimus-dorsi-wall-stretch:left no
"""


def happened(what: str, weeks: int) -> CaseFacts:
    """A case so many weeks after an operation (with its approach), an injury or a birth."""
    code, _, approach = what.partition(":")
    if code == "birth":
        return CaseFacts(postnatal_weeks=weeks)
    if code in SURGERIES:
        return CaseFacts(surgeries=(SurgeryFact(code, weeks, "left", approach),))
    return CaseFacts(conditions=(ConditionFact(code, "left", "", weeks),))


def said(rule: str, facts: CaseFacts, exercise: str, limits: RuleSettings) -> str:
    """What one rule alone says to an exercise."""
    slug, _, side = exercise.partition(":")
    found = judge((_RULES[rule],), facts, slug, _ENTRIES[slug], side, limits)
    return "info" if found.notes else found.verdict.replace("contraindicated", "no")


def test_one_week_more_holds_one_week_longer() -> None:
    rows = [line.split() for line in BORDERS.strip().splitlines()]
    columns = {n for n in Practice.RULE_SETTINGS if "_weeks" in n and "review" not in n}
    assert {row[0] for row in rows} == {*WEEK_LIMITS, *columns}
    wrong = []
    for name, weeks, what, rule, exercise, verdict in rows:
        facts, longer = happened(what, int(weeks)), replace(RULE_DEFAULTS, **{name: int(weeks) + 1})
        now, then = (said(rule, facts, exercise, limits) for limits in (RULE_DEFAULTS, longer))
        if RULE_DEFAULTS.value(name) != int(weeks) or then != verdict or now == verdict:
            wrong.append((name, now, then))
    assert wrong == []


def test_every_number_of_the_rules_is_the_practices() -> None:
    """What a new practice holds are the defaults of the rules, name by name."""
    practice = Practice(name="Harbour Physiotherapy")
    defaults = {f.name: getattr(RULE_DEFAULTS, f.name) for f in fields(RULE_DEFAULTS)}
    assert practice.rule_settings == defaults


def test_the_bounds_hold_the_default_and_some_only_grow() -> None:
    assert limit_errors({}) == {}
    assert {n for n, limit in WEEK_LIMITS.items() if limit.stricter_only} == {
        "fusion_load_weeks", "hip_abduction_weeks", "acl_impact_weeks", "achilles_impact_weeks",
        "weight_order_weeks", "tendon_injection_weeks", "postnatal_early_weeks",
    }  # fmt: skip
    for limit in WEEK_LIMITS.values():
        assert limit.low <= limit.default < limit.high <= 104
        assert len(limit.source) > 10


def test_what_is_no_limit_is_told() -> None:
    assert limit_errors([]) == {"own_limits": "Weeks by the name of the limit."}
    assert limit_errors({"moon_weeks": 3}) == {"moon_weeks": "No such limit."}
    for weeks in (True, "12", 12.0, 5, 53):
        assert limit_errors({"neck_surgery_weeks": weeks}) == {
            "neck_surgery_weeks": "Choose a whole number from 6 to 52."
        }
    assert limit_errors({"cuff_active_weeks": 10}) == {
        "cuff_active_large_weeks":
        "This must be no less than “after cuff repair: own movement”, which is 10."
    }  # fmt: skip
