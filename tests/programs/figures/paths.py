"""Reads what the figures write: paths as points, pictures as elements."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
PER_STEP = {"M": 2, "L": 2, "l": 2, "c": 6, "C": 6, "a": 7, "Q": 4, "h": 1, "z": 0}


def elements(svg: str) -> Iterator[ET.Element]:
    """Every element of a picture; a picture that is no XML raises."""
    yield from ET.fromstring(svg).iter()  # noqa: S314  our own output


def vertices(d: str) -> list[tuple[float, float]]:
    """The ends of all steps of a path."""
    found, x, y = [], 0.0, 0.0
    for letter, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", d):
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", rest)]
        size = PER_STEP[letter]
        assert len(numbers) == size, (letter, rest)
        if letter == "z":
            continue
        if letter == "h":
            x += numbers[0]
        elif letter in "MLQC":
            x, y = numbers[-2:]
        else:
            x, y = x + numbers[-2], y + numbers[-1]
        found.append((x, y))
    return found
