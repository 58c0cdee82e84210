"""Taking a picture in: told by its content, bounded, turned upright, made smaller, and written anew as a plain JPEG.

Whatever stood beside the picture (camera, place, texts, small copies) is gone with that. Runs off the GUI thread.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QColorSpace, QImage, QImageReader, QImageWriter, QPainter

from ssc_hand.charts.colour import WHITE
from ssc_hand.domain.errors import Refused, SscHandError, Unavailable
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.jpeg import LONGEST_SIDE, MOST_BYTES, fingerprint, is_whole, size_of
from ssc_hand.domain.photographs import Photograph
from ssc_hand.i18n import _
from ssc_hand.ui.photos.camera_time import taken_at

#: Bytes of a file that are read; a picture of 60 million pixels straight from a camera is smaller.
MOST_FILE_BYTES = 60_000_000
#: Pixels that a picture may declare; they are counted before any is read.
MOST_PIXELS = 60_000_000
#: Pixels of the shorter side under which nothing can be seen.
LEAST_SIDE = 32
#: Megabytes that reading one picture may take.
_ALLOCATION_MB = 256
#: Tried in turn until the picture is small enough; at 88 a change of a few pixels stays visible.
_QUALITIES = (88, 75, 60, 40)
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypheim")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be kept: a plain JPEG, its size in pixels, and when the camera says it was taken."""

    content: bytes
    width: int
    height: int
    taken_at: dt.datetime | None = None

    def described(self, visit_id: str) -> Photograph:
        """A new photograph of a visit with this picture."""
        return Photograph(
            id=new_id(),
            visit_id=visit_id,
            taken_at=self.taken_at,
            width_px=self.width,
            height_px=self.height,
            size_bytes=len(self.content),
            sha256=fingerprint(self.content),
        )


