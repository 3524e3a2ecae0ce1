"""Uploaded pictures: only real ones get in, and nothing but the picture is kept."""

import io
import random
import struct
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFile

from clinic.uploads import DAMAGED, KEPT_BYTES, WRONG_KIND, CleanPicture, read_picture
from tests.factories import photo

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def read(content: bytes, name: str = "photo.jpg") -> CleanPicture:
    return read_picture(SimpleUploadedFile(name, content))


def refused(content: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(ValidationError) as error:
        read(content, name)
    return str(error.value.messages[0])


def opened(picture: CleanPicture) -> Image.Image:
    return Image.open(io.BytesIO(picture.content))


def chunk(kind: bytes, data: bytes) -> bytes:
    crc = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is enormous."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def camera(**options: Any) -> bytes:
    """A photograph with place, camera and a turned sensor in its notes."""
    exif = Image.Exif()
    exif[MAKE] = "Spy camera"
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({1: "N", 2: (54.0, 29.0, 0.0), 3: "W", 4: (0.0, 37.0, 0.0)})
    return photo(**{"size": (1600, 1200), **options}, exif=exif, comment=b"GPS 54.48")


def test_a_photo_is_shrunk_turned_and_stripped() -> None:
    raw = camera()
    assert b"Spy camera" in raw
    kept = read(raw)
    assert (kept.content_type, kept.width, kept.height) == ("image/jpeg", 675, 900)
    assert (b"Exif" in kept.content, b"Spy" in kept.content, b"GPS" in kept.content) == (
        False,
        False,
        False,
    )
    assert (dict(opened(kept).getexif()), opened(kept).info.get("comment")) == ({}, None)


def test_a_photo_of_a_phone_that_hides_a_second_one_is_a_photo() -> None:
    target = io.BytesIO()
    second = Image.new("RGB", (300, 300), "red")
    Image.new("RGB", (400, 300), "teal").save(target, "MPO", save_all=True, append_images=[second])
    kept = read(target.getvalue())
    assert (kept.content_type, kept.width, kept.height) == ("image/jpeg", 400, 300)


def test_noise_is_still_light() -> None:
    noise = Image.frombytes("RGB", (3000, 2000), random.Random(1).randbytes(3000 * 2000 * 3))
    target = io.BytesIO()
    noise.save(target, "JPEG", quality=60)
    kept = read(target.getvalue())
    assert len(kept.content) <= KEPT_BYTES
    assert max(kept.width, kept.height) >= 400


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_drawing_stays_sharp_and_stands_on_white(kind: str) -> None:
    drawing = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
    ImageDraw.Draw(drawing).line((10, 10, 590, 390), fill="black", width=6)
    target = io.BytesIO()
    drawing.save(target, kind)
    kept = read(target.getvalue(), f"d.{kind.lower()}")
    assert (kept.content_type, kept.width, kept.height) == ("image/png", 600, 400)
    assert (opened(kept).mode, opened(kept).getpixel((590, 10))) == ("RGB", (255, 255, 255))


def test_the_same_file_gives_the_same_bytes() -> None:
    assert read(camera()) == read(camera())


def test_a_moving_picture_is_refused_with_words() -> None:
    for kind in ("PNG", "WEBP"):
        target = io.BytesIO()
        frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue")]
        frames[0].save(target, kind, save_all=True, append_images=frames[1:])
        told = refused(target.getvalue(), f"a.{kind.lower()}")
        assert told == "This picture moves. Choose one that stands still."


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
DISGUISES = {
    "svg": SVG,
    "html": b"<!doctype html><script>alert(1)</script>",
    "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF",
    "gif": photo("GIF"),
    "bmp": photo("BMP"),
    "tiff": photo("TIFF"),
    "ico": photo("ICO", size=(256, 256)),
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "text": b"hello",
}


@pytest.mark.parametrize("what", DISGUISES)
@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo"])
def test_what_only_looks_like_a_picture_is_refused(what: str, name: str) -> None:
    assert refused(DISGUISES[what], name) == WRONG_KIND


@pytest.mark.parametrize("suffix", [".svg", ".html", ".php", ".pdf", ".gif", ".jpg.exe"])
def test_the_name_must_be_that_of_a_picture(suffix: str) -> None:
    end = suffix[suffix.rindex(".") :]
    assert refused(photo(), f"photo{suffix}") == (
        f"The name of this file ends in {end}. {WRONG_KIND}"
    )


def test_what_hides_behind_or_inside_a_picture_is_not_kept() -> None:
    for polyglot in (photo() + SVG + b"PK\x03\x04", photo("JPEG", comment=SVG)):
        assert b"<script>" in polyglot
        assert b"<script>" not in read(polyglot).content


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (photo()[:300], DAMAGED),
        (photo("PNG")[:-30], DAMAGED),
        (photo(size=(199, 800)), "The picture is too small: 199 by 800 dots. "
         "Each side needs 200 or more."),
        (photo(size=(20_001, 200)), "The picture is far too long. Trim it first."),
        (bomb(6400, 6400), "The picture has more than 40 million dots. Shrink it first."),
        (bomb(12_000, 12_000), "The picture has more than 40 million dots. Shrink it first."),
        (bomb(60_000, 60_000), "The picture has more than 40 million dots. Shrink it first."),
        (b"\xff" * (24 * 1024 * 1024 + 1), "The file is larger than 24 MB. Choose a smaller one."),
    ],
)  # fmt: skip
def test_broken_and_huge_ones_are_told(content: bytes, message: str) -> None:
    assert refused(content) == message


def test_a_few_hundred_dots_that_claim_millions_are_damaged() -> None:
    assert refused(bomb(5000, 5000), "bomb.png") == DAMAGED


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_picture_is_damaged_whatever_else_is_loaded(kind: str) -> None:
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # as WeasyPrint leaves it
    whole = camera() if kind == "JPEG" else photo(kind, size=(240, 220))
    assert refused(whole[: len(whole) // 2]) == DAMAGED


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_whatever_is_broken_in_a_file_it_is_kept_or_refused(kind: str) -> None:
    """Never another error: hundreds of files with bytes changed and ends cut off."""
    luck = random.Random(kind)
    source = bytearray(camera(size=(160, 120)) if kind == "JPEG" else photo(kind, size=(120, 110)))
    found = set()
    for _ in range(300):
        broken = bytearray(source)
        for _ in range(luck.randint(1, 12)):
            broken[luck.randrange(min(len(broken), 2000))] = luck.randrange(256)
        if luck.random() < 0.3:
            del broken[luck.randrange(len(broken)) :]
        try:
            found.add(read(bytes(broken), "x").content_type)
        except ValidationError as error:
            found.add(str(error.messages[0])[:20])
    assert len(found) > 1
