"""A practice's logo: only a real picture gets in, and only our own copy of it is kept."""

import io
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from PIL import Image

from clinic.pictures import decoded, is_photo
from clinic.uploads import check_dots, check_weight, opened

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
    check_weight(upload)
    with opened(upload, ("PNG", "JPEG"), "Choose a PNG or JPEG picture.") as source:
        check_dots(source)
        return _written(decoded(source, max(BOX)), jpeg=is_photo(source))


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
