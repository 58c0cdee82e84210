"""The one door to the SQLite driver, SQLCipher, and the way by which sqlite-utils comes through it too."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3 as sqlcipher  # noqa: TID251 - the same interface, with types
else:
    import sqlcipher3.dbapi2 as sqlcipher  # noqa: TID251 - this is the door

if "sqlite_utils" in sys.modules:  # it would hold on to the other driver, and to the wrong classes of errors
    raise ImportError("ssc_hand.storage.driver must be imported before sqlite_utils")
# sqlite-utils prefers a module of this name to the one of the standard library.
sys.modules["pysqlite3"] = sys.modules["sqlcipher3"]
sys.modules["pysqlite3.dbapi2"] = sqlcipher

Connection = sqlcipher.Connection
Row = tuple[object, ...]
#: Everything that the driver raises.
Error = sqlcipher.Error
#: What a spoilt file makes the driver raise: also a message that quotes bytes which are no text.
Troubles = (sqlcipher.Error, UnicodeDecodeError)
#: A mistake of ours, such as a call from another thread; never shown as a failure of the file.
Misuse = sqlcipher.ProgrammingError

#: How long a write waits for another program's, in milliseconds.
PATIENCE_MS = 2000
#: SQLite before this loses rows of a write-ahead log in rare cases (sqlite.org/wal.html, "the WAL-reset bug").
OLDEST = (3, 51, 3)

_PRAGMAS = (
    # It would write to the terminal what a file looks like inside.
    "PRAGMA cipher_log_level = NONE",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    # On macOS only a full fsync reaches the medium; elsewhere these two do nothing.
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    # Enough for the patients of a large clinic, so that finding does not read them anew at each key; taken as needed.
    "PRAGMA cache_size = -64000",
    "PRAGMA temp_store = MEMORY",
)
_KEY = re.compile(r"[0-9a-f]{64}")

if sqlcipher.sqlite_version_info < OLDEST:
    raise ImportError(f"SQLite {sqlcipher.sqlite_version} is too old for a clinic")


def connect(path: Path, key: str | None, *, read_only: bool = False) -> Connection:
    """A connection to a file that exists, in autocommit mode; it never makes a file. Raises `Error`.

    `key` is 64 hexadecimal digits; None for a file that is not encrypted: the lock, or a clinic of an earlier version.
    """
    mode = "ro" if read_only else "rw"
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=PATIENCE_MS / 1000,
        cached_statements=256,
    )
    try:
        if key is not None:
            connection.execute(f"PRAGMA key = \"x'{_checked(key)}'\"")
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def attach(connection: Connection, path: Path, name: str, key: str | None) -> None:
    """Attach a file with a key of its own; None for one that is not encrypted."""
    spoken = "" if key is None else f"x'{_checked(key)}'"
    connection.execute(f"ATTACH DATABASE ? AS {_identifier(name)} KEY ?", (str(path), spoken))


def _checked(key: str) -> str:
    """A key as it may stand in a pragma, which takes no parameters."""
    if not _KEY.fullmatch(key):
        raise ValueError("a key is 64 hexadecimal digits")
    return key


def _identifier(name: str) -> str:
    if not name.isidentifier():
        raise ValueError(name)
    return name


def error_name(error: BaseException) -> str:
    """SQLite's name of an error, such as SQLITE_FULL; empty where the driver does not tell."""
    return getattr(error, "sqlite_errorname", "") or ""


def is_complete(statement: str) -> bool:
    """Whether a text ends a statement (the semicolons inside a trigger do not)."""
    return sqlcipher.complete_statement(statement)
