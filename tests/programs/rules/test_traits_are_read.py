"""Every word for an exercise is read by a rule, or stands here with the reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from programs.rules.movements import Movement
from programs.rules.trait_tests import ExerciseTest, MovementTest
from tests.programs.rules.cases import CONTENT, TRAITS

UNREAD: Final = {
    "kind advice": "Advice is judged by its topic.",
    "position long_sitting": "Rules read how far the hips bend.",
    "phase release": "Order in a program; rules read the pressure.",
    "phase decompress": "Order in a program; rules read the traction.",
    "phase posture": "Order in a program; rules read the topic.",
    "phase daily_life": "Order in a program; rules read the topic.",
    "phase assess": "Order in a program; rules read the kind.",
    "spine load low": "Upright under its own weight is what everybody does all day.",
    "effort education": "Advice is judged by its topic.",
    "effort thermal": "Rules read the modality.",
    "breathing forced_exhale": "Breathing out is what rules against breath-holding ask for.",
    "movement pelvis anterior_tilt": "Rules read the lumbar extension that comes with it.",
    "movement pelvis posterior_tilt": "Rules read the lumbar flexion that comes with it.",
    "position supine_legs_up": "Rules read the flag for lying on the back.",
    "topic cold": "Rules read the modality.",
    "topic flare_up": "A plan for bad days suits everybody.",
    "topic heat": "Rules read the modality.",
    "topic posture_lateral_pelvic_tilt": "Which way to correct is the clinician's to say.",
    "topic posture_scoliosis": "Which way to correct is the clinician's to say.",
    "topic sitting": "Sitting tall suits everybody.",
    "topic space_and_clothes": "A safe room suits everybody.",
    "topic stretch_technique": "Slow stretching suits everybody.",
    "topic swelling": "A leg up on cushions is judged by how one lies.",
    "topic transfers": "Rolling in one piece is the careful way for everybody.",
}
"""Value → why no rule reads it."""


def inside(test: ExerciseTest) -> Iterator[ExerciseTest]:
    yield test
    for part in (*test.all, *test.any, *test.none):
        yield from inside(part)


TESTS: Final = [
    test
    for rule in CONTENT.rules
    for clause in rule.clauses
    for whole in (clause.exercise, *(words.exercise for words in clause.words))
    for test in inside(whole)
]
MOVEMENT_TESTS: Final = [m for test in TESTS for m in test.movements]


def read(field: str) -> frozenset[str]:
    """Values of one field that some rule names."""
    return frozenset().union(*(getattr(test, field) for test in TESTS))


def is_read(m: Movement) -> bool:
    """Whether some rule that names a part or a direction speaks of such a movement."""

    def names(test: MovementTest) -> bool:
        move = m.direction.rsplit("_", 1)[0]
        part = not test.parts or test.parts & {m.part, m.part.split("_")[0]}
        way = not test.directions or test.directions & {m.direction, move}
        far = not test.ranges or m.range in test.ranges
        return bool((test.parts or test.directions) and part and way and far)

    return any(names(test) for test in MOVEMENT_TESTS)


def unread() -> set[str]:
    """Every value of the catalogue's entries that no rule reads."""
    plain = {
        "kind": ("kind", "kinds"),
        "phase": ("phase", "phases"),
        "position": ("position", "positions"),
        "spine load": ("spine_load", "spine_loads"),
        "arm load": ("arm_load", "arm_loads"),
        "neck load": ("neck_load", "neck_loads"),
        "effort": ("effort", "efforts"),
        "pressure": ("pressure", "pressures"),
        "breathing": ("breathing", "breathing"),
        "modality": ("modality", "modalities"),
    }
    found: set[str] = set()
    flags = read("flags") | read("flags_all")
    ranges = frozenset().union(*(test.ranges for test in MOVEMENT_TESTS))
    modes = frozenset().union(*(test.modes for test in MOVEMENT_TESTS))
    for traits in TRAITS.values():
        for word, (name, field) in plain.items():
            value = getattr(traits, name)
            if value not in {"none", "any", "unloaded", *read(field)}:
                found.add(f"{word} {value}")
        found |= {f"flag {flag}" for flag in traits.flags - flags}
        found |= {f"contact {place}" for place in traits.contact - read("contacts")}
        found |= {f"topic {topic}" for topic in traits.topics - read("topics")}
        for m in traits.movements:
            if not is_read(m):
                found.add(f"movement {m.part.split('_')[0]} {m.direction}")
            if m.range not in ranges:
                found.add(f"range {m.range}")
            if m.mode not in modes:
                found.add(f"mode {m.mode}")
    return found


def test_every_word_is_read_or_excused_by_name() -> None:
    assert unread() == set(UNREAD)
    assert all(len(reason) > 20 for reason in UNREAD.values())


def test_which_limb_bears_and_whether_a_bed_serves_is_read() -> None:
    assert {test.affected for test in TESTS} == {"", "knee", "arm", "leg"}
    assert {test.on_bed for test in TESTS} == {None, True, False}
