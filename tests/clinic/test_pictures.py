"""What a picture looks like stays, whatever its file keeps of it; large photos are made small."""

import io
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from clinic.pictures import as_seen
from clinic.practice.logos import read_logo
from clinic.uploads import read_picture
from tests.every_row import every
from tests.waiting import PATIENCE_S

Dots = list[tuple[int, ...]]
BLACK, HALF, WHITE = (0, 0, 0), (128, 128, 128), (255, 255, 255)


def ramp() -> Image.Image:
    """From black above to white below."""
    return Image.linear_gradient("L")


def deep_ramp(mode: str = "I;16") -> Image.Image:
    """The same in 65,536 greys."""
    order = "big" if mode.endswith("B") else "little"
    rows = (int(y * 257).to_bytes(2, order) * 256 for y in range(256))  # type: ignore[arg-type]
    return Image.frombytes(mode, (256, 256), b"".join(rows))


def column(picture: Image.Image) -> Dots:
    """The top, the middle and the bottom."""
    found = []
    for y in (0, picture.height // 2, picture.height - 1):
        dot = picture.getpixel((picture.width // 2, y))
        assert isinstance(dot, tuple)
        found.append(dot)
    return found


def file_of(picture: Image.Image, kind: str = "PNG", **options: object) -> SimpleUploadedFile:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return SimpleUploadedFile(f"picture.{kind.lower()}", target.getvalue())


def kept(upload: SimpleUploadedFile) -> Image.Image:
    return Image.open(io.BytesIO(read_picture(upload).content))


def logo(upload: SimpleUploadedFile) -> Image.Image:
    return Image.open(io.BytesIO(read_logo(upload).content))


MODES: dict[str, Callable[[], Image.Image]] = {
    **{mode: lambda mode=mode: ramp().convert(mode)  # type: ignore[misc]
       for mode in ("L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr",
                    "HSV")},
    "La": lambda: ramp().convert("LA").convert("La"),
    "RGBa": lambda: ramp().convert("RGBA").convert("RGBa"),
    "I;16": deep_ramp,
    "I;16B": lambda: deep_ramp("I;16B"),
    "I of 16 bits": lambda: deep_ramp().convert("I"),
    "I of 8 bits": lambda: ramp().convert("I"),
    "I of 31 bits": lambda: deep_ramp().convert("I").point(lambda grey: grey * 32768 + 0),
    "F to 1": lambda: ramp().convert("F").point(lambda grey: grey * (1 / 255) + 0),
    "F to 255": lambda: ramp().convert("F"),
    "F to 65535": lambda: deep_ramp().convert("I").convert("F"),
    "F below 0": lambda: ramp().convert("F").point(lambda grey: grey * 100 - 12750),
}  # fmt: skip


@every("mode", MODES)
def test_a_ramp_keeps_its_ends_and_its_middle(mode: str) -> None:
    seen = as_seen(MODES[mode]())
    assert seen.mode in {"RGB", "RGBA"}
    assert [dot[:3] for dot in column(seen)] == [BLACK, HALF, WHITE]
    assert {dot[3:] for dot in column(seen)} <= {(), (255,)}


def test_black_and_white_stays_black_and_white() -> None:
    halves = ramp().point(lambda grey: 255 * (grey >= 128)).convert("1")
    assert column(as_seen(halves)) == [BLACK, WHITE, WHITE]


@every("side", [256, 4096])
def test_a_deep_grey_drawing_is_kept_as_it_looks(side: int) -> None:
    """Small enough to be kept dot by dot, and large enough to be made smaller in strips."""
    drawing = file_of(deep_ramp().resize((side, side), Image.Resampling.NEAREST), compress_level=1)
    for reader in (kept, logo):
        drawing.seek(0)
        top, middle, bottom = (dot[0] for dot in column(reader(drawing).convert("RGB")))
        assert top <= 1, reader
        assert 127 <= middle <= 129, reader
        assert bottom >= 254, reader


FILES: dict[str, Callable[[], SimpleUploadedFile]] = {
    "a grey PNG": lambda: file_of(ramp()),
    "a PNG of a palette": lambda: file_of(ramp().convert("P")),
    "a PNG with a see-through grey": lambda: file_of(ramp().convert("LA")),
    "a WebP picture": lambda: file_of(ramp().convert("RGB"), "WEBP", lossless=True),
    "a grey photo": lambda: file_of(ramp(), "JPEG", quality=95),
    "a photo": lambda: file_of(ramp().convert("RGB"), "JPEG", quality=95),
    "a photo for a press": lambda: file_of(ramp().convert("CMYK"), "JPEG", quality=95),
}


@every("what", FILES)
def test_every_kind_of_file_is_kept_as_it_looks(what: str) -> None:
    for found, wanted in zip(column(kept(FILES[what]())), (0, 128, 255), strict=True):
        assert all(abs(part - wanted) <= 2 for part in found), found


def see_through(mode: str) -> SimpleUploadedFile:
    """Black, with a hole in the upper half."""
    if mode in {"LA", "RGBA"}:
        picture = Image.new(mode, (400, 400), (0,) * (len(mode) - 1) + (255,))
        picture.paste((0,) * len(mode), (0, 0, 400, 200))
        return file_of(picture)
    if mode == "I;16":
        picture = Image.new("I;16", (400, 400), 0)
        picture.paste(0x4040, (0, 0, 400, 200))
        return file_of(picture, transparency=0x4040)
    hole: object = {"L": 9, "RGB": (9, 9, 9), "P": 1}[mode]
    picture = Image.new(mode, (400, 400), 0)
    picture.paste(hole, (0, 0, 400, 200))  # type: ignore[arg-type]
    if mode == "P":
        picture.putpalette([0, 0, 0, 9, 9, 9])
    return file_of(picture, transparency=hole)


@every("mode", ["L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_what_one_sees_through_is_white_on_a_page_and_stays_a_hole_in_a_logo(mode: str) -> None:
    shown = kept(see_through(mode))
    assert (shown.getpixel((200, 10)), shown.getpixel((200, 390))) == (WHITE, BLACK)
    lettered = logo(see_through(mode)).convert("RGBA")
    above, below = lettered.getpixel((160, 10)), lettered.getpixel((160, 310))
    assert isinstance(above, tuple)
    assert (above[3], below) == (0, (0, 0, 0, 255))


def test_a_large_drawing_with_holes_keeps_no_dark_edge() -> None:
    drawing = Image.new("RGBA", (6000, 4000), (0, 0, 0, 0))
    drawing.paste((200, 0, 0, 255), (1500, 0, 4500, 4000))
    shown = kept(file_of(drawing, compress_level=1))
    assert (shown.size, shown.getpixel((10, 300)), shown.getpixel((450, 300))) == (
        (900, 600), WHITE, (200, 0, 0))  # fmt: skip


LARGE = """
import os, resource, sys
from PIL import Image
os.environ.update(DEBUG="1", DJANGO_SETTINGS_MODULE="clinic.settings")
from django.core.files.uploadedfile import TemporaryUploadedFile
from clinic.{module} import {read}
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
upload = TemporaryUploadedFile("IMG_0001.jpg", "image/jpeg", os.path.getsize(sys.argv[1]), None)
upload.write(open(sys.argv[1], "rb").read())
upload.seek(0)
before = peak()
kept = {read}(upload)
print(kept.width, kept.height, kept.content_type, peak() - before)
"""


def test_a_phones_largest_photo_is_made_smaller_in_little_memory(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """48 million dots, upright by the camera's note: 144 MB if it were decoded whole."""
    path = tmp_path_factory.mktemp("phone") / "IMG_0001.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.effect_noise((63, 48), 60).resize((8064, 6048)).convert("RGB").save(
        path, "JPEG", quality=90, exif=exif
    )
    for module, read, size in (
        ("uploads", "read_picture", ["675", "900"]),
        ("practice.logos", "read_logo", ["240", "320"]),
    ):
        code = LARGE.format(module=module, read=read)
        run = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
        )
        *shape, kind, megabytes = run.stdout.split()
        assert (shape, kind) == (size, "image/jpeg"), read
        assert int(megabytes) < 120, read


MANY = """
import os, resource, sys, threading
os.environ.update(DEBUG="1", DJANGO_SETTINGS_MODULE="clinic.settings")
from django.core.files.uploadedfile import SimpleUploadedFile
from clinic.pictures import ONE_PICTURE_AT_A_TIME
from clinic.uploads import read_picture
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
ONE_PICTURE_AT_A_TIME.seconds = float(sys.argv[2])
data, widths = open(sys.argv[1], "rb").read(), []
def read():
    widths.append(read_picture(SimpleUploadedFile("large.jpg", data)).width)
threads = [threading.Thread(target=read) for _ in range(4)]
before = peak()
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*widths, peak() - before)
"""


def test_four_of_the_worst_pictures_at_once_take_the_memory_of_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """40 million dots of four colours, which a progressive file keeps whole: 160 MB to begin with.

    One takes some 350 MB; four at once would take more than a gigabyte.
    """
    path = tmp_path_factory.mktemp("press") / "large.jpg"
    Image.new("CMYK", (6300, 6300)).save(path, "JPEG", progressive=True)
    run = subprocess.run(
        [sys.executable, "-c", MANY, str(path), str(PATIENCE_S)],
        capture_output=True,
        text=True,
        check=True,
    )
    *widths, megabytes = run.stdout.split()
    assert widths == ["900"] * 4
    assert int(megabytes) < 500
