"""The clinic's data key, and how a passphrase locks it: Argon2id (RFC 9106), AES-256-GCM, HKDF-SHA256 (RFC 5869)."""

from __future__ import annotations

import math
import os
import time
import unicodedata
from dataclasses import dataclass, field

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Cost:
    """What deriving a key costs: passes, memory in KiB, lanes (Argon2id's t, m and p)."""

    passes: int
    memory_kib: int
    lanes: int

    @property
    def is_sane(self) -> bool:
        """Whether a file may ask for this much: what it says is not trusted with all memory and all day."""
        return 1 <= self.passes <= 64 and 1 <= self.lanes <= 8 and 8 * self.lanes <= self.memory_kib <= 1 << 20

    @property
    def is_enough(self) -> bool:
        """Whether it reaches the floor of a real clinic: the second choice of RFC 9106, section 4."""
        return self.passes >= FLOOR.passes and self.memory_kib >= FLOOR.memory_kib


FLOOR = Cost(passes=3, memory_kib=64 * 1024, lanes=4)
#: For clinics without real patients, which everybody may open.
CHEAP = Cost(passes=1, memory_kib=1024, lanes=1)
#: Seconds that deriving a key of a real clinic should take on the computer that makes it.
_WANTED_S, _LONGEST_S = 0.45, 1.0


@dataclass(frozen=True, slots=True)
class DataKey:
    """The random key of one clinic; every key that is used is derived from it."""

    secret: bytes = field(repr=False)

    @classmethod
    def make(cls) -> DataKey:
        """A new one."""
        return cls(os.urandom(KEY_BYTES))

    @property
    def database(self) -> str:
        """The key of the database: 64 hexadecimal digits, as its pragma takes it."""
        return self._derived(b"database").hex()

    @property
    def audit(self) -> bytes:
        """The key of the seals."""
        return self._derived(b"audit")

    @property
    def manifest(self) -> bytes:
        """The key of what stands beside a backup."""
        return self._derived(b"manifest")

    def _derived(self, use: bytes) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - start-up: after the first paint
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - as above

        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"ssc-hand " + use).derive(self.secret)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key that only a passphrase opens."""

    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes


def wrap(key: DataKey, passphrase: str, cost: Cost, about: bytes) -> Wrapped:
    """Lock a data key with a passphrase; `about` is bound to it and must be the same to open it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - start-up, as above

    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    sealed = AESGCM(_derive(passphrase, salt, cost)).encrypt(nonce, key.secret, about)
    return Wrapped(cost, salt, nonce, sealed)


def unwrap(wrapped: Wrapped, passphrase: str, about: bytes) -> DataKey | None:
    """The data key; None where the passphrase is not the one, or anything of the file was changed."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - start-up, as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    try:
        return DataKey(
            AESGCM(_derive(passphrase, wrapped.salt, wrapped.cost)).decrypt(wrapped.nonce, wrapped.sealed, about)
        )
    except InvalidTag:
        return None


def _derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - start-up, as above

    # The same letters typed on another keyboard are the same passphrase.
    text = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    derivation = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return derivation.derive(text)


def calibrated() -> Cost:
    """The cost of a real clinic on this computer: 0.3 to 1 s for one derivation, and never below the floor."""
    began = time.perf_counter()
    _derive("calibration", b"\0" * SALT_BYTES, FLOOR)
    took = time.perf_counter() - began
    per_pass = took / FLOOR.passes
    passes = max(FLOOR.passes, min(math.ceil(_WANTED_S / per_pass), math.floor(_LONGEST_S / per_pass), 64))
    return Cost(passes, FLOOR.memory_kib, FLOOR.lanes)
