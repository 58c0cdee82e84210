"""Ids for records: text UUIDs of version 7, so that later ones sort after earlier ones."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

_RANDOM_BITS = 74
_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A new id (RFC 9562, version 7), greater than every earlier one of this process, on any thread."""
    global _last
    with _lock:
        fresh = (time.time_ns() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        # Within a millisecond, or after the clock was set back, count on from the last one.
        _last = fresh if fresh > _last else _last + 1 + secrets.randbits(32)
        return str(UUID(int=_spread(_last)))


def _spread(bits: int) -> int:
    """The 48 bits of time and 74 of chance, with version and variant put between them."""
    moment, chance = bits >> _RANDOM_BITS, bits & ((1 << _RANDOM_BITS) - 1)
    return moment << 80 | _VERSION | (chance >> 62) << 64 | _VARIANT | chance & ((1 << 62) - 1)
