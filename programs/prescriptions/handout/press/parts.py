"""All of our parts, brought together: whoever prints puts them in from here."""

from programs.prescriptions.handout.press import boxes, fonts, letters, lines, places, writing
from programs.prescriptions.handout.press.instead import put_in, replaced, take_out

PRESS_PARTS = (boxes, fonts, letters, lines, places, writing)

__all__ = ["PRESS_PARTS", "put_in", "replaced", "take_out"]
