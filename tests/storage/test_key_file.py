"""The key file: who may open a clinic, what is bound to what, and what becomes of a file that was changed."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from ssc_hand.domain.clinic import Purpose
from ssc_hand.domain.people import NotSignedIn, SignIn
from ssc_hand.storage import key_file, secrets
from ssc_hand.storage.access import found_access, unlock
from ssc_hand.storage.failures import Failure, StorageUnavailable
from ssc_hand.storage.key_file import KeyFile, KeyFileDamagedError
from ssc_hand.storage.secrets import CHEAP, FLOOR, Cost, DataKey
from tests.clinics import give_keys

ANA = SignIn("Ana Ruiz", "three cold fingers")
MUTATIONS = 1000


@pytest.fixture
def key() -> DataKey:
    return DataKey.make()


@pytest.fixture
def keys(key: DataKey) -> KeyFile:
    return key_file.new_key_file(Purpose.TEST).with_user(ANA, key, CHEAP)


def test_a_passphrase_opens_and_another_does_not(keys: KeyFile, key: DataKey) -> None:
    assert keys.unlock(ANA) == key
    for name, passphrase in (("Ana Ruiz", "three cold finger"), ("Bo Lind", "three cold fingers"), ("Ana Ruiz", "")):
        with pytest.raises(NotSignedIn, match="The name or the passphrase is not right"):
            keys.unlock(SignIn(name, passphrase))


def test_a_name_is_found_whatever_its_capitals_and_kept_as_it_was_given(keys: KeyFile, key: DataKey) -> None:
    assert keys.unlock(replace(ANA, name="ana RUIZ")) == key
    assert keys.user("ana RUIZ") == "Ana Ruiz"


def test_the_same_letters_from_another_keyboard_are_the_same_passphrase(key: DataKey) -> None:
    composed, decomposed = "señora fría 12", "sen\u0303ora fri\u0301a 12"
    keys = key_file.new_key_file(Purpose.TEST).with_user(SignIn("x", composed), key, CHEAP)
    assert keys.unlock(SignIn("x", decomposed)) == key


def test_a_new_passphrase_takes_the_place_of_the_old_one_and_the_key_stays(keys: KeyFile, key: DataKey) -> None:
    changed = keys.with_user(SignIn("Ana Ruiz", "five warm fingers"), key, CHEAP)
    assert changed.users == ("Ana Ruiz",)
    assert changed.unlock(SignIn("Ana Ruiz", "five warm fingers")) == key
    with pytest.raises(NotSignedIn):
        changed.unlock(ANA)


def test_who_was_taken_out_cannot_come_in(keys: KeyFile) -> None:
    with pytest.raises(NotSignedIn):
        keys.without_user("ana ruiz").unlock(ANA)


def test_the_recovery_code_opens_however_it_is_typed(keys: KeyFile, key: DataKey) -> None:
    code = key_file.new_code()
    assert len(code.split()) == 8 and len(key_file.code_letters(code)) == 32
    keys = keys.with_recovery(code, key, CHEAP)
    assert keys.recover(code.lower().replace(" ", "-")) == key
    assert keys.users == ("Ana Ruiz",)
    with pytest.raises(NotSignedIn):
        keys.recover(key_file.new_code())
    with pytest.raises(NotSignedIn):
        keys.unlock(SignIn("", key_file.code_letters(code)))


def test_every_part_that_is_bound_to_a_slot_makes_it_useless_when_changed(keys: KeyFile, key: DataKey) -> None:
    other = keys.with_user(SignIn("Bo Lind", "another one"), key, CHEAP)
    ana, bo = other.slots
    forged = (
        replace(keys, purpose=Purpose.CLINIC),
        replace(keys, clinic_id="another"),
        replace(keys, slots=(replace(ana, user="Bo Lind"),)),
        replace(keys, slots=(replace(ana, wrapped=replace(ana.wrapped, cost=Cost(2, 1024, 1))),)),
        replace(keys, slots=(replace(ana, wrapped=replace(bo.wrapped)),)),
    )
    for each in forged:
        for name in ("Ana Ruiz", "Bo Lind"):
            with pytest.raises(NotSignedIn):
                each.unlock(SignIn(name, ANA.passphrase))


def test_what_is_written_is_read_and_no_secret_stands_in_it(keys: KeyFile, key: DataKey, tmp_path: Path) -> None:
    key_file.write(tmp_path, keys)
    assert key_file.read(tmp_path) == keys
    content = (tmp_path / key_file.NAME).read_bytes()
    assert content == (tmp_path / key_file.COPY).read_bytes()
    assert ANA.passphrase.encode() not in content and key.secret not in content
    assert key.database.encode() not in content
    assert all((tmp_path / each).stat().st_mode & 0o777 == 0o600 for each in (key_file.NAME, key_file.COPY))
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("spoilt", [key_file.NAME, key_file.COPY])
def test_one_whole_copy_is_enough(keys: KeyFile, tmp_path: Path, spoilt: str) -> None:
    key_file.write(tmp_path, keys)
    (tmp_path / spoilt).write_bytes(b"\x00" * 40)
    assert key_file.read(tmp_path) == keys
    (tmp_path / spoilt).unlink()
    assert key_file.read(tmp_path) == keys


def test_no_secret_is_shown_where_an_object_is_printed(keys: KeyFile, key: DataKey, tmp_path: Path) -> None:
    give_keys(tmp_path, "x")
    access, _keys = found_access(Purpose.TEST, ANA)
    for each in (ANA, key, access):
        assert ANA.passphrase not in repr(each) and "secret=" not in repr(each)


def test_the_three_keys_of_a_clinic_differ(key: DataKey) -> None:
    assert len({key.database, key.audit.hex(), key.manifest.hex(), key.secret.hex()}) == 4


def test_a_real_clinic_costs_at_least_the_floor() -> None:
    cost = secrets.calibrated()
    assert cost.is_enough and cost.is_sane
    assert not CHEAP.is_enough
    assert Cost(FLOOR.passes, FLOOR.memory_kib, 1).is_enough


def _mutated(content: bytes, dice: random.Random) -> bytes:
    spoilt = bytearray(content)
    match dice.randrange(4):
        case 0:
            for _flip in range(dice.randint(1, 8)):
                spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
        case 1:
            del spoilt[dice.randrange(len(spoilt)) :]
        case 2:
            at = dice.randrange(len(spoilt))
            spoilt[at:at] = dice.randbytes(dice.randint(1, 30))
        case _:
            one, other = sorted(dice.sample(range(len(spoilt)), 2))
            spoilt[one:other] = b""
    return bytes(spoilt)


def test_a_changed_key_file_is_refused_or_harmless_and_never_opens_with_another_key(
    keys: KeyFile, key: DataKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each change the outcome is one of three: told as damaged, told as not the passphrase, or no change at all."""
    derive, costs = secrets._derive, []

    def cheap(passphrase: str, salt: bytes, cost: Cost) -> bytes:
        costs.append(cost)
        return derive(passphrase, salt, cost if cost == CHEAP else Cost(1, 8, 1))

    monkeypatch.setattr(secrets, "_derive", cheap)
    content, dice, seen = key_file.dump(keys), random.Random(4), {"damaged": 0, "refused": 0, "harmless": 0}
    for _time in range(MUTATIONS):
        spoilt = _mutated(content, dice)
        for name in (key_file.NAME, key_file.COPY):
            (tmp_path / name).write_bytes(spoilt)
        try:
            assert unlock(tmp_path, ANA).key == key
            seen["harmless"] += 1
        except StorageUnavailable as unavailable:
            assert unavailable.kind is Failure.KEYS_DAMAGED
            seen["damaged"] += 1
        except NotSignedIn:
            seen["refused"] += 1
    assert all(cost.is_sane for cost in costs), "no file may ask for more than is sane"
    assert seen["damaged"] > MUTATIONS / 2 and seen["refused"] > 0, seen


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b'{"version": 1}',
        b'{"version": 2, "clinic": "a", "purpose": "test", "slots": []}',
        b'{"version": 1, "clinic": "a", "purpose": "bank", "slots": []}',
        b'{"version": 1, "clinic": 1, "purpose": "test", "slots": []}',
        b'{"version": 1, "clinic": "a", "purpose": "test", "slots": {}}',
        b'{"version": 1, "clinic": "a", "purpose": "test", "slots": [{}]}',
        b"[" * 60_000,
        b"\xff\xfe",
        b"x" * 70_000,
    ],
)
def test_what_is_no_key_file_is_told_as_damaged(content: bytes) -> None:
    with pytest.raises(KeyFileDamagedError):
        key_file.parse(content)
