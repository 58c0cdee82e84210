"""Makes a clinic with everything in it, or none at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ssc_hand.domain.changes import whole
from ssc_hand.domain.clinic import ClinicSettings
from ssc_hand.domain.errors import Unavailable
from ssc_hand.domain.people import SignIn
from ssc_hand.domain.records import PatientRecord
from ssc_hand.i18n import _
from ssc_hand.storage import key_file
from ssc_hand.storage.clinic import Clinic
from ssc_hand.storage.database import NAME
from ssc_hand.storage.failures import Failure, StorageUnavailable

#: How the name of an unfinished clinic begins; one stays where the program was killed, and is in nobody's way.
_PART = ".ssc-hand-"


def is_free(folder: Path) -> bool:
    """Whether a new clinic can have this folder: absent or empty; raises `Unavailable` where it cannot be seen."""
    try:
        if not folder.exists() and not folder.is_symlink():
            return True
        return folder.is_dir() and all(each.name.startswith(_PART) for each in folder.iterdir())
    except OSError as problem:
        raise StorageUnavailable(Failure.NO_PERMISSION, folder) from problem


def write_new(
    folder: Path,
    settings: ClinicSettings,
    records: Iterable[PatientRecord],
    *,
    by: SignIn,
    recovery: str = "",
    pictures: Mapping[str, bytes] | None = None,
) -> None:
    """Make a clinic that holds these records in a folder that is absent or empty; `by` is its first user.

    It is made on the same disk and moved to its place when whole; raises `Refused` or `Unavailable`, and leaves
    everything as it was, where that fails.
    """
    if not is_free(folder):
        raise StorageUnavailable(Failure.FOLDER_NOT_EMPTY if folder.is_dir() else Failure.FOLDER_IS_FILE, folder)
    try:
        with _workshop(folder.absolute()) as part:
            with Clinic.create(part, settings, by=by, recovery=recovery) as clinic:
                clinic.write(*(change for record in records for change in whole(record, pictures)))
            _put_in_place(part, folder)
    except StorageUnavailable as problem:
        # Told of the folder that was asked for: the unfinished one is gone.
        raise StorageUnavailable(problem.kind, folder) from problem
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
        with tempfile.TemporaryDirectory(prefix=_PART, suffix=".part", dir=home) as part:
            yield Path(part) / "clinic"
    except BaseException:
        for each in reversed(made):
            # Another program may have put something there by now.
            with suppress(OSError):
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
    """Move the finished clinic to its folder; raises `OSError` where another program has made one there meanwhile."""
    if part.parent.parent != folder.absolute():
        part.rename(folder)
        return
    # The lock that lies beside the file is made anew when the clinic is opened.
    made, place = part / NAME, folder / NAME
    for name in (key_file.NAME, key_file.COPY):
        if place.exists():
            break
        (part / name).rename(folder / name)
    try:
        # Unlike a rename, a link never takes the place of a file.
        place.hardlink_to(made)
    except OSError:
        if place.exists():
            raise
        # A disk without links, such as a USB stick.
        made.rename(place)
