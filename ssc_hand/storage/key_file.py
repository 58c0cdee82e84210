"""The key file: what the clinic is for, and its data key once for each user, locked with the user's passphrase."""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from ssc_hand.domain.clinic import Purpose
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.people import NotSignedIn, SignIn, is_same_user
from ssc_hand.i18n import _
from ssc_hand.storage.failures import Failure, StorageUnavailable, failed
from ssc_hand.storage.secrets import CHEAP, KEY_BYTES, NONCE_BYTES, SALT_BYTES, Cost, DataKey, Wrapped, unwrap, wrap

NAME = "clinic.keys"
#: The second copy, for the day on which the first one cannot be read.
COPY = "clinic.keys.copy"
_VERSION = 1
_MOST_BYTES = 64 * 1024
_MOST_SLOTS = 200
_SEALED_BYTES = KEY_BYTES + 16
#: What the recovery code stands under; no user can have this name, which is empty.
_NOBODY = ""


class SlotKind(Enum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


class KeyFileDamagedError(ValueError):
    """The bytes are not those of a key file of this version."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The data key for one user."""

    user: str
    kind: SlotKind
    wrapped: Wrapped


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a key file says; a change is a new one."""

    clinic_id: str
    purpose: Purpose
    slots: tuple[Slot, ...]

    @property
    def users(self) -> tuple[str, ...]:
        """The names of those who have a passphrase."""
        return tuple(slot.user for slot in self.slots if slot.kind is SlotKind.PASSPHRASE)

    def user(self, name: str) -> str:
        """The name as it is kept, for a name as typed; raises `NotSignedIn` where nobody has it."""
        for each in self.users:
            if is_same_user(each, name):
                return each
        raise _not_signed_in()

    def unlock(self, sign_in: SignIn) -> DataKey:
        """The data key; raises `NotSignedIn` where name or passphrase is not right."""
        slots = [s for s in self.slots if s.kind is SlotKind.PASSPHRASE and is_same_user(s.user, sign_in.name)]
        return self._open(slots, sign_in.passphrase)

    def recover(self, code: str) -> DataKey:
        """The data key by the recovery code as typed; raises `NotSignedIn` where it is not the one."""
        return self._open([slot for slot in self.slots if slot.kind is SlotKind.RECOVERY], code_letters(code))

    def _open(self, slots: list[Slot], secret: str) -> DataKey:
        for slot in slots:
            key = unwrap(slot.wrapped, secret, self._about(slot.user, slot.kind, slot.wrapped.cost))
            if key is not None:
                return key
        raise _not_signed_in()

    def with_user(self, sign_in: SignIn, key: DataKey, cost: Cost) -> KeyFile:
        """The same with a passphrase for a user, in place of an earlier one of theirs."""
        return self._with(sign_in.name, SlotKind.PASSPHRASE, sign_in.passphrase, key, cost)

    def with_recovery(self, code: str, key: DataKey, cost: Cost) -> KeyFile:
        """The same with a recovery code, in place of an earlier one."""
        return self._with(_NOBODY, SlotKind.RECOVERY, code_letters(code), key, cost)

    def without_user(self, name: str) -> KeyFile:
        """The same without the passphrase of a user."""
        return replace(self, slots=tuple(each for each in self.slots if not _is_of(each, name, SlotKind.PASSPHRASE)))

    def _with(self, name: str, kind: SlotKind, secret: str, key: DataKey, cost: Cost) -> KeyFile:
        wrapped = wrap(key, secret, cost, self._about(name, kind, cost))
        others = tuple(each for each in self.slots if not _is_of(each, name, kind))
        return replace(self, slots=(*others, Slot(name, kind, wrapped)))

    def _about(self, user: str, kind: SlotKind, cost: Cost) -> bytes:
        """What is bound into a slot: nobody can give a demo's key to a clinic, nor a user's slot to another."""
        parts = (_VERSION, self.clinic_id, self.purpose.value, user, kind.value)
        return json.dumps([*parts, cost.passes, cost.memory_kib, cost.lanes], ensure_ascii=True).encode()


def _is_of(slot: Slot, name: str, kind: SlotKind) -> bool:
    return slot.kind is kind and is_same_user(slot.user, name)


def _not_signed_in() -> NotSignedIn:
    return NotSignedIn(_("The name or the passphrase is not right. Nothing was opened; type both again."))


def new_key_file(purpose: Purpose, *, clinic_id: str | None = None) -> KeyFile:
    """A key file without users."""
    return KeyFile(clinic_id or new_id(), purpose, ())


def new_code() -> str:
    """A recovery code of 128 random bits: eight groups of four hexadecimal digits."""
    letters = os.urandom(16).hex().upper()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def code_letters(code: str) -> str:
    """A recovery code as it counts: whatever was typed between its letters, and in which case."""
    return "".join(each for each in code.upper() if each.isalnum())


def cost_for(purpose: Purpose) -> Cost | None:
    """The cost of deriving a key in a clinic without real patients; None where it has to be measured."""
    return None if purpose is Purpose.CLINIC else CHEAP


# -- as bytes ------------------------------------------------------------------------------------------------


def dump(keys: KeyFile) -> bytes:
    """The key file as bytes."""
    slots = [
        {
            "user": slot.user,
            "kind": slot.kind.value,
            "passes": slot.wrapped.cost.passes,
            "memory_kib": slot.wrapped.cost.memory_kib,
            "lanes": slot.wrapped.cost.lanes,
            "salt": _text(slot.wrapped.salt),
            "nonce": _text(slot.wrapped.nonce),
            "key": _text(slot.wrapped.sealed),
        }
        for slot in keys.slots
    ]
    whole = {"version": _VERSION, "clinic": keys.clinic_id, "purpose": keys.purpose.value, "slots": slots}
    return json.dumps(whole, indent=1, ensure_ascii=True).encode() + b"\n"


def parse(content: bytes) -> KeyFile:
    """The key file from its bytes; raises `KeyFileDamagedError` for anything that is none."""
    if len(content) > _MOST_BYTES:
        raise KeyFileDamagedError("too long")
    try:
        whole = json.loads(content)
        if whole["version"] != _VERSION or not isinstance(whole["slots"], list) or len(whole["slots"]) > _MOST_SLOTS:
            raise KeyFileDamagedError("not of this version")
        return KeyFile(_str(whole["clinic"]), Purpose.of(_str(whole["purpose"])), tuple(_slots(whole["slots"])))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise KeyFileDamagedError(type(error).__name__) from error


def _slots(slots: list[Any]) -> Iterator[Slot]:
    for each in slots:
        cost = Cost(_int(each["passes"]), _int(each["memory_kib"]), _int(each["lanes"]))
        if not cost.is_sane:
            raise KeyFileDamagedError("no cost that is asked for")
        salt, nonce = _bytes(each["salt"], SALT_BYTES), _bytes(each["nonce"], NONCE_BYTES)
        wrapped = Wrapped(cost, salt, nonce, _bytes(each["key"], _SEALED_BYTES))
        yield Slot(_str(each["user"]), SlotKind(each["kind"]), wrapped)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(text: object, length: int) -> bytes:
    try:
        content = base64.b64decode(_str(text), validate=True)
    except binascii.Error as error:
        raise KeyFileDamagedError("no base 64") from error
    if len(content) != length:
        raise KeyFileDamagedError("not as long as it must be")
    return content


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise KeyFileDamagedError("no text")
    return value


def _int(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise KeyFileDamagedError("no number")
    return value


# -- on disk -------------------------------------------------------------------------------------------------


def read(folder: Path) -> KeyFile:
    """The key file of a clinic, from whichever copy is whole; raises `Unavailable` where neither is."""
    missing = 0
    for name in (NAME, COPY):
        try:
            with (folder / name).open("rb") as file:
                return parse(file.read(_MOST_BYTES + 1))
        except FileNotFoundError:
            missing += 1
        except KeyFileDamagedError:
            continue
        except OSError as error:
            raise failed(error, folder / name) from error
    raise StorageUnavailable(Failure.KEYS_MISSING if missing == 2 else Failure.KEYS_DAMAGED, folder)


def write(folder: Path, keys: KeyFile) -> None:
    """Write both copies, one after the other, each whole or not at all; raises the error of the file system."""
    content = dump(keys)
    for name in (NAME, COPY):
        part = folder / f"{name}.part"
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(folder / name)
        except OSError:
            part.unlink(missing_ok=True)
            raise
