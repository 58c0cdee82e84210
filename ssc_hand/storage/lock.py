"""Who may use a clinic's folder: many programs together, or one alone while it restores or converts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ssc_hand.storage.driver import Connection, Troubles, connect
from ssc_hand.storage.failures import Failure, StorageUnavailable, failed, kind_of

#: Beside the database, because a restore replaces the database itself.
NAME = "clinic.lock"


def _take(folder: Path, begin: str, busy: Failure) -> Connection:
    """The lock, held by a transaction on an empty database: it ends with the process, on every system."""
    path = folder / NAME
    connection: Connection | None = None
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = connect(path, None)  # it holds nothing
        connection.execute(begin)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (OSError, *Troubles) as error:
        if connection is not None:
            connection.close()
        if kind_of(error) is Failure.BUSY:
            raise StorageUnavailable(busy, folder) from error
        raise failed(error, folder) from error
    return connection


def share(folder: Path) -> Connection:
    """Use the folder beside others, until the connection is closed; raises `Unavailable` while it is restored."""
    return _take(folder, "BEGIN", Failure.HELD)


@contextmanager
def alone(folder: Path, *, busy: Failure = Failure.IN_USE) -> Iterator[None]:
    """Keep every other program out while the file is made, restored or converted; raises `busy` if one is in."""
    connection = _take(folder, "BEGIN EXCLUSIVE", busy)
    try:
        yield
    finally:
        connection.close()
