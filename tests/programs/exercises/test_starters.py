"""Starting templates: what a broken file is told, and that the shipped ones hold together."""

from typing import Any

import pytest

from clinic.parsing.errors import DefinitionError
from patients.vocabulary import CONDITIONS, SURGERIES
from programs.exercises.definition import Definition, Preset
from programs.exercises.starters import StarterDefinition, StarterItem, meant_first, parse_starter
from programs.rules.traits import SOURCES
from tests.every_row import every

ARTICLES = {
    "extension-with-response-monitoring": "S3",
    "flexion-series": "S1",
    "foraminal-stenosis-nine-steps": "S0",
    "general-low-back": "S4",
    "radiculopathy-five": "S2",
}
"""The five articles that began it, each as a template."""


def table(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "slug": "morning-program",
        "name": "Morning program",
        "summary": "For people who are stiff in the morning.",
        "source": "project",
        "author": "Homeward contributors",
        "licence": "CC BY-SA 4.0",
        "item": list(items) or [{"exercise": "dead-bug"}],
        **changes,
    }


def test_reads_every_field(catalogue: dict[str, Definition]) -> None:
    data = table(
        {"exercise": "dead-bug", "preset": "Everyday start", "note": "Go slowly."},
        {"exercise": "piriformis-stretch", "side": "case", "often": "2/day"},
        {"exercise": "walking", "dose": "10 min, 5 days/wk"},
        more=[{"exercise": "childs-pose"}],
        often="daily",
        meant_for=["sciatica"],
        reviewed_by="A. Reviewer",
        reviewed_on="2026-11-20",
    )

    assert parse_starter(data, catalogue) == StarterDefinition(
        slug="morning-program",
        name="Morning program",
        summary="For people who are stiff in the morning.",
        source="project",
        items=(
            StarterItem("dead-bug", preset="Everyday start", note="Go slowly."),
            StarterItem("piriformis-stretch", side="case", often="2/day"),
            StarterItem("walking", dose="10 min, 5 days/wk"),
        ),
        more=(StarterItem("childs-pose"),),
        often="daily",
        meant_for=("sciatica",),
        author="Homeward contributors",
        licence="CC BY-SA 4.0",
        reviewed_by="A. Reviewer",
        reviewed_on="2026-11-20",
    )


def test_templates_meant_for_a_condition_or_operation_come_first(
    starters: dict[str, StarterDefinition],
) -> None:
    first, others = meant_first(starters.values(), {"lumbar_radiculopathy", "knee_replacement"})
    assert {"radiculopathy-five", "extension-with-response-monitoring"} <= {s.slug for s in first}
    assert all(set(s.meant_for) & {"lumbar_radiculopathy", "knee_replacement"} for s in first)
    assert {s.slug for s in (*first, *others)} == set(starters)
    assert meant_first(starters.values(), ())[0] == []


