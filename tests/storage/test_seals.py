"""The log of changes and its chain: every write is captured and sealed, and whatever is altered is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ssc_hand.domain.audit import Deed
from ssc_hand.domain.changes import Put, Withdraw, whole
from ssc_hand.domain.records import PatientRecord
from ssc_hand.storage import anchor, capture, seals
from ssc_hand.storage.clinic import Clinic
from ssc_hand.storage.driver import Connection, Error
from ssc_hand.storage.failures import Failure, StorageUnavailable
from tests.builders import a_patient, a_record, a_visit, the_settings
from tests.clinics import connect, enter_clinic, key_of

Statement = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def saved(clinic: Clinic) -> PatientRecord:
    record = a_record(a_visit().at("L.D2", crt=2.0).at("R.D2", crt=3.5).with_ulcer("L.D2.distal"))
    clinic.write(*whole(record))
    return clinic.record(record.patient.id)


def verdict(folder: Path) -> list[str]:
    connection = connect(folder / "clinic.db")
    found = seals.verify(connection, key_of(folder).audit)
    found += [f"{table}: {n}" for table, n in capture.differences(connection).items()]
    connection.close()
    return found


def test_a_value_leaves_its_old_and_its_new_state(clinic: Clinic, saved: PatientRecord, statement: Statement) -> None:
    value = next(iter(saved.visits[0].observations.values()))
    clinic.write(Put(replace(value, value=4.5), saved.visits[0].id))
    old, new = statement("SELECT old, new FROM change_log WHERE tab = 'observation' ORDER BY n DESC LIMIT 1")[0]
    assert (json.loads(old)["value"], json.loads(new)["value"]) == (value.value, 4.5)
    assert json.loads(new)["changed_by"] == "Dr. Rey"


def test_one_transaction_is_one_link_that_says_who_what_whose_and_why(
    clinic: Clinic, saved: PatientRecord, statement: Statement
) -> None:
    clinic.write(Put(replace(saved.patient, note="moved")), reason="wrote again")
    seal = seals.last(clinic._database.connection)
    assert seal is not None
    assert (seal.user, seal.deed, seal.patient_id, seal.reason) == (
        "Dr. Rey", Deed.WRITE, saved.patient.id, "wrote again"
    )  # fmt: skip
    assert statement("SELECT max(n) FROM change_log") == [(seal.last_log,)]
    assert seal.last_log > seal.first_log - 1
    assert verdict(clinic.folder) == []


def test_what_is_done_without_writing_is_a_link_too(clinic: Clinic, saved: PatientRecord) -> None:
    seal = clinic.note(Deed.PRINT, patient_id=saved.patient.id)
    assert (seal.deed, seal.patient_id, seal.first_log > seal.last_log) == (Deed.PRINT, saved.patient.id, True)
    assert verdict(clinic.folder) == []


def test_a_refused_write_leaves_no_link(clinic: Clinic, saved: PatientRecord) -> None:
    before = seals.last(clinic._database.connection)
    with pytest.raises(Exception, match="already belongs"):
        clinic.write(Put(a_patient(saved.patient.record_number)))
    assert seals.last(clinic._database.connection) == before


def test_pictures_are_not_copied_into_the_log(clinic: Clinic) -> None:
    (table,) = (each for each in capture.captured(clinic._database.connection) if each.name == "photograph_content")
    assert table.columns == ("photograph_id",)


FORBIDDEN = (
    "UPDATE change_log SET new = '{}'",
    "UPDATE change_log SET n = n + 100",
    "DELETE FROM change_log",
    "DELETE FROM change_log WHERE n = (SELECT max(n) FROM change_log)",
    "REPLACE INTO change_log (n, tab, key, op) VALUES (1, 'patient', '[]', 'I')",
    "INSERT OR REPLACE INTO change_log (n, tab, key, op) VALUES (2, 'patient', '[]', 'I')",
    "INSERT INTO change_log (n, tab, key, op) VALUES (1, 'a', 'b', 'I') ON CONFLICT (n) DO UPDATE SET key = 'x'",
    "UPDATE seal SET user = 'nobody'",
    "DELETE FROM seal",
    "DELETE FROM seal WHERE n = (SELECT max(n) FROM seal)",
    "REPLACE INTO seal SELECT n, first_log, last_log, at, 'nobody', deed, patient_id, reason, mac FROM seal",
    "INSERT INTO seal SELECT n, first_log, last_log, at, 'nobody', deed, patient_id, reason, mac FROM seal WHERE 1 "
    "ON CONFLICT (n) DO UPDATE SET user = 'nobody'",
)


@pytest.mark.parametrize("attempt", FORBIDDEN)
def test_the_log_and_the_chain_are_only_added_to(
    clinic: Clinic, saved: PatientRecord, statement: Statement, attempt: str
) -> None:
    with pytest.raises(Error, match="only added to"):
        statement(attempt)
    assert verdict(clinic.folder) == []


def _without_guard(connection: Connection, table: str, *statements: str) -> None:
    for kind in ("update", "delete"):
        connection.execute(f"DROP TRIGGER {table}_no_{kind}")
    for each in statements:
        connection.execute(each)


ATTACKS: dict[str, Callable[[Connection], object]] = {
    "a state in the log is edited": lambda c: _without_guard(
        c, "change_log", "UPDATE change_log SET new = replace(new, '3.5', '2.5') WHERE tab = 'observation'"
    ),
    "a row is put into the log": lambda c: c.execute(
        "INSERT INTO change_log (tab, key, op) VALUES ('observation', '[]', 'D')"
    ),
    "a row of the log is taken out": lambda c: _without_guard(
        c, "change_log", "DELETE FROM change_log WHERE n = (SELECT max(n) - 2 FROM change_log)"
    ),
    "two links change places": lambda c: _without_guard(
        c,
        "seal",
        "UPDATE seal SET n = -1 WHERE n = (SELECT max(n) FROM seal)",
        "UPDATE seal SET n = n + 1 WHERE n = (SELECT max(n) FROM seal)",
        "UPDATE seal SET n = (SELECT max(n) - 1 FROM seal) WHERE n = -1",
    ),
    "a link says another user": lambda c: _without_guard(c, "seal", "UPDATE seal SET user = 'Dr. Lind' WHERE n = 2"),
    "a link in the middle is taken out": lambda c: _without_guard(c, "seal", "DELETE FROM seal WHERE n = 2"),
    "a value is changed with its trigger switched off": lambda c: (
        c.execute("DROP TRIGGER capture_observation_update"),
        c.execute("UPDATE observation SET value = 9.0 WHERE site = 'R.D2'"),
    ),
    "a value is written by another program": lambda c: c.execute("UPDATE observation SET value = 9.0"),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_whatever_is_altered_is_found(
    clinic: Clinic, saved: PatientRecord, attack: Callable[[Connection], object]
) -> None:
    clinic.note(Deed.PRINT, patient_id=saved.patient.id)
    clinic.close()
    assert verdict(clinic.folder) == []
    connection = connect(clinic.folder / "clinic.db")
    attack(connection)
    connection.close()
    assert verdict(clinic.folder) != []


def test_what_another_program_wrote_is_never_taken_for_an_entry_of_the_next_user(
    clinic: Clinic, saved: PatientRecord, statement: Statement
) -> None:
    statement("UPDATE observation SET value = 9.0 WHERE site = 'R.D2'")
    clinic.write(Put(a_patient("2002")))
    deeds = [deed for (deed,) in statement("SELECT deed FROM seal ORDER BY n DESC LIMIT 2")]
    assert deeds == ["write", "outside"]
    assert ["something else than this program wrote 1 rows" in line for line in verdict(clinic.folder)] == [True]


def test_an_older_file_in_its_place_takes_no_more_entries(clinic: Clinic, saved: PatientRecord) -> None:
    folder = clinic.folder
    clinic.close()
    older = (folder / "clinic.db").read_bytes()
    with enter_clinic(folder, by="Dr. Rey") as again:
        again.write(Put(a_patient("2002")))
    (folder / "clinic.db").write_bytes(older)
    with enter_clinic(folder, by="Dr. Rey") as opened:
        assert opened.record(saved.patient.id) == saved
        with pytest.raises(StorageUnavailable, match="an older file lies in its place") as caught:
            opened.write(Put(a_patient("3003")))
    assert caught.value.kind is Failure.OLDER_FILE


@pytest.mark.parametrize("kind", ["insert", "update", "delete"])
def test_a_safeguard_that_is_gone_stops_every_entry(clinic: Clinic, saved: PatientRecord, kind: str) -> None:
    names = [f"capture_{table.name}_{kind}" for table in capture.captured(clinic._database.connection)]
    clinic.close()
    for name in names:
        connection = connect(clinic.folder / "clinic.db")
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        connection.execute(f"DROP TRIGGER {name}")
        assert capture.missing(connection) == [name]
        with enter_clinic(clinic.folder, by="Dr. Rey") as opened, pytest.raises(StorageUnavailable) as caught:
            opened.write(Put(a_patient("2002")))
        assert caught.value.kind is Failure.SAFEGUARD
        connection.execute(sql)
        connection.close()
    with enter_clinic(clinic.folder, by="Dr. Rey") as opened:
        opened.write(Put(a_patient("2002")))


def test_the_anchor_lies_beside_the_file_after_each_session(clinic: Clinic, saved: PatientRecord) -> None:
    assert not (clinic.folder / anchor.NAME).exists()
    last = seals.last(clinic._database.connection)
    clinic.close()
    assert last is not None
    kept = json.loads((clinic.folder / anchor.NAME).read_text())
    assert (kept["n"], kept["mac"]) == (last.n, last.mac)
    assert (clinic.folder / anchor.NAME).stat().st_mode & 0o777 == 0o600


def test_the_log_replayed_is_what_stands_in_the_tables(clinic: Clinic, saved: PatientRecord) -> None:
    visit = saved.visits[0]
    for observation in visit.observations.values():
        clinic.write(Withdraw(observation, visit.id))
    clinic.save_settings(the_settings(name="Another name"))
    assert capture.differences(clinic._database.connection) == {}
