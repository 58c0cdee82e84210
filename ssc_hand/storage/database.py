"""Make, open, convert, read and write a clinic's file; every failure leaves here with its sentence."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ssc_hand.storage import capture, key_file, lock, migrations
from ssc_hand.storage.driver import Connection, Misuse, Troubles, connect
from ssc_hand.storage.failures import Failure, StorageUnavailable, failed, kind_of
from ssc_hand.storage.key_file import KeyFile

NAME = "clinic.db"
BACKUPS = "backups"
#: "SSCH", so that no other program's database is taken for a clinic.
APPLICATION_ID = 0x53534348
#: Made under this name and renamed when whole, so that a clinic is never half made.
_UNFINISHED = "clinic.db.new"
#: What a making that was interrupted may have left; without a database nothing depends on it.
_BESIDE = (lock.NAME, key_file.NAME, key_file.COPY)
#: How a file begins that is not encrypted, and where the number of its program stands in it
#: (sqlite.org/fileformat.html, section 1.3).
_PLAIN = b"SQLite format 3\0"
_APPLICATION_AT, _HEAD = 68, 72


class UnclearCommit(Exception):  # noqa: N818 - reads as what happened
    """The driver reported an error at the very end of a transaction: the rows may or may not be in the file."""


class Database:
    """An open file on one thread: reading and writing in transactions, in a folder shared with other programs."""

    def __init__(self, path: Path, key: str, connection: Connection, held: Connection) -> None:
        self.path = path
        self._key = key
        self.connection = connection
        self._lock = held
        self._identity = _identity(path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the file for several questions."""
        try:
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                self._roll_back()
        except Misuse:
            raise
        except (OSError, MemoryError, *Troubles) as error:
            raise failed(error, self.path) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing. Raises `UnclearCommit` where the driver failed at the end."""
        self.check_in_place()
        try:
            # Immediate: the versions that are read are still those that are written.
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self._roll_back()
                raise
        except Misuse:
            raise
        except (OSError, MemoryError, *Troubles) as error:
            raise failed(error, self.path) from error
        try:
            self.connection.execute("COMMIT")
        except (MemoryError, *Troubles) as error:
            self._roll_back()
            raise UnclearCommit from error

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def check_in_place(self) -> None:
        """Raise `Unavailable` where the file was moved, deleted or replaced: writes would go into nothing."""
        try:
            same = _identity(self.path) == self._identity
        except OSError as error:
            raise StorageUnavailable(Failure.REPLACED, self.path) from error
        if not same:
            raise StorageUnavailable(Failure.REPLACED, self.path)

    def holds(self, looks: Iterable[tuple[str, tuple[Any, ...]]], moment: str) -> bool:
        """Whether every row looked at was last changed at a moment, seen by a connection of its own."""
        connection = connect(self.path, self._key)
        try:
            found = [connection.execute(look, key).fetchone() for look, key in looks]
        finally:
            connection.close()
        return all(row is not None and row[1] == moment for row in found)

    def close(self) -> None:
        """Let go of the file; without harm when called twice."""
        self.connection.close()
        self._lock.close()


def _identity(path: Path) -> tuple[int, ...]:
    """What tells a file and its write-ahead log from others put in their place."""
    file, log = path.stat(), path.with_name(f"{path.name}-wal").stat()
    return (file.st_dev, file.st_ino, log.st_dev, log.st_ino)


def check_place(folder: Path) -> None:
    """Raise `Unavailable`, told apart by its kind, unless a folder holds what can be opened with its key."""
    _check_folder(folder)
    _check_file(folder / NAME)


def open_database(folder: Path, key: str, at_conversion: Callable[[Connection], None]) -> Database:
    """The clinic in a folder, converted first where it is older; raises `Unavailable` told apart by its kind.

    `at_conversion` is the last step of a conversion, in a transaction.
    """
    path = folder / NAME
    check_place(folder)
    held = lock.share(folder)
    try:
        if _is_older(path, key):
            held.close()
            with lock.alone(folder):
                _convert(path, key, at_conversion)
            held = lock.share(folder)
        return Database(path, key, _connect(path, key), held)
    except BaseException:
        held.close()
        raise


def _connect(path: Path, key: str) -> Connection:
    """A connection to a checked file of this version, with its write-ahead log in place."""
    connection = _checked(path, key)
    try:
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute("SELECT count(*) FROM measure").fetchone()
    except Troubles as error:
        connection.close()
        raise _at_opening(error, path) from error
    return connection


def _checked(path: Path, key: str) -> Connection:
    """A connection to a file that is ours, as long as it says, and not newer than this program."""
    try:
        connection = connect(path, key)
    except Troubles as error:
        raise _at_opening(error, path) from error
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID:
            raise StorageUnavailable(Failure.OTHER_PROGRAM, path)
        if _is_cut(connection, path):
            raise StorageUnavailable(Failure.DAMAGED, path)
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        known = migrations.names()
        applied = migrations.applied(connection)
        if version > len(known) or applied[len(known) :] or applied != known[: len(applied)]:
            raise StorageUnavailable(Failure.NEWER, path.parent)
    except BaseException as error:
        connection.close()
        if isinstance(error, Troubles):
            raise _at_opening(error, path) from error
        raise
    return connection


def _at_opening(error: BaseException, path: Path) -> StorageUnavailable:
    """Nobody holds a clinic at opening but a restore or a conversion; what is missing inside is damage."""
    kind = kind_of(error)
    if kind is Failure.UNKNOWN:
        kind = Failure.DAMAGED
    return StorageUnavailable(Failure.HELD if kind is Failure.BUSY else kind, path)


def _is_older(path: Path, key: str) -> bool:
    connection = _checked(path, key)
    try:
        return len(migrations.applied(connection)) < len(migrations.names())
    except Troubles as error:
        raise _at_opening(error, path) from error
    finally:
        connection.close()


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _check_folder(folder: Path) -> None:
    try:
        is_folder = folder.stat() and folder.is_dir()
    except OSError as error:
        raise failed(error, folder) from error
    if not is_folder:
        raise StorageUnavailable(Failure.FOLDER_IS_FILE, folder)
    if not _may(folder, os.R_OK | os.X_OK):
        raise StorageUnavailable(Failure.NO_PERMISSION, folder)


def _check_file(path: Path) -> None:
    """Tell apart what SQLite calls "unable to open" or "not a database"."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise StorageUnavailable(Failure.OTHER_KIND, path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError as error:
        raise StorageUnavailable(Failure.NO_CLINIC, path.parent) from error
    except OSError as error:
        raise failed(error, path) from error
    if size == 0:
        raise StorageUnavailable(Failure.FILE_EMPTY, path)
    if head.startswith(_PLAIN):
        is_ours = int.from_bytes(head[_APPLICATION_AT:]) == APPLICATION_ID
        raise StorageUnavailable(Failure.PLAIN if is_ours else Failure.OTHER_PROGRAM, path.parent if is_ours else path)
    if not _may(path.parent, os.W_OK):
        raise StorageUnavailable(Failure.FOLDER_READ_ONLY, path.parent)
    if not _may(path, os.W_OK):
        raise StorageUnavailable(Failure.FILE_READ_ONLY, path)


