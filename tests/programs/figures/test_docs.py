"""The worked example of the docs is a sound figure."""

import re
import tomllib

from programs.figures import read_figures
from programs.figures.pose import (
    ARROW_POINTS,
    BASES,
    MARKED_REGIONS,
    ON_BODY,
    PICTURE_SIGNS,
    PROPS,
    VIEWS,
)
from tests.paths import ROOT

DOCS = ROOT / "docs" / "figures.md"


def test_the_worked_example_can_be_drawn() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    frames = read_figures(tomllib.loads("\n".join(blocks))["figure"])
    assert [f.caption for f in frames] == [
        "Lie with knees bent",
        "Lift your hips until you are straight",
    ]


def test_the_docs_name_every_word_there_is() -> None:
    text = DOCS.read_text(encoding="utf-8")
    arrows_from = {point.removesuffix("_left").removesuffix("_right") for point in ARROW_POINTS}
    known = BASES | set(VIEWS) | ON_BODY | PROPS | MARKED_REGIONS | PICTURE_SIGNS | arrows_from
    assert sorted(word for word in known if f"`{word}`" not in text) == []