BROKEN = {
    "unknown condition": (
        table(meant_for=["hiccups"]),
        "meant_for",
        f"'hiccups' is not known; allowed: {', '.join(sorted({**CONDITIONS, **SURGERIES}))}",
    ),
    "unknown key": (table(colour="red"), "colour", "is not a known key"),
    "unknown key of an item": (
        table({"exercise": "dead-bug", "reps": 3}),
        "item[1].reps",
        "is not a known key",
    ),
    "bad slug": (table(slug="Morning"), "slug", "must be lower-case words joined by hyphens"),
    "missing summary": (table(summary=" "), "summary", "must not be empty"),
    "unknown source": (
        table(source="S9"),
        "source",
        f"'S9' is not known; allowed: {', '.join(sorted(SOURCES))}",
    ),
    "no items": (table(item=[]), "item", "is missing: a template needs at least one"),
    "unknown exercise": (
        table({"exercise": "dead-bug"}, {"exercise": "live-bug"}),
        "item[2].exercise",
        "'live-bug' is not in the catalogue",
    ),
    "unknown preset": (
        table({"exercise": "bed-knee-hug", "preset": "Forever"}),
        "item[1].preset",
        "'Forever' is not a preset of 'bed-knee-hug'; has: '5 to 10 minutes before sleep'",
    ),
    "preset of an entry without any": (
        table({"exercise": "sit-tall", "preset": "Everyday start"}),
        "item[1].preset",
        "'Everyday start' is not a preset of 'sit-tall'; has: none",
    ),
    "side without sides": (
        table({"exercise": "dead-bug", "side": "case"}),
        "item[1].side",
        "must be absent: 'dead-bug' has no sides",
    ),
    "sides without side": (
        table({"exercise": "piriformis-stretch"}),
        "item[1].side",
        "is missing: 'piriformis-stretch' is done for a side; allowed: both, case",
    ),
    "unknown side": (
        table({"exercise": "piriformis-stretch", "side": "left"}),
        "item[1].side",
        "'left' is not known; allowed: both, case",
    ),
    "restricted": (
        table({"exercise": "psoas-release", "side": "case"}),
        "item[1].exercise",
        "'psoas-release' is never prescribed",
    ),
    "test": (
        table({"exercise": "combined-movement-test", "side": "case"}),
        "item[1].exercise",
        "'combined-movement-test' is never prescribed",
    ),
    "twice": (
        table({"exercise": "dead-bug"}, {"exercise": "dead-bug"}),
        "item[2].exercise",
        "'dead-bug' is listed twice",
    ),
    "note about nothing": (
        table({"exercise": "dead-bug", "note": "Then.", "note_needs": "walking"}),
        "item[1].note_needs",
        "'walking' does not come before it in the template",
    ),
    "no dose": (
        table({"exercise": "dead-bug", "dose": "plenty"}),
        "item[1].dose",
        "“plenty” is not understood. Write it like “3x10, hold 5 s, 2/day”.",
    ),
    "an amount in how often": (
        table(often="3x10, daily"),
        "often",
        "must say how often, and nothing else",
    ),
    "twice over both lists": (
        table({"exercise": "dead-bug"}, more=[{"exercise": "dead-bug"}]),
        "more[1].exercise",
        "'dead-bug' is listed twice",
    ),
    "too many tips": (
        table(
            {"exercise": "sit-tall"}, {"exercise": "keep-moving"}, {"exercise": "warm-safe-space"}
        ),
        "item",
        "has 3 tips; at most 2, put the others under [[more]]",
    ),
    "item no table": (table(item=["dead-bug"]), "item[1]", "must be a table"),
}


@every(("data", "key", "reason"), BROKEN.values())
def test_a_broken_file_names_key_and_reason(
    catalogue: dict[str, Definition], data: dict[str, Any], key: str, reason: str
) -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_starter(data, catalogue)

    assert (caught.value.key, caught.value.reason) == (key, reason)


def test_a_template_put_together_here_is_short_and_can_be_issued_as_it_comes(
    starters: dict[str, StarterDefinition], catalogue: dict[str, Definition]
) -> None:
    for starter in (s for s in starters.values() if s.slug not in ARTICLES):
        entries = [(item, catalogue[item.exercise]) for item in starter.items]
        tips = [entry for _, entry in entries if entry.traits.kind == "advice"]
        assert len(tips) <= 2, starter.slug
        assert len(entries) - len(tips) <= 6, starter.slug
        assert starter.meant_for, starter.slug
        for item, entry in entries:
            for preset in chosen_preset(item, entry):
                assert preset.dosage.missing == (), (starter.slug, item.exercise)
                assert preset.dosage.says_how_often, (starter.slug, item.exercise)


def test_one_template_for_each_source_article(starters: dict[str, StarterDefinition]) -> None:
    assert {slug: starters[slug].source for slug in ARTICLES} == ARTICLES
    assert [slug for slug, starter in starters.items() if slug != starter.slug] == []


def chosen_preset(item: StarterItem, entry: Definition) -> list[Preset]:
    """The one preset the item stands for, or none for advice without a dose."""
    if item.preset is None:
        return list(entry.presets[:1])
    return [preset for preset in entry.presets if preset.label == item.preset]
