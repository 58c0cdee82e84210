"""What a stored photograph is allowed to be: a plain JPEG of modest size, and nothing beside the picture.

Every picture is read and written anew when it is taken in. This says whether that has been done: it walks the
segments (ITU-T T.81, annex B) and accepts those that draw the picture; camera data, places, texts, small copies
and whatever follows the end are refused. The compressed picture itself is not decoded here.
"""

from __future__ import annotations

from ssc_hand.domain.errors import Refused
from ssc_hand.i18n import _

#: Pixels of the longer side that are kept; 2560 of a hand of 20 cm are 0.08 mm each.
LONGEST_SIDE = 2560
#: Bytes of one picture that are kept.
MOST_BYTES = 8_000_000

_START, _END, _SCAN, _JFIF = 0xD8, 0xD9, 0xDA, 0xE0
_FRAMES = (0xC0, 0xC1, 0xC2)
#: Tables, frames and scans, and the 14 bytes in which Adobe tells how colours are coded.
_PLAIN = frozenset({0xDB, 0xC4, 0xDD, 0xEE, _SCAN, *_FRAMES})
_RESTARTS = range(0xD0, 0xD8)
#: A JFIF header that carries no small copy of the picture.
_JFIF_LENGTH = 16
_ADOBE_LENGTH = 14


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture that may be kept; raises `Refused` for anything else."""
    if len(content) > MOST_BYTES:
        raise Refused(
            _("The picture has {n} MB; up to {most} MB are kept.").format(
                n=round(len(content) / 1e6, 1), most=MOST_BYTES // 1_000_000
            )
        )
    if not content.startswith(b"\xff\xd8\xff"):
        raise Refused(_("This is no JPEG picture."))
    size, at, has_scan = (0, 0), 2, False
    while True:
        marker = _marker(content, at)
        if marker == _END:
            break
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at + 4 : at + 2 + length]
        if length < 2 or len(segment) != length - 2:
            raise _cut_short()
        _check_kind(marker, segment)
        if marker in _FRAMES:
            size = _frame_size(segment)
        at += 2 + length
        if marker == _SCAN:
            has_scan, at = True, _after_scan(content, at)
    if at + 2 != len(content):
        raise Refused(_("The picture carries more than the picture itself."))
    if not has_scan or not size[0]:
        raise _cut_short()
    return size


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a picture's bytes, in hexadecimal digits."""
    import hashlib  # noqa: PLC0415 - start-up: the window stands before any picture is looked at

    return hashlib.sha256(content).hexdigest()


def is_whole(content: bytes) -> bool:
    """Whether a JPEG of any camera reaches its end; decoders draw grey where it does not, and say nothing."""
    at = 2
    try:
        while (marker := _marker(content, at)) != _END:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
            if marker == _SCAN:
                at = _after_scan(content, at)
    except Refused:
        return False
    return True


def _marker(content: bytes, at: int) -> int:
    if at + 2 > len(content) or content[at] != 0xFF:
        raise _cut_short()
    return content[at + 1]


def _check_kind(marker: int, segment: bytes) -> None:
    is_header = marker == _JFIF and segment.startswith(b"JFIF\0") and len(segment) == _JFIF_LENGTH - 2
    if marker == 0xEE and len(segment) != _ADOBE_LENGTH - 2:
        raise Refused(_("The picture carries more than the picture itself."))
    if not is_header and marker not in _PLAIN:
        raise Refused(_("The picture carries more than the picture itself."))


def _frame_size(segment: bytes) -> tuple[int, int]:
    if len(segment) < 6 or segment[0] != 8 or segment[5] not in (1, 3):
        raise Refused(_("This kind of JPEG picture is not kept."))
    height, width = int.from_bytes(segment[1:3], "big"), int.from_bytes(segment[3:5], "big")
    if not width or not height or max(width, height) > LONGEST_SIDE:
        raise Refused(
            _("The picture has {w} × {h} pixels; up to {most} on the longer side are kept.").format(
                w=width, h=height, most=LONGEST_SIDE
            )
        )
    return width, height


def _after_scan(content: bytes, at: int) -> int:
    """Where the next segment begins: a marker that is neither a stuffed byte nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise _cut_short()
        if content[at + 1] != 0 and content[at + 1] not in _RESTARTS:
            return at
        at += 2


def _cut_short() -> Refused:
    return Refused(_("The picture is not whole."))
