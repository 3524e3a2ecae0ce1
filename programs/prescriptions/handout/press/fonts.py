"""Fonts without the hour at which they were written."""

from __future__ import annotations

from typing import Any

from weasyprint.pdf import fonts

from programs.prescriptions.handout.press.instead import instead_of

_dated = fonts.TTFont


@instead_of(fonts, "TTFont", mends=True)
def undated(*files: Any, **options: Any) -> Any:
    """A font that keeps its date when it is saved.

    Fonts with pictures for letters go through fontTools, which writes the hour into them: the same
    handout with an emoji would be another file a second later.
    """
    return _dated(*files, recalcTimestamp=False, **options)