def _is_cut(connection: Connection, path: Path) -> bool:
    """Whether the end of a file is missing; SQLite itself forgives a piece of the last page.

    With a log beside it the file may be short, because a copy of the log was broken off: the log has the rest.
    """
    log = path.with_name(f"{path.name}-wal")
    with suppress(FileNotFoundError):  # another program that closes just now takes it away
        if log.stat().st_size:
            return False
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page,) = connection.execute("PRAGMA page_size").fetchone()
    return path.stat().st_size < int(pages) * int(page)


def create_database(folder: Path, keys: KeyFile, key: str, fill: Callable[[Connection], None]) -> Database:
    """A new clinic in a folder that is absent or empty, with its key file and what `fill` writes to it.

    Raises `Unavailable`, and then leaves nothing behind.
    """
    made = _make_folder(folder)
    unfinished, path = folder / _UNFINISHED, folder / NAME
    try:
        with lock.alone(folder, busy=Failure.FOLDER_NOT_EMPTY):
            if path.exists():
                raise StorageUnavailable(Failure.FOLDER_NOT_EMPTY, folder)
            key_file.write(folder, keys)
            _make_file(unfinished, key, fill)
            unfinished.rename(path)
            _folder_to_disk(folder)
    except BaseException as error:
        for left in (unfinished, unfinished.with_name(f"{_UNFINISHED}-journal")):
            left.unlink(missing_ok=True)
        if not path.exists():
            for name in _BESIDE:
                (folder / name).unlink(missing_ok=True)
        if made and not path.exists():
            folder.rmdir()
        if isinstance(error, (OSError, MemoryError, *Troubles)):
            raise failed(error, folder) from error
        raise
    return open_database(folder, key, fill)