def take_file(path: Path) -> Picture:
    """The picture in a file; raises `Refused` for what is none, `Unavailable` where it cannot be read."""
    return take_bytes(_read(path))


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Refused(_("This is no file, so there is no picture in it."))
        if path.stat().st_size > MOST_FILE_BYTES:
            raise Refused(_("The file has more than {n} MB.").format(n=MOST_FILE_BYTES // 1_000_000))
        return path.read_bytes()
    except OSError as problem:
        raise Unavailable(_("The file could not be read: {why}.").format(why=problem.strerror or problem)) from problem


def peek(path: Path, side: int) -> QImage:
    """A small copy of the picture in a file, to choose by; raises as `take_file` does."""
    content = _read(path)
    kind = kind_of(content)
    buffer = _opened(content)
    return _decoded(buffer, content, kind, side)


def take_bytes(content: bytes) -> Picture:
    """The picture in these bytes, whatever its file was called; raises `Refused` for what is none."""
    if not content:
        raise Refused(_("The file is empty."))
    kind = kind_of(content)
    buffer = _opened(content)
    image = _decoded(buffer, content, kind)
    return take_image(image, taken_at(content) if kind == "jpeg" else None)


def _opened(content: bytes) -> QBuffer:
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer


def _decoded(buffer: QBuffer, content: bytes, kind: str, longest: int = LONGEST_SIDE) -> QImage:
    """The picture, made smaller while it is read; the caller holds the buffer, which a reader must not outlive."""
    # The kind is told, never guessed by Qt, which would also read drawings (SVG) and animations.
    reader = QImageReader(buffer, kind.encode())
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    _check_declared(reader, content, kind)
    QImageReader.setAllocationLimit(_ALLOCATION_MB)
    size = reader.size()
    if max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise Refused(_("The picture is damaged or not whole."))
    return image


def take_image(image: QImage, when: dt.datetime | None = None) -> Picture:
    """A picture from the clipboard or another program; raises `Refused` where nothing can be seen on it."""
    if image.isNull() or min(image.width(), image.height()) < LEAST_SIDE:
        raise Refused(_("The picture is too small: it has fewer than {n} pixels a side.").format(n=LEAST_SIDE))
    if image.width() * image.height() > MOST_PIXELS:
        raise _too_many_pixels(image.size())
    plain = _plain(image)
    for quality in _QUALITIES:
        content = _written(plain, quality)
        if len(content) <= MOST_BYTES:
            break
    width, height = size_of(content)
    return Picture(content, width, height, when)


def read_picture(content: bytes, longest: int | None = None) -> QImage:
    """A kept picture to be shown, made smaller to `longest` pixels a side; raises `Refused` where it is damaged."""
    size_of(content)
    buffer = _opened(content)
    return _shown(buffer, longest)


def _shown(buffer: QBuffer, longest: int | None) -> QImage:
    reader = QImageReader(buffer, b"jpeg")
    reader.setAutoDetectImageFormat(False)
    size = reader.size()
    if longest is not None and max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise Refused(_("This picture is damaged and cannot be shown."))
    return image


def kind_of(content: bytes) -> str:
    """The kind of picture by its first bytes, in Qt's words; raises `Refused` for every kind that is not taken."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[:2] == b"BM":
        return "bmp"
    if content[:4] in (b"II*\0", b"MM\0*"):
        return "tiff"
    if content[4:12] in _HEIC:
        if "heic" in [bytes(each.data()).decode() for each in QImageReader.supportedImageFormats()]:
            return "heic"
        raise Refused(
            _("HEIC pictures cannot be read on this computer. Let the phone save JPEG (“most compatible”) instead.")
        )
    raise _other_kind(content)


def _other_kind(content: bytes) -> SscHandError:
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        return Refused(_("This is a PDF document and no photograph."))
    if start.startswith((b"<", b"\x1f\x8b")):
        return Refused(_("Drawings (SVG) and web pages are not taken, only photographs."))
    if start.startswith(b"gif8"):
        return Refused(_("Animated kinds of pictures (GIF) are not taken, only photographs."))
    return Refused(_("This is no picture that can be read. Taken are JPEG, PNG, WebP, BMP and TIFF."))


def _check_declared(reader: QImageReader, content: bytes, kind: str) -> None:
    """Refuse by what the file says of itself, before a pixel is read."""
    if kind == "jpeg" and not is_whole(content):
        raise Refused(_("The picture is damaged or not whole."))
    if kind == "png" and (content.find(b"IEND\xaeB`\x82") < 0):
        raise Refused(_("The picture is damaged or not whole."))
    is_moving = kind == "png" and 0 <= content.find(b"acTL") < max(content.find(b"IDAT"), 0)
    if is_moving or reader.imageCount() > 1:
        raise Refused(_("The file holds several pictures or an animation; only a single photograph is taken."))
    size = reader.size()
    if not size.isValid():
        raise Refused(_("The picture is damaged or not whole."))
    if size.width() * size.height() > MOST_PIXELS:
        raise _too_many_pixels(size)


def _too_many_pixels(size: QSize) -> Refused:
    return Refused(
        _("The picture has {w} × {h} pixels; up to {n} million are read.").format(
            w=size.width(), h=size.height(), n=MOST_PIXELS // 1_000_000
        )
    )


def _plain(image: QImage) -> QImage:
    """The pixels alone, on white, in the colours of a screen (sRGB): painted anew, so that nothing else comes along."""
    if max(image.width(), image.height()) > LONGEST_SIDE:
        image = image.scaled(
            LONGEST_SIDE,
            LONGEST_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    space = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.colorSpace().isValid() and image.colorSpace() != space:
        image = image.convertedToColorSpace(space)
    fresh = QImage(image.size(), QImage.Format.Format_RGB32)
    fresh.fill(QColor(WHITE))
    painter = QPainter(fresh)
    painter.drawImage(fresh.rect(), image)
    painter.end()
    return fresh


def _written(image: QImage, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    _write_into(buffer, image, quality)
    return bytes(buffer.data().data())


def _write_into(buffer: QBuffer, image: QImage, quality: int) -> None:
    writer = QImageWriter(buffer, b"jpeg")
    writer.setQuality(quality)
    writer.setOptimizedWrite(True)
    if not writer.write(image):
        raise Unavailable(_("The picture could not be written anew; there may be too little memory."))
