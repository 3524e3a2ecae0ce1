"""Names that look alike, whatever letters, accents and signs they are written with.

Pure. ``likeness`` gives the same text for two names that a hurried reader takes for one. The pairs
are those of Unicode's list of confusable characters (UTS 39) that look like a Latin letter in
common fonts, and a few of small letters side by side.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_SAME: Final = str.maketrans(
    # Cyrillic, Greek and other letters, below the Latin ones they look like.
    "авеһіјкмнорԛѕтухѵԝӏԁɡҽоғпг" + "αβεηικμνορτυχωγ" + "0135|ıłøđħŧßƒ",
    "abehljkmhopqstyxvwldgeofnr" + "abenlkuvoptuxwy" + "oleslllodhtsf",
)
_TOGETHER: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("æ", "ae"), ("œ", "oe"))


def likeness(*parts: str) -> str:
    """What is left of a name when everything goes that hardly shows."""
    text = unicodedata.normalize("NFKC", " ".join(parts)).casefold()
    bare = unicodedata.normalize("NFKD", text).translate(_SAME).replace("i", "l")
    kept = "".join(sign for sign in bare if sign.isalnum())
    for pair, one in _TOGETHER:
        kept = kept.replace(pair, one)
    return kept
