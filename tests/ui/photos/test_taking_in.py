"""Pictures are taken in by their content, upright and plain, or refused with a sentence."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from ssc_hand.domain.errors import Refused, SscHandError, Unavailable
from ssc_hand.domain.jpeg import LONGEST_SIDE, size_of
from ssc_hand.ui.photos.camera_time import taken_at
from ssc_hand.ui.photos.taking_in import read_picture, take_bytes, take_file, take_image
from tests.pictures import PLAIN_JPEG
from tests.ui.photos_material import (
    CANARY,
    animated_png,
    drawn,
    encoded,
    exif,
    from_camera,
    png_that_declares,
    write,
)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "bmp", "tiff"])
@pytest.mark.parametrize("name", ["picture.jpg", "picture.txt", "picture"])
def test_a_picture_is_known_by_its_content_and_not_by_its_name(tmp_path: Path, kind: str, name: str) -> None:
    picture = take_file(write(tmp_path / name, encoded(drawn(), kind)))
    assert (picture.width, picture.height) == (640, 480)
    shown = read_picture(picture.content)
    assert abs(shown.pixelColor(320, 240).red() - QColor("#7d2b2b").red()) < 8


def test_place_camera_and_remarks_are_gone() -> None:
    given = from_camera(drawn())
    assert CANARY in given
    picture = take_bytes(given)
    for trace in (CANARY, b"Exif", b"GPS", b"ICC_PROFILE", b"http"):
        assert trace not in picture.content
    assert size_of(picture.content) == (640, 480)
    for kind in ("png", "jpeg"):
        assert b"CANARY" not in take_bytes(encoded(drawn(), kind, text="CANARY")).content


def test_a_picture_taken_on_its_side_stands_upright() -> None:
    picture = take_bytes(from_camera(drawn(640, 480), orientation=6))
    assert (picture.width, picture.height) == (480, 640)


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    picture = take_bytes(encoded(drawn(4000, 3000)))
    assert (picture.width, picture.height) == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)
    assert len(picture.content) < 2_000_000


def test_what_shines_through_becomes_white() -> None:
    image = QImage(100, 100, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    assert read_picture(take_bytes(encoded(image, "png")).content).pixelColor(50, 50).lightness() > 250


def test_a_picture_of_the_clipboard_is_taken_as_well() -> None:
    image = drawn()
    image.setText("Comment", "CANARY")
    picture = take_image(image)
    assert b"CANARY" not in picture.content
    assert picture.taken_at is None


def test_the_time_of_the_camera_is_kept() -> None:
    found = take_bytes(from_camera(drawn())).taken_at
    assert found is not None
    assert found.strftime("%Y-%m-%d %H:%M") == "2026-03-02 09:41"
    assert found.tzinfo is not None


@pytest.mark.parametrize("taken", [b"0000:00:00 00:00:00\0", b"yesterday, at noon.\0", b"\xff" * 20])
def test_a_camera_without_a_clock_says_no_time(taken: bytes) -> None:
    plain = encoded(drawn())
    assert taken_at(plain[:2] + exif(taken=taken) + plain[2:]) is None


def test_a_broken_exif_says_no_time() -> None:
    plain = encoded(drawn(64, 64))
    whole = exif()
    for cut in range(12, len(whole), 3):
        payload = whole[4:cut]
        segment = b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload
        assert taken_at(plain[:2] + segment + plain[2:]) in (None, taken_at(from_camera(drawn(64, 64))))


pytestmark = pytest.mark.usefixtures("qapp")

BAD: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "one byte": lambda: b"\xff",
    "text": lambda: b"This is the summary of a visit.",
    "text called a picture": lambda: b"JFIF" * 40,
    "zeros": lambda: bytes(5000),
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>',
    "svg with a prologue": lambda: b'\xef\xbb\xbf <?xml version="1.0"?><svg/>',
    "svg packed": lambda: b"\x1f\x8b\x08\0\0\0\0\0",
    "web page": lambda: b"<!doctype html><img src=x>",
    "pdf": lambda: b"%PDF-1.7\n1 0 obj",
    "gif": lambda: b"GIF89a\x40\0\x40\0\x80\0\0" + bytes(50),
    "animated png": animated_png,
    "zip": lambda: b"PK\x03\x04" + bytes(60),
    "program": lambda: b"\x7fELF" + bytes(60),
    "icon": lambda: b"\0\0\x01\0\x01\0\x10\x10" + bytes(60),
    "xpm": lambda: b'/* XPM */ static char *x[] = {"64 64 1 1", "a c #000"};',
    "ppm": lambda: b"P6 64 64 255 " + bytes(64 * 64 * 3),
    "heic": lambda: b"\0\0\0\x18ftypheic" + bytes(60),
    "film": lambda: b"\0\0\0\x18ftypmp42" + bytes(60),
    "jpeg cut in half": lambda: encoded(drawn())[: len(encoded(drawn())) // 2],
    "jpeg without its end": lambda: encoded(drawn())[:-2],
    "jpeg start only": lambda: b"\xff\xd8\xff\xe0",
    "jpeg without a picture": lambda: b"\xff\xd8\xff\xd9",
    "jpeg of 65,500 pixels": lambda: _with_size(encoded(drawn()), 65500, 65500),
    "png bomb": lambda: png_that_declares(60_000, 60_000),
    "png of nothing": lambda: png_that_declares(0, 0),
    "png cut": lambda: encoded(drawn(), "png")[:-40],
    "png start only": lambda: b"\x89PNG\r\n\x1a\n",
    "webp cut": lambda: encoded(drawn(), "webp")[:60],
    "bmp cut": lambda: encoded(drawn(), "bmp")[:30],
    "bmp of 40,000 pixels": lambda: (
        b"BM" + struct.pack("<IIIIiiHHIIIIII", 54, 0, 54, 40, 40_000, 40_000, 1, 24, *[0] * 6)
    ),
    "tiff start only": lambda: b"II*\0\x08\0\0\0",
    "tiff cut": lambda: encoded(drawn(), "tiff")[:900],
    "too small": lambda: encoded(drawn(20, 400), "png"),
    "a dot": lambda: PLAIN_JPEG,
}


def _with_size(content: bytes, width: int, height: int) -> bytes:
    at = content.index(b"\xff\xc0")
    return content[: at + 5] + struct.pack(">HH", height, width) + content[at + 9 :]


@pytest.mark.no_qt_log
@pytest.mark.parametrize("name", BAD)
def test_what_is_no_photograph_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "Rojas Ana.jpg", BAD[name]())
    with pytest.raises(Refused) as told:
        take_file(path)
    assert str(told.value).endswith(".")
    assert "Rojas" not in str(told.value)


def test_a_folder_a_missing_and_an_unreadable_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no file"):
        take_file(tmp_path)
    with pytest.raises(Refused, match="no file"):
        take_file(tmp_path / "none.jpg")
    with pytest.raises((Refused, Unavailable)) as told:
        take_file(tmp_path / ("x" * 300))
    assert isinstance(told.value, SscHandError)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    with path.open("wb") as file:
        file.truncate(60_000_001)
    with pytest.raises(Refused, match="60 MB"):
        take_file(path)
