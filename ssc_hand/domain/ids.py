"""Ids for records: text UUIDs of version 7, so that later ones sort after earlier ones."""

from __future__ import annotations

import os
import threading
import time

_RANDOM_BITS = 74
_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A new id (RFC 9562, version 7), greater than every earlier one of this process, on any thread."""
    global _last
    with _lock:
        fresh = (time.time_ns() // 1_000_000) << _RANDOM_BITS | _chance(_RANDOM_BITS)
        # Within a millisecond, or after the clock was set back, count on from the last one.
        _last = fresh if fresh > _last else _last + 1 + _chance(32)
        digits = f"{_spread(_last):032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _chance(bits: int) -> int:
    """So many random bits of the system's; without `secrets`, which loads the hashes at start."""
    return int.from_bytes(os.urandom((bits + 7) // 8), "big") >> (-bits % 8)


def _spread(bits: int) -> int:
    """The 48 bits of time and 74 of chance, with version and variant put between them."""
    moment, chance = bits >> _RANDOM_BITS, bits & ((1 << _RANDOM_BITS) - 1)
    return moment << 80 | _VERSION | (chance >> 62) << 64 | _VARIANT | chance & ((1 << 62) - 1)
