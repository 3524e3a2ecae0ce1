"""A chart of matplotlib without what a page's policy refuses: styles become attributes. Pure."""

from __future__ import annotations

import re
from typing import Any, Final

_STYLE: Final = re.compile(r' style="([^"]*)"')
_SHEET: Final = re.compile(r"\s*<defs>\s*<style type=\"text/css\">.*?</style>\s*</defs>", re.DOTALL)
_HEAD: Final = re.compile(r"^.*?(?=<svg )", re.DOTALL)
_METADATA: Final = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_COMMENT: Final = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_LONG: Final = re.compile(r"-?\d+\.\d{3,}")
_SPACES: Final = re.compile(r">\s+<")


def plain_svg(svg: str) -> str:
    """Without styles, which our own policy refuses where the picture is opened alone; and short."""
    svg = _HEAD.sub("", svg, count=1)
    for unwanted in (_SHEET, _METADATA, _COMMENT):
        svg = unwanted.sub("", svg)
    svg = _STYLE.sub(lambda m: _attributes(m[1]), svg)
    svg = _LONG.sub(lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), svg)
    return _SPACES.sub("><", svg).strip()


def _attributes(style: str) -> str:
    """Declarations as attributes of their own."""
    found: dict[str, Any] = {}
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = declaration.partition(":")
        if name.strip() == "font":
            found |= _font(value.strip())
        else:
            found[name.strip()] = value.strip()
    return "".join(f' {name}="{value}"' for name, value in found.items())


def _font(value: str) -> dict[str, str]:
    """``bold 9px 'DejaVu Sans'`` as size and weight; the family is the same for all letters."""
    size = re.search(r"([\d.]+)px", value)
    found = {"font-size": size[1] if size else "9"}
    if "bold" in value or "700" in value:
        found["font-weight"] = "bold"
    return found
