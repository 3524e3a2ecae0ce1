"""From a picture file to the dots one sees, whatever the file's mode and depth.

A picture is made small while it is read, and no two are read at once: what a worker needs for it
is bounded by the most dots that a caller lets in.
"""

from __future__ import annotations

from typing import Final

from PIL import ExifTags, Image, ImageOps

from clinic.turns import Turns

BROKEN_NOTES: Final = (OSError, SyntaxError, ValueError, TypeError, ArithmeticError, LookupError)
"""What reading a camera's broken notes raises."""
_STRIP: Final = 64
"""Rows of the small picture that are made at a time."""
ONE_PICTURE_AT_A_TIME: Final = Turns()


def is_photo(source: Image.Image) -> bool:
    """A JPEG; phones often write several into one file, which Pillow calls MPO."""
    return source.format in {"JPEG", "MPO"}


def is_read_row_by_row(source: Image.Image) -> bool:
    """Whether reading it small takes little memory, however large it is: a plain JPEG.

    Of a progressive one every dot is in memory before the first is known.
    """
    return is_photo(source) and not source.info.get("progressive")


def decoded(source: Image.Image, longest: int) -> Image.Image:
    """The picture upright, ``RGB``, or ``RGBA`` where one can see through it.

    It is made smaller where it can be by a whole number, with twice ``longest`` dots left or more.
    """
    turned = _turned(source)
    with ONE_PICTURE_AT_A_TIME:
        # A photograph is decoded straight to a smaller size where its format allows.
        source.draft("RGB", (longest * 2, longest * 2))
        source.load()
        small = _reduced(source, max(source.size) // (longest * 2))
    if turned != 1:
        small.getexif()[ExifTags.Base.Orientation] = turned
        return ImageOps.exif_transpose(small)
    return small


def _turned(source: Image.Image) -> int:
    """How the camera was held. A note about that which cannot be read turns nothing."""
    try:
        turned = source.getexif().get(ExifTags.Base.Orientation, 1)
    except BROKEN_NOTES:
        return 1
    return turned if turned in range(1, 9) else 1


def _reduced(source: Image.Image, by: int) -> Image.Image:
    """One dot for each square of so many, strip by strip: no second picture of full size."""
    if by < 2:
        return as_seen(source)
    width, height = source.size
    parts = []
    for top in range(0, height, by * _STRIP):
        strip = source.crop((0, top, width, min(top + by * _STRIP, height)))
        parts.append(as_seen(strip).reduce(by))
    small = Image.new(parts[0].mode, (parts[0].width, sum(part.height for part in parts)))
    for n, part in enumerate(parts):
        small.paste(part, (0, n * _STRIP))
    return small


def as_seen(picture: Image.Image) -> Image.Image:
    """The same picture in 8 bits a colour, and see-through where it was.

    Pillow cuts deeper greys off at 255, so that most of them turn white: here they are scaled.
    """
    if picture.mode.startswith("I;16"):
        return _sixteen_bits(picture)
    if picture.mode in {"I", "F"}:
        return _open_ended(picture)
    if picture.mode == "La":
        picture = picture.convert("LA")
    if picture.has_transparency_data:
        return _eight_bit_hole(picture).convert("RGBA")
    return picture.convert("RGB")


def _sixteen_bits(picture: Image.Image) -> Image.Image:
    """Deep greys, with the one grey that stands for nothing, where there is one."""
    plain = picture.convert("I")
    grey = plain.point([value >> 8 for value in range(1 << 16)], "L")
    hole = picture.info.get("transparency")
    if not isinstance(hole, int):
        return grey.convert("RGB")
    seen = grey.convert("RGBA")
    seen.putalpha(plain.point([255 * (value != hole) for value in range(1 << 16)], "L"))
    return seen


def _open_ended(picture: Image.Image) -> Image.Image:
    """Numbers without an agreed white: the usual one that holds them all, else the largest."""
    low, high = (float(end) for end in picture.getextrema())  # type: ignore[arg-type]
    usual = (1.0, 255.0, 65535.0) if picture.mode == "F" else (255.0, 65535.0)
    white = next((top for top in usual if low >= 0 and high <= top), high)
    black = min(low, 0.0)
    scale = 255 / ((white - black) or 1)
    scaled = picture.convert("F").point(lambda value: value * scale - black * scale)
    return scaled.convert("L").convert("RGB")


def _eight_bit_hole(picture: Image.Image) -> Image.Image:
    """Of a colour picture of 16 bits Pillow keeps the upper 8, but not of the see-through one."""
    hole = picture.info.get("transparency")
    if isinstance(hole, tuple) and max(hole) > 255:
        picture = picture.copy()
        picture.info["transparency"] = tuple(value >> 8 for value in hole)
    return picture
