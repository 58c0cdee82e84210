"""The closed list of what can be wrong with a clinic's folder and file, each told apart in one sentence."""

from __future__ import annotations

import errno
from enum import Enum

from ssc_hand.domain.errors import Unavailable
from ssc_hand.i18n import N_, _
from ssc_hand.storage.driver import error_name


class Failure(Enum):
    """What is wrong; the value is its sentence, with {path} for the folder or file."""

    FOLDER_MISSING = N_("The folder {path} does not exist. Choose another folder, or make a new clinic.")
    FOLDER_IS_FILE = N_("{path} is a file, not a folder. Nothing was changed; choose the clinic's folder.")
    FOLDER_NOT_EMPTY = N_("The folder {path} is not empty. Nothing was changed; choose an empty or a new folder.")
    FOLDER_READ_ONLY = N_(
        "The folder {path} is read-only, and a clinic cannot be kept there. Nothing was changed; ask whoever looks "
        "after this computer for the right to write in it."
    )
    NO_PERMISSION = N_(
        "{path} cannot be read by this user of the computer. Nothing was changed; ask whoever looks after it for "
        "the right to open it."
    )
    NO_CLINIC = N_("There is no clinic in the folder {path}. Nothing was changed; choose another folder.")
    FILE_READ_ONLY = N_(
        "The file {path} is read-only. Nothing was changed; ask whoever looks after this computer for the right to "
        "write to it."
    )
    FILE_EMPTY = N_(
        "The file {path} is empty: the clinic that was in it is gone. Nothing was changed; put a copy from the "
        "folder backups in its place."
    )
    OTHER_KIND = N_("{path} is not a clinic's file but something else. Nothing was changed; choose another folder.")
    OTHER_PROGRAM = N_(
        "{path} is a database of another program. Nothing was changed; choose the folder of a clinic of ssc-hand."
    )
    DAMAGED = N_(
        "The file {path} is damaged or cut off. Nothing was changed; keep it, and put a copy from the folder "
        "backups in its place."
    )
    PLAIN = N_(
        "The clinic in {path} was made by an earlier version and is not encrypted. Nothing was changed; it can be "
        "encrypted now, and is then opened with a name and a passphrase."
    )
    KEYS_MISSING = N_(
        "The key file of the clinic in {path} is missing (clinic.keys), and without it nobody can read the clinic. "
        "Nothing was changed; put clinic.keys of a backup in its place."
    )
    KEYS_DAMAGED = N_(
        "The key file of the clinic in {path} is damaged, and so is its copy. Nothing was changed; put clinic.keys of "
        "a backup in its place."
    )
    NETWORK = N_(
        "{path} lies on a network drive, where a clinic can be damaged without anybody noticing. Nothing was changed; "
        "keep the clinic on a disk of this computer, and give a network drive as the second place of its backups."
    )
    SAFEGUARD = N_(
        "In the file {path} a safeguard was switched off by something else than this program. Nothing was changed and "
        "nothing more is written to it; restore the newest backup, or run `ssc-hand check`."
    )
    OLDER_FILE = N_(
        "The file {path} lacks what was written to it last: an older file lies in its place, or its end was cut off. "
        "Nothing was changed and nothing more is written to it; restore the newest backup."
    )
    NEWER = N_(
        "The clinic in {path} was written by a newer version of ssc-hand. Nothing was changed; install that version."
    )
    OTHER_UNIT = N_(
        "The clinic in {path} keeps a measure in another unit than this program. Nothing was changed; use the "
        "version of ssc-hand that wrote it."
    )
    HELD = N_("The clinic is being restored or converted on this computer. Nothing was changed; try again in a minute.")
    IN_USE = N_(
        "The clinic has to be converted for this version and is open in another window or program. Nothing was "
        "changed; close it there and try again."
    )
    BUSY = N_(
        "Another program is writing to the clinic and did not finish within 2 seconds. This was not saved; try again."
    )
    DISK_FULL = N_(
        "The disk is full. This was not saved, what was saved before is safe; make room on the disk of {path} and "
        "try again."
    )
    INPUT_OUTPUT = N_(
        "The disk reports an error at {path}. This was not saved, what was saved before was not changed; check the "
        "disk and try again."
    )
    REPLACED = N_(
        "The file {path} was moved, deleted or replaced while it was open. This was not saved; close the program "
        "and open the clinic again."
    )
    MIGRATION = N_(
        "The clinic in {path} could not be converted for this version. It is as it was before, and a copy is in the "
        "folder backups; report this to whoever looks after the program."
    )
    NO_MEMORY = N_("The computer is out of memory. This was not saved; close other programs and try again.")
    UNCLEAR = N_(
        "The disk reports an error at {path}, and whether this was saved cannot be read. What was saved before was not "
        "changed; open the clinic again and look."
    )
    UNREADABLE = N_(
        "The file {path} holds something that this program cannot read as a record. Nothing was changed; run "
        "`ssc-hand check`."
    )
    UNKNOWN = N_(
        "The database of {path} reports an error that the program does not know ({detail}). This was not saved; "
        "run `ssc-hand check`."
    )


