"""A practice's logo: only a real picture gets in, and only our own copy of it is kept."""

import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from clinic.uploads import is_photo, opened

_MAX_BYTES = 2 * 1024 * 1024
_MAX_PIXELS = 20_000_000
#: A picture one dot wide and millions high would take many times the memory of its dots.
_MAX_SIDE = 20_000
#: A logo prints about 5 cm wide; this is enough for 300 dots an inch.
BOX = (640, 320)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that we wrote ourselves. Sizes are in pixels."""

    content: bytes
    content_type: str
    width: int
    height: int


def read_logo(upload: UploadedFile) -> Logo:
    """The uploaded picture, re-encoded and shrunk; ``ValidationError`` when it is none.

    Writing it anew drops everything that is not picture: metadata, places, hidden scripts.
    """
    if upload.size is None or upload.size > _MAX_BYTES:
        raise ValidationError("The file is larger than 2 MB. Choose a smaller one.")
    with opened(upload, ("PNG", "JPEG"), "Choose a PNG or JPEG picture.") as source:
        if source.width * source.height > _MAX_PIXELS:
            raise ValidationError("The picture has more than 20 million dots. Shrink it first.")
        if max(source.size) > _MAX_SIDE:
            raise ValidationError("The picture is far too long for a logo. Trim it first.")
        return _written(ImageOps.exif_transpose(source), jpeg=is_photo(source))


def _written(picture: Image.Image, *, jpeg: bool) -> Logo:
    picture = picture.convert("RGB" if jpeg else "RGBA")
    picture.thumbnail(BOX)
    target = io.BytesIO()
    if jpeg:
        picture.save(target, "JPEG", quality=90, optimize=True)
    else:
        picture.save(target, "PNG", optimize=True)
    kind = "image/jpeg" if jpeg else "image/png"
    return Logo(target.getvalue(), kind, picture.width, picture.height)
