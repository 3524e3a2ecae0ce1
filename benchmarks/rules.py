"""``assess``: a whole catalogue judged for one case, in process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks import synthetic
from benchmarks.measure import Result, median_ms
from programs.exercises.catalogue_files import built_in
from programs.rules.book import RuleDefinition
from programs.rules.case_json import parse_case
from programs.rules.case_level import assess_case
from programs.rules.engine import Engine
from programs.rules.facts import CaseFacts
from programs.rules.traits import Traits

GOAL = "< 50"
HEAVY = {
    "conditions": [
        {"code": "lumbar_foraminal_stenosis", "side": "right"},
        {"code": "lumbar_canal_stenosis", "side": "central"},
        {"code": "disc_herniation_acute", "side": "unspecified"},
        {"code": "lumbar_scoliosis", "side": "unspecified"},
    ],
    "findings": {"osteoporosis": "yes", "knee_problem": "yes", "falls_risk": "yes"},
    "surgeries": [
        {"code": "hip_replacement", "weeks_ago": 5, "side": "left", "approach": "unknown"},
        {"code": "lumbar_discectomy", "weeks_ago": 3},
    ],
    "age": 71,
    "irritability": "high",
    "resources": ["chair", "wall", "bed"],
}
"""Much is recorded and most of the screen is not asked, so that many rules speak or might."""
OTHERS = (
    {"conditions": [{"code": "lumbar_foraminal_stenosis", "side": "left"}], "age": 58},
    {"conditions": [{"code": "sciatica", "side": "right"}], "directional_preference": "extension"},
    {"pregnancy_weeks": 24, "findings": {"reflux_or_hiatal_hernia": "yes"}, "age": 33},
)


def measure(runs: int) -> list[Result]:
    """The shipped catalogue, and a made-up one of 5,000 entries under 300 rules."""
    content = built_in()
    shipped = {slug: d.traits for slug, d in content.definitions.items()}
    made_up = {slug: d.traits for slug, d in synthetic.definitions().items()}
    book = synthetic.rules()
    size = f"{len(made_up):,} exercises, {len(book)} rules"
    return [
        Result(
            f"assess, shipped catalogue ({len(shipped)} exercises, {len(content.rules)} rules)",
            _assess(content.rules, shipped, runs),
            "ms",
            GOAL,
        ),
        Result(f"assess, {size}", _assess(book, made_up, runs), "ms", GOAL),
        Result(f"assess, {size}, the heaviest case", _assess(book, made_up, runs, 1), "ms", GOAL),
    ]


def _assess(
    book: Sequence[RuleDefinition],
    entries: Mapping[str, Traits],
    runs: int,
    cases: int | None = None,
) -> float:
    """Milliseconds for every exercise and side, with what the rules say of the case itself."""
    facts: list[CaseFacts] = [parse_case(case) for case in (HEAVY, *OTHERS)[:cases]]
    engine = Engine(book, entries).warm()

    def work(n: int) -> None:
        case = facts[n % len(facts)]
        assess_case(book, case)
        found = engine.assess(case)
        assert len(found) >= len(entries)

    return median_ms(work, runs=runs)
