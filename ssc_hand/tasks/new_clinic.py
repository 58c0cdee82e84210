"""Makes a clinic with everything in it, or none at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ssc_hand.domain.changes import whole
from ssc_hand.domain.clinic import ClinicSettings
from ssc_hand.domain.errors import Unavailable
from ssc_hand.domain.records import PatientRecord
from ssc_hand.i18n import _
from ssc_hand.storage.clinic import Clinic
from ssc_hand.storage.failures import Failure, StorageUnavailable


def is_free(folder: Path) -> bool:
    """Whether a new clinic can have this folder: absent or empty; raises `Unavailable` where it cannot be seen."""
    try:
        if not folder.exists() and not folder.is_symlink():
            return True
        return folder.is_dir() and not any(folder.iterdir())
    except OSError as problem:
        raise StorageUnavailable(Failure.NO_PERMISSION, folder) from problem


def write_new(folder: Path, settings: ClinicSettings, records: Iterable[PatientRecord], *, by: str) -> None:
    """Make a clinic that holds these records in a folder that is absent or empty.

    It is made on the same disk and moved to its place when whole; raises `Refused` or `Unavailable`, and leaves
    everything as it was, where that fails.
    """
    if not is_free(folder):
        raise StorageUnavailable(Failure.FOLDER_NOT_EMPTY if folder.is_dir() else Failure.FOLDER_IS_FILE, folder)
    try:
        with _workshop(folder.absolute()) as part:
            with Clinic.create(part, settings, by=by) as clinic:
                clinic.write(*(change for record in records for change in whole(record)))
            _put_in_place(part, folder)
    except OSError as problem:
        raise Unavailable(
            _("The clinic could not be made in {path}: {why}. Nothing was changed; choose another folder.").format(
                path=folder, why=problem.strerror or problem
            )
        ) from problem


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A place for the unfinished clinic: within an empty folder, which may be a disk of its own, else beside it."""
    made = [] if folder.is_dir() else _make_folders(folder.parent)
    try:
        home = folder if folder.is_dir() else folder.parent
        with tempfile.TemporaryDirectory(prefix=".ssc-hand-", suffix=".part", dir=home) as part:
            yield Path(part) / "clinic"
    except BaseException:
        for each in reversed(made):
            each.rmdir()
        raise


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those it lies in; the ones that were made, outermost first."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
    return missing[::-1]


def _put_in_place(part: Path, folder: Path) -> None:
    if not folder.is_dir():
        part.rename(folder)
        return
    # The file itself comes last: until it is there, nobody takes the folder for a clinic.
    for each in sorted(part.iterdir(), key=lambda path: (path.is_file(), path.name)):
        each.rename(folder / each.name)
