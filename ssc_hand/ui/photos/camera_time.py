"""When a camera says a picture was taken; read before everything that a camera adds is left behind."""

from __future__ import annotations

import datetime as dt
import struct

_EXIF_IFD, _TAKEN, _OFFSET = 0x8769, 0x9003, 0x9011
_FORMAT = "%Y:%m:%d %H:%M:%S"
#: Segments and entries that are looked at; more belong to no camera.
_MOST_SEGMENTS, _MOST_ENTRIES = 64, 200


def taken_at(content: bytes) -> dt.datetime | None:
    """The time at which a JPEG was taken (Exif 2.32, DateTimeOriginal and its offset); None where it does not say.

    Without an offset the camera's clock is taken for that of this computer's place.
    """
    exif = _exif(content)
    try:
        return None if exif is None else _time_in(exif)
    except (struct.error, ValueError, IndexError, OverflowError):
        return None


def _exif(content: bytes) -> bytes | None:
    at = 2
    for _segment in range(_MOST_SEGMENTS):
        if content[:2] != b"\xff\xd8" or at + 4 > len(content) or content[at] != 0xFF or content[at + 1] == 0xDA:
            return None
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] == 0xE1 and content[at + 4 : at + 10] == b"Exif\0\0":
            return content[at + 10 : at + 2 + length]
        at += 2 + length
    return None


def _time_in(exif: bytes) -> dt.datetime | None:
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return None
    (first,) = struct.unpack_from(f"{order}I", exif, 4)
    inner = _entries(exif, order, first).get(_EXIF_IFD)
    if inner is None:
        return None
    entries = _entries(exif, order, struct.unpack(f"{order}I", inner)[0])
    if _TAKEN not in entries:
        return None
    moment = dt.datetime.strptime(_text(exif, order, entries[_TAKEN], 19), _FORMAT)  # noqa: DTZ007 - offset follows
    if _OFFSET in entries:
        moment = dt.datetime.fromisoformat(f"{moment.isoformat()}{_text(exif, order, entries[_OFFSET], 6)}")
    return (moment if moment.tzinfo else moment.astimezone()).replace(microsecond=0)


def _entries(exif: bytes, order: str, at: int) -> dict[int, bytes]:
    """The entries of a directory: the four bytes of each value, or of where it lies."""
    (count,) = struct.unpack_from(f"{order}H", exif, at)
    found = {}
    for number in range(min(count, _MOST_ENTRIES)):
        tag, _kind, _count, value = struct.unpack_from(f"{order}HHI4s", exif, at + 2 + 12 * number)
        found[tag] = value
    return found


def _text(exif: bytes, order: str, value: bytes, length: int) -> str:
    (at,) = struct.unpack(f"{order}I", value)
    return exif[at : at + length].decode("ascii")
