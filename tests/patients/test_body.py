"""What a patient points at, as the location that the rules compare."""

from collections.abc import Sequence

from patients.body import BODY_REGIONS, places, regions_of
from patients.vocabulary import ARM_LOCATIONS, CHAIN_RANKS, CONDITIONS, Chain, shown_chain
from tests.every_row import every


@every(
    ("regions", "left", "right"),
    [
        ((), "none", "none"),
        (("back_middle",), "back_middle", "back_middle"),
        (("calf_left", "thigh_back_left", "buttock_right"), "lower_leg", "buttock"),
        (("neck_middle",), "neck_middle", "neck_middle"),
        (("neck_side_right", "forearm_back_right"), "none", "forearm"),
        (("palm_left", "hand_back_right", "shoulder_front_right"), "hand", "hand"),
        # One picture shows one row; of both rows the leg's counts.
        (("palm_left", "calf_right"), "none", "lower_leg"),
    ],
)
def test_the_place_farthest_from_the_spine_counts(
    regions: Sequence[str], left: str, right: str
) -> None:
    assert places(regions) == {"left": left, "right": right}


def test_every_place_of_a_picture_belongs_to_its_row() -> None:
    for chain in Chain:
        assert {r.location for r in regions_of(chain)} <= CHAIN_RANKS[chain].keys()
    assert {r.location for r in regions_of(Chain.ARM)} == set(ARM_LOCATIONS) - {"none"}
    assert {r.code for chain in Chain for r in regions_of(chain)} == set(BODY_REGIONS)


@every(
    ("conditions", "chain"),
    [
        ((), Chain.LEG),
        (("sciatica",), Chain.LEG),
        (("knee_osteoarthritis",), Chain.LEG),
        (("cervical_radiculopathy",), Chain.ARM),
        (("frozen_shoulder",), Chain.ARM),
        (("lateral_elbow_tendinopathy", "neck_pain"), Chain.ARM),
        (("neck_pain", "sciatica"), Chain.LEG),
        (("frozen_shoulder", "knee_osteoarthritis"), Chain.LEG),
    ],
)
def test_neck_and_arms_are_shown_where_all_that_is_recorded_is_there(
    conditions: Sequence[str], chain: Chain
) -> None:
    assert set(conditions) <= set(CONDITIONS)
    assert shown_chain(conditions) is chain
