"""The measures that a file knows, by key and unit: a new one needs no migration, another unit is refused."""

from __future__ import annotations

from pathlib import Path

from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.storage.driver import Connection
from ssc_hand.storage.failures import Failure, StorageUnavailable

_KNOWN = "SELECT key, unit FROM measure"
_ADD = "INSERT INTO measure (key, unit) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
_USED = "SELECT 1 FROM observation WHERE measure = ? LIMIT 1"


def unknown_to_file(connection: Connection, folder: Path) -> list[tuple[str, str]]:
    """The measures, with units, that the file has yet to learn.

    Raises `Unavailable` where the file keeps one in another unit, or holds values of one that this program does not
    know and so could not show.
    """
    kept = {str(key): str(unit) for key, unit in connection.execute(_KNOWN)}
    for key, unit in kept.items():
        if key not in CATALOGUE:
            if connection.execute(_USED, (key,)).fetchone():
                raise StorageUnavailable(Failure.NEWER, folder)
        elif CATALOGUE[key].unit != unit:
            raise StorageUnavailable(Failure.OTHER_UNIT, folder)
    entered = ((measure.key, measure.unit) for measure in CATALOGUE.values() if not measure.derived)
    return [(key, unit) for key, unit in entered if key not in kept]


def teach(connection: Connection, new: list[tuple[str, str]]) -> None:
    """Add measures to the file."""
    connection.executemany(_ADD, new)