class StorageUnavailable(Unavailable):
    """A failure of the surroundings with its kind, so that the window can offer the right action."""

    def __init__(self, kind: Failure, path: object, detail: str = "") -> None:
        super().__init__(_(kind.value).format(path=path, detail=detail))
        self.kind = kind


_BY_NAME = {
    "SQLITE_FULL": Failure.DISK_FULL,
    "SQLITE_BUSY": Failure.BUSY,
    "SQLITE_LOCKED": Failure.BUSY,
    "SQLITE_NOTADB": Failure.DAMAGED,
    "SQLITE_CORRUPT": Failure.DAMAGED,
    "SQLITE_READONLY": Failure.FILE_READ_ONLY,
    "SQLITE_CANTOPEN": Failure.NO_PERMISSION,
    "SQLITE_PERM": Failure.NO_PERMISSION,
    "SQLITE_IOERR": Failure.INPUT_OUTPUT,
    "SQLITE_NOMEM": Failure.NO_MEMORY,
}
_BY_FULL_NAME = {
    "SQLITE_READONLY_DIRECTORY": Failure.FOLDER_READ_ONLY,
    "SQLITE_READONLY_DBMOVED": Failure.REPLACED,
    "SQLITE_IOERR_NOMEM": Failure.NO_MEMORY,
}
# Some calls of the driver raise without a code (backup to a full disk does); then the text tells.
_BY_TEXT = {
    "disk is full": Failure.DISK_FULL,
    "is locked": Failure.BUSY,
    "not a database": Failure.DAMAGED,
    "malformed": Failure.DAMAGED,
    "readonly": Failure.FILE_READ_ONLY,
    "unable to open": Failure.NO_PERMISSION,
    "disk I/O error": Failure.INPUT_OUTPUT,
    # A text in the file that is not UTF-8 cannot have been written by this program.
    "Could not decode": Failure.DAMAGED,
}
_BY_ERRNO = {
    errno.ENOENT: Failure.FOLDER_MISSING,
    errno.ENOTDIR: Failure.FOLDER_IS_FILE,
    errno.EACCES: Failure.NO_PERMISSION,
    errno.EPERM: Failure.NO_PERMISSION,
    errno.ELOOP: Failure.NO_PERMISSION,
    errno.EROFS: Failure.FOLDER_READ_ONLY,
    errno.ENOSPC: Failure.DISK_FULL,
    errno.EFBIG: Failure.DISK_FULL,
    errno.EDQUOT: Failure.DISK_FULL,
}


def kind_of(error: BaseException) -> Failure:
    """The kind of an error of the driver or of the file system."""
    if isinstance(error, MemoryError):
        return Failure.NO_MEMORY
    if isinstance(error, UnicodeDecodeError):
        return Failure.DAMAGED
    if isinstance(error, OSError):
        return _BY_ERRNO.get(error.errno or 0, Failure.INPUT_OUTPUT)
    name = error_name(error)
    if name in _BY_FULL_NAME:
        return _BY_FULL_NAME[name]
    short = "_".join(name.split("_")[:2])
    if short in _BY_NAME:
        return _BY_NAME[short]
    return next((kind for text, kind in _BY_TEXT.items() if text in str(error)), Failure.UNKNOWN)


def failed(error: BaseException, path: object) -> StorageUnavailable:
    """The sentence for an error of the driver or of the file system at a path."""
    # The detail is SQLite's own name of the error: its text could quote a row.
    return StorageUnavailable(kind_of(error), path, error_name(error) or type(error).__name__)
