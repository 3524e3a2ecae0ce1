"""What the templates bring: doses that can be issued, in the order of a program."""

from programs.exercises.definition import Definition
from programs.exercises.starters import StarterDefinition, parse_starter
from programs.rules.traits import PURPOSES
from tests.programs.exercises.test_starters import ARTICLES, chosen_preset, table


def test_each_can_be_issued_as_it_comes(
    starters: dict[str, StarterDefinition], catalogue: dict[str, Definition]
) -> None:
    """Each says how often, and how much where its source does not leave that to the therapist."""
    for starter in starters.values():
        for item in starter.items:
            entry = catalogue[item.exercise]
            dose, _ = starter.dose_of(item, entry)
            if entry.traits.kind == "advice":
                continue
            assert dose.says_how_often, (starter.slug, item.exercise)
            assert starter.source == "S2" or not dose.missing, (starter.slug, item.exercise)


def test_how_often_is_the_presets_else_the_items_else_the_templates(
    catalogue: dict[str, Definition],
) -> None:
    starter = parse_starter(
        table(
            {"exercise": "dead-bug", "often": "2/day"},
            {"exercise": "walking", "dose": "10 min"},
            {"exercise": "sit-tall"},
            often="every other day",
        ),
        catalogue,
    )
    words = [starter.dose_of(i, catalogue[i.exercise])[0].words for i in starter.items]
    assert words == ["10 times, 2 times a day", "10 minutes, 3 to 4 days a week", ""]


def test_presets_come_from_the_templates_own_source_or_the_project(
    starters: dict[str, StarterDefinition], catalogue: dict[str, Definition]
) -> None:
    # The extension article sends people back to a flexion program, which is the other article's.
    # S1 names the hamstring and thigh stretches without a dose; S4 gives one for any stretch.
    allowed = {"S0": {"S0"}, "S1": {"S1", "S4"}, "S2": {"S2"}, "S3": {"S3", "S1"}, "S4": {"S4"}}
    foreign = [
        (starter.slug, item.exercise, preset.source)
        for starter in starters.values()
        for item in (*starter.items, *starter.more)
        if starter.slug in ARTICLES
        for preset in chosen_preset(item, catalogue[item.exercise])
        if preset.source not in allowed[starter.source] | {"project"}
    ]
    assert foreign == []


def test_items_follow_the_order_of_a_program_and_bring_their_prerequisites(
    starters: dict[str, StarterDefinition], catalogue: dict[str, Definition]
) -> None:
    order = list(PURPOSES)
    nine = starters["foraminal-stenosis-nine-steps"]
    phases = [order.index(catalogue[item.exercise].traits.phase) for item in nine.items]
    assert phases == sorted(phases)

    for starter in starters.values():
        before: set[str] = set()
        for item in starter.items:
            assert set(catalogue[item.exercise].prerequisites) - before == set(), item
            before.add(item.exercise)


def test_the_nine_steps_work_on_the_side_of_the_case(
    starters: dict[str, StarterDefinition], catalogue: dict[str, Definition]
) -> None:
    items = starters["foraminal-stenosis-nine-steps"].items
    assert {i.side for i in items if catalogue[i.exercise].traits.sided} == {"case"}


def test_the_radiculopathy_five_leave_the_repeats_to_the_clinician(
    starters: dict[str, StarterDefinition], catalogue: dict[str, Definition]
) -> None:
    items = starters["radiculopathy-five"].items
    doses = [chosen_preset(item, catalogue[item.exercise])[0].dosage for item in items]
    assert [item.exercise for item in items] == [
        "posterior-pelvic-tilt",
        "supine-hip-flexor-stretch",
        "wall-calf-stretch",
        "lower-trunk-rotation-hold",
        "half-kneeling-hip-flexor-stretch",
    ]
    assert ["reps" in dose.missing for dose in doses] == [True] * 5


def test_the_extension_template_starts_with_the_watched_exercise_and_keeps_a_way_back(
    starters: dict[str, StarterDefinition], catalogue: dict[str, Definition]
) -> None:
    first, *fallback = starters["extension-with-response-monitoring"].items
    assert first.exercise == "standing-back-extension"
    assert "symptom_response" in catalogue[first.exercise].traits.flags
    for item in fallback:
        moves = {(m.part, m.direction) for m in catalogue[item.exercise].traits.movements}
        assert ("lumbar", "flexion") in moves
        assert item.note == "Start this only if your physiotherapist asks you to switch."
