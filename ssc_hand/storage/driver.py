"""The one door to the SQLite driver, so that an encrypted one can take its place."""

from __future__ import annotations

import sqlite3  # noqa: TID251 - this is the door
from pathlib import Path

Connection = sqlite3.Connection
Row = tuple[object, ...]
#: Everything that the driver raises.
Error = sqlite3.Error
#: What a spoilt file makes the driver raise: also a message that quotes bytes which are no text.
Troubles = (sqlite3.Error, UnicodeDecodeError)
#: A mistake of ours, such as a call from another thread; never shown as a failure of the file.
Misuse = sqlite3.ProgrammingError

#: How long a write waits for another program's, in milliseconds.
PATIENCE_MS = 2000

_PRAGMAS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA synchronous = FULL",
    # On macOS only a full fsync reaches the medium; elsewhere these two do nothing.
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    # Enough for the patients of a large clinic, so that finding does not read them anew at each key; taken as needed.
    "PRAGMA cache_size = -64000",
    "PRAGMA temp_store = MEMORY",
)


def connect(path: Path, *, read_only: bool = False) -> Connection:
    """A connection to a file that exists, in autocommit mode; it never makes a file. Raises `Error`."""
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=PATIENCE_MS / 1000,
        cached_statements=256,
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def error_name(error: BaseException) -> str:
    """SQLite's name of an error, such as SQLITE_FULL; empty where the driver does not tell."""
    return getattr(error, "sqlite_errorname", "") or ""


def is_complete(statement: str) -> bool:
    """Whether a text ends a statement (the semicolons inside a trigger do not)."""
    return sqlite3.complete_statement(statement)
