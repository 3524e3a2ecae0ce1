"""The contact sheet: every frame large in colour and at printed size in black and white."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from programs.figures.drawing import Drawing

LARGE: Final = 230
PRINTED: Final = 170
"""Pixels of 45 mm at 96 to the inch."""
WIDTH: Final = 4 * (LARGE + PRINTED) + 60

_STYLE: Final = f"""
body {{ margin: 0; width: {WIDTH}px; font: 13px/1.3 sans-serif; color: #22313a; background: #fff; }}
section {{ border-bottom: 1px solid #bcc6ce; padding: 6px 8px; }}
h2 {{ font-size: 14px; margin: 0 0 4px; }}
.row {{ display: flex; align-items: flex-start; }}
figure {{ margin: 0 4px 0 0; width: {LARGE}px; }}
figure.print {{ width: {PRINTED}px; filter: grayscale(1); }}
svg {{ display: block; width: 100%; }}
"""


def sheet(entries: Sequence[tuple[str, Sequence[Drawing]]]) -> str:
    """One HTML page of headings and drawings."""
    body = "".join(_section(heading, drawings) for heading, drawings in entries)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Figures</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>"
    )


def sheet_height(entries: Sequence[tuple[str, Sequence[Drawing]]]) -> int:
    """How tall the page is, in pixels, for a picture of it."""
    return 20 + sum(80 + round(LARGE * _ratio(drawings[0].svg)) for _, drawings in entries)


def _section(heading: str, drawings: Sequence[Drawing]) -> str:
    large = "".join(_figure(d, "") for d in drawings)
    printed = "".join(_figure(d, "print") for d in drawings)
    return f'<section><h2>{escape(heading)}</h2><div class="row">{large}{printed}</div></section>'


def _figure(drawing: Drawing, kind: str) -> str:
    caption = f"<figcaption>{escape(drawing.caption)}</figcaption>"
    return f'<figure class="{kind}">{drawing.svg}{caption}</figure>'


def _ratio(svg: str) -> float:
    """Height as a share of breadth, from the view box."""
    found = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', svg)
    return float(found[2]) / float(found[1]) if found else 1.0
