"""Synthetic pictures drawn by code, and files that are none."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

CANARY = b"CANARY-19.4326N-99.1332W"


def drawn(width: int = 640, height: int = 480, *, radius: float = 60.0, tone: str = "#d9a58c") -> QImage:
    """A synthetic fingertip with a dark round spot and a sticker of 100 pixels; says that it is synthetic."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#e8e8ea"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone))
    painter.drawRoundedRect(QRectF(width * 0.2, height * 0.12, width * 0.6, height * 1.2), width * 0.28, width * 0.28)
    painter.setBrush(QColor("#7d2b2b"))
    painter.drawEllipse(QRectF(width / 2 - radius, height / 2 - radius * 0.6, radius * 2, radius * 1.2))
    painter.setBrush(QColor("#ffffff"))
    painter.drawRect(QRectF(20, height - 60, 100, 24))
    painter.setPen(QColor("#202020"))
    painter.drawText(20, 30, "synthetic picture")
    painter.end()
    return image


def encoded(image: QImage, kind: str = "jpeg", *, text: str = "") -> bytes:
    """The image as a file of a kind, with a text beside it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, kind.encode())
    if text:
        writer.setText("Comment", text)
    assert writer.write(image)
    return bytes(buffer.data().data())


def exif(orientation: int = 1, *, taken: bytes = b"2026:03:02 09:41:00\0") -> bytes:
    """The Exif segment of a camera that turned the picture, knows the time, and knows where it was."""
    head = b"MM\0*" + struct.pack(">I", 8)
    entries = [
        struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0),
        struct.pack(">HHII", 0x8769, 4, 1, 62),
        struct.pack(">HHII", 0x8825, 4, 1, 100),
    ]
    first = struct.pack(">H", len(entries)) + b"".join(entries) + struct.pack(">I", 0)
    inner = struct.pack(">H", 1) + struct.pack(">HHII", 0x9003, 2, 20, 80) + struct.pack(">I", 0)
    body = (head + first).ljust(62, b"\0") + inner
    body = body.ljust(80, b"\0") + taken
    place = struct.pack(">H", 1) + struct.pack(">HHI4s", 0x0001, 2, 2, b"N\0\0\0") + struct.pack(">I", 0)
    body = body.ljust(100, b"\0") + place + CANARY
    payload = b"Exif\0\0" + body
    return b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload


def from_camera(image: QImage, orientation: int = 1) -> bytes:
    """A JPEG as a phone writes it: Exif with place, a remark, and a small copy behind its end."""
    plain = encoded(image)
    remark = b"\xff\xfe" + struct.pack(">H", len(CANARY) + 2) + CANARY
    return plain[:2] + exif(orientation) + remark + plain[2:] + CANARY


def png_that_declares(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is as large as this."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")
    )


def animated_png() -> bytes:
    """A PNG that says it moves."""
    still = encoded(drawn(64, 64), "png")
    data = struct.pack(">II", 2, 0)
    chunk = struct.pack(">I", 8) + b"acTL" + data + struct.pack(">I", zlib.crc32(b"acTL" + data))
    return still[:33] + chunk + still[33:]


def write(path: Path, content: bytes) -> Path:
    """The content as a file."""
    path.write_bytes(content)
    return path