def _make_folder(folder: Path) -> bool:
    """Whether the folder had to be made; raises `Unavailable` unless it is there, ours and empty at the end."""
    try:
        made = not folder.exists()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        others = {entry.name for entry in folder.iterdir()} - {*_BESIDE, _UNFINISHED, f"{_UNFINISHED}-journal"}
    except FileExistsError as error:
        raise StorageUnavailable(Failure.FOLDER_IS_FILE, folder) from error
    except OSError as error:
        raise failed(error, folder) from error
    if others:
        raise StorageUnavailable(Failure.FOLDER_NOT_EMPTY, folder)
    if not _may(folder, os.W_OK | os.X_OK):
        raise StorageUnavailable(Failure.FOLDER_READ_ONLY, folder)
    if not made:
        folder.chmod(0o700)
    return made


def _make_file(path: Path, key: str, fill: Callable[[Connection], None]) -> None:
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    connection = connect(path, key)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        migrations.migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        capture.ensure(connection)
        fill(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _convert(path: Path, key: str, at_conversion: Callable[[Connection], None]) -> None:
    """Bring an older file to this version after a verified copy; a step that fails leaves the file as it was."""
    connection = _checked(path, key)
    try:
        if len(migrations.applied(connection)) == len(migrations.names()):
            return
        _copy(connection, path, key)
        migrations.migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        capture.ensure(connection)
        at_conversion(connection)
        connection.execute("COMMIT")
    except (OSError, MemoryError, ValueError, *Troubles) as error:
        # Of a disk that fails it is told as such; anything else is a step that does not fit this file.
        kind = kind_of(error)
        raise StorageUnavailable(Failure.MIGRATION if kind is Failure.UNKNOWN else kind, path.parent) from error
    finally:
        connection.close()


def _copy(connection: Connection, path: Path, key: str) -> Path:
    """A verified copy of the file in the folder backups; raises the driver's error, and then leaves no copy."""
    folder = path.parent / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    copy = folder / f"clinic-version-{version}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"
    part = copy.with_suffix(".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        connection.execute("VACUUM INTO ?", (str(part),))
        _verify(connection, part, key)
        _to_disk(part)
        part.replace(copy)
        _folder_to_disk(folder)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return copy


def _verify(original: Connection, part: Path, key: str) -> None:
    """Raise `Unavailable` where a copy is not whole or does not hold as many rows as the original."""
    tables = [
        str(name)
        for (name,) in original.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        )
    ]
    copied = connect(part, key, read_only=True)
    try:
        (verdict,) = copied.execute("PRAGMA integrity_check").fetchone()
        for table in tables:
            count = f'SELECT count(*) FROM "{table}"'
            if original.execute(count).fetchone() != copied.execute(count).fetchone():
                verdict = table
    finally:
        copied.close()
    if verdict != "ok":
        raise StorageUnavailable(Failure.MIGRATION, part.parent.parent)


def _folder_to_disk(folder: Path) -> None:
    """Make a rename last through a loss of power; Windows has no such call and needs none."""
    if os.name == "posix":
        _to_disk(folder, os.O_RDONLY)


def _to_disk(path: Path, mode: int = os.O_RDWR) -> None:
    handle = os.open(path, mode)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
