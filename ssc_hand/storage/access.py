"""Access: who has opened a clinic, and the key that opened it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ssc_hand.domain.clinic import Purpose
from ssc_hand.domain.people import OPEN_TO_ALL, SignIn, user_name
from ssc_hand.storage import key_file
from ssc_hand.storage.failures import failed
from ssc_hand.storage.key_file import KeyFile
from ssc_hand.storage.secrets import DataKey, calibrated


@dataclass(frozen=True, slots=True)
class Access:
    """A user who has proved to be that, and what the clinic is for."""

    user: str
    purpose: Purpose
    clinic_id: str
    key: DataKey = field(repr=False)


def unlock(folder: Path, sign_in: SignIn) -> Access:
    """Access for a user; takes 0.3 to 1 s in a real clinic, by design.

    Raises `NotSignedIn` where name or passphrase is not right, `Unavailable` where the key file cannot be read.
    """
    keys = key_file.read(folder)
    try:
        key = keys.unlock(sign_in)
    except MemoryError as error:
        raise failed(error, folder) from error
    return Access(keys.user(sign_in.name), keys.purpose, keys.clinic_id, key)


def open_to_all(folder: Path) -> SignIn | None:
    """Who opens a clinic without real patients without being asked; None where everybody is asked."""
    keys = key_file.read(folder)
    guest = OPEN_TO_ALL.get(keys.purpose)
    return guest if guest is not None and guest.name in keys.users else None


def found_access(purpose: Purpose, founder: SignIn, recovery: str = "") -> tuple[Access, KeyFile]:
    """A new data key with the slots of the first user and of the recovery code, where there is one."""
    cost = key_file.cost_for(purpose) or calibrated()
    key = DataKey.make()
    user = user_name(founder.name)
    keys = key_file.new_key_file(purpose).with_user(SignIn(user, founder.passphrase), key, cost)
    if recovery:
        keys = keys.with_recovery(recovery, key, cost)
    return Access(user, purpose, keys.clinic_id, key), keys
