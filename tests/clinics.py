"""Clinics of tests: made and opened by a name alone, with a passphrase that is no secret."""

from __future__ import annotations

from pathlib import Path

from ssc_hand.domain.clinic import ClinicSettings, Purpose
from ssc_hand.domain.people import OPEN_TO_ALL, NotSignedIn, SignIn
from ssc_hand.storage import driver, key_file
from ssc_hand.storage.access import found_access
from ssc_hand.storage.clinic import Clinic
from ssc_hand.storage.secrets import CHEAP, DataKey

PASSPHRASE = "test"


def a_user(name: str) -> SignIn:
    """A user of a clinic for tests."""
    return SignIn(name, PASSPHRASE)


def found_clinic(folder: Path, settings: ClinicSettings, *, by: str) -> Clinic:
    """A new clinic, open for its first user."""
    return Clinic.create(folder, settings, by=a_user(by))


def enter_clinic(folder: Path, *, by: str) -> Clinic:
    """A clinic, open for a user, who is made one of it where they are not yet."""
    admit(folder, by)
    return Clinic.open(folder, by=a_user(by))


def give_keys(folder: Path, name: str) -> None:
    """A key file in a folder without a clinic, with one user."""
    _access, keys = found_access(Purpose.TEST, a_user(name))
    key_file.write(folder, keys)


def admit(folder: Path, name: str) -> SignIn:
    """Give a user a passphrase in a clinic that is there; where it is not, opening it will say so."""
    if (folder / key_file.NAME).is_file() and name not in key_file.read(folder).users:
        keys = key_file.read(folder)
        key_file.write(folder, keys.with_user(a_user(name), key_of(folder), CHEAP))
    return a_user(name)


def key_of(folder: Path) -> DataKey:
    """The data key of a clinic of tests, by whichever of its users has no secret."""
    keys = key_file.read(folder)
    for sign_in in (*map(a_user, keys.users), *OPEN_TO_ALL.values()):
        try:
            return keys.unlock(sign_in)
        except NotSignedIn:
            continue
    raise AssertionError("no user of this clinic is one of a test")


def connect(path: Path, *, read_only: bool = False) -> driver.Connection:
    """A connection to a clinic's file, or to a copy in a folder beside it, as another program would have it."""
    folder = next(each for each in (path.parent, path.parent.parent) if (each / key_file.NAME).is_file())
    return driver.connect(path, key_of(folder).database, read_only=read_only)
