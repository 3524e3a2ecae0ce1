"""Fonts without the hour at which they were written."""

from __future__ import annotations

from typing import Any

from fontTools.ttLib import TTFont
from weasyprint.pdf import fonts

from programs.prescriptions.handout.press.instead import instead_of


@instead_of(fonts, "TTFont", mends=True)
def undated(*files: Any, **options: Any) -> TTFont:
    """A font that keeps its date when it is saved.

    Fonts with pictures for letters go through fontTools, which writes the hour into them: the same
    handout with an emoji would be another file a second later.
    """
    return TTFont(*files, recalcTimestamp=False, **options)
