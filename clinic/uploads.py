"""Uploaded pictures: only a real one gets in, and only our own copy of it is kept.

What is stored was written here, dot by dot, so that nothing but the picture survives: no place or
time of a photograph, no hidden text, no second file behind the first.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageFile, UnidentifiedImageError

from clinic.pictures import (
    BROKEN_NOTES,
    ONE_PICTURE_AT_A_TIME,
    decoded,
    is_photo,
    is_read_row_by_row,
)

MAX_MEGABYTES: Final = 24
"""A phone's photo of 48 million dots weighs 8 to 20."""
_MAX_MILLIONS: Final = 40
"""Dots of a picture that is in memory whole before it can be made smaller."""
_MAX_MILLIONS_WEBP: Final = 16
"""Of a WebP picture the decoder holds four copies."""
_MAX_MILLIONS_BY_ROWS: Final = 150
MIN_SIDE: Final = 200
#: A picture one dot wide and millions high would take many times the memory of its dots.
_MAX_SIDE: Final = 20_000
KEPT_BYTES: Final = 150_000
"""The most that one kept picture weighs, so that a prescription with several stays light."""
_STEPS: Final = ((900, 80), (900, 70), (760, 68), (640, 62), (520, 55), (400, 50))
"""Longest side in dots and JPEG quality, tried in turn until the picture is light enough."""
FORMATS: Final = ("JPEG", "PNG", "WEBP")
SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".jfif", ".png", ".webp", ""})

WRONG_KIND: Final = "Choose a JPEG, PNG or WebP picture."
DAMAGED: Final = "This picture is damaged. Save it again and retry."
BROKEN: Final = (*BROKEN_NOTES, EOFError, MemoryError, struct.error)
"""What decoders raise where a file is not as it should be."""

# Sizes are checked here, in plain words, before a dot is decoded; broken notes are left out.
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.TiffImagePlugin")


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture that we wrote ourselves. Sizes are in pixels."""

    content: bytes
    content_type: str
    width: int
    height: int


def read_picture(upload: UploadedFile) -> CleanPicture:
    """The uploaded photo or drawing, re-encoded and shrunk; ``ValidationError`` where it is none.

    Everything that can be told without decoding is checked first.
    """
    check_weight(upload)
    suffix = PurePath(upload.name or "").suffix.lower()
    if suffix not in SUFFIXES:
        raise ValidationError(f"The name of this file ends in {suffix[:12]}. {WRONG_KIND}")
    with opened(upload) as source:
        _check_size(source)
        if not is_photo(source) and getattr(source, "is_animated", False):
            raise ValidationError("This picture moves. Choose one that stands still.")
        return _written(source)


def check_weight(upload: UploadedFile) -> None:
    """``ValidationError`` where the file is larger than any photo of a phone."""
    if upload.size is None or upload.size > MAX_MEGABYTES * 1024 * 1024:
        raise ValidationError(f"The file is larger than {MAX_MEGABYTES} MB. Choose a smaller one.")


@contextmanager
def opened(
    upload: UploadedFile, formats: tuple[str, ...] = FORMATS, wrong_kind: str = WRONG_KIND
) -> Iterator[Image.Image]:
    """The picture with nothing decoded yet; whatever goes wrong inside is told in plain words.

    One picture at a time in a process, from here until its own copy is written.
    """
    # WeasyPrint, once loaded, lets half a picture pass. All that it prints here is whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with ONE_PICTURE_AT_A_TIME, Image.open(upload, formats=formats) as source:
            yield source
    except UnidentifiedImageError as error:
        raise ValidationError(wrong_kind) from error
    except Image.DecompressionBombError as error:
        raise ValidationError(_too_many_dots(_MAX_MILLIONS)) from error
    except BROKEN as error:
        raise ValidationError(DAMAGED) from error


def check_dots(source: Image.Image) -> None:
    """``ValidationError`` where reading the picture would take more memory than we give."""
    width, height = source.size
    most = _MAX_MILLIONS_WEBP if source.format == "WEBP" else _MAX_MILLIONS
    if is_read_row_by_row(source):
        most = _MAX_MILLIONS_BY_ROWS
    if width * height > most * 1_000_000:
        raise ValidationError(_too_many_dots(most))
    if max(width, height) > _MAX_SIDE:
        raise ValidationError("The picture is far too long. Trim it first.")


def _check_size(source: Image.Image) -> None:
    check_dots(source)
    width, height = source.size
    if min(width, height) < MIN_SIDE:
        raise ValidationError(
            f"The picture is too small: {width} by {height} dots. "
            f"Each side needs {MIN_SIDE} or more."
        )


def _too_many_dots(millions: int) -> str:
    return f"The picture has more than {millions} million dots. Shrink it first."


def _written(source: Image.Image) -> CleanPicture:
    """Our own copy: upright, shrunk, on white, without metadata. Drawings stay PNG if light."""
    longest = _STEPS[0][0]
    drawing = not is_photo(source)
    picture = _on_white(decoded(source, longest))
    if drawing:
        small = picture.copy()
        small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        drawn = _encoded(small, "PNG")
        if len(drawn.content) <= KEPT_BYTES:
            return drawn
    for longest, quality in _STEPS:
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        kept = _encoded(picture, "JPEG", quality)
        if len(kept.content) <= KEPT_BYTES:
            break
    return kept


def _on_white(picture: Image.Image) -> Image.Image:
    """As colours on white paper: see-through parts become white."""
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _encoded(picture: Image.Image, form: str, quality: int = 80) -> CleanPicture:
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    target = io.BytesIO()
    if form == "JPEG":
        bare.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
    else:
        bare.save(target, "PNG", optimize=True)
    return CleanPicture(target.getvalue(), f"image/{form.lower()}", bare.width, bare.height)
