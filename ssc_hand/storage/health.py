"""Whether a file is whole: looked at once after it was opened, before anything is written to it."""

from __future__ import annotations

from pathlib import Path

from ssc_hand.storage.driver import Connection
from ssc_hand.storage.failures import Failure, StorageUnavailable


def check_whole(connection: Connection, path: Path) -> None:
    """Raise `Unavailable` where a page was changed outside the program, or the tables do not hold together."""
    for pragma in ("cipher_integrity_check", "quick_check"):
        found = [str(line) for (line,) in connection.execute(f"PRAGMA {pragma}") if line != "ok"]
        if found:
            raise StorageUnavailable(Failure.DAMAGED, path)
