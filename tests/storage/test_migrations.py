"""From an empty file to today's tables, from an older file with a copy kept, and back where a step fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ssc_hand.domain.changes import Put, whole
from ssc_hand.storage import database, driver, migrations, schema
from ssc_hand.storage.failures import Failure, StorageUnavailable
from tests.builders import a_patient, a_record, a_visit, the_settings
from tests.clinics import connect, enter_clinic, found_clinic, give_keys, key_of

GOLDEN = Path(__file__).parents[1] / "golden" / "schema.sql"
RELEASED = migrations.STEPS


def m999_grip_of_the_day(db: Any) -> None:
    """A step of tomorrow."""
    db.conn.execute("CREATE TABLE tomorrow (id TEXT PRIMARY KEY) STRICT")


def m999_that_fails(db: Any) -> None:
    """A step that fails half way."""
    db.conn.execute("CREATE TABLE tomorrow (id TEXT PRIMARY KEY) STRICT")
    db.conn.execute("CREATE TABLE tomorrow (id TEXT PRIMARY KEY) STRICT")


def m999_that_loses_parents(db: Any) -> None:
    """A step that forgets what rows refer to."""
    db.conn.execute("DROP TRIGGER patient_no_delete")
    db.conn.execute("DELETE FROM patient")


def tables(path: Path) -> str:
    """Every table, index and trigger of a file, as it was made."""
    connection = connect(path)
    found = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'patient_words_%' "
        "AND name NOT LIKE 'capture@_%' ESCAPE '@' ORDER BY name"
    ).fetchall()
    connection.close()
    return ";\n\n".join(str(sql) for (sql,) in found) + ";\n"


def test_an_empty_file_becomes_the_golden_schema(closed: Path) -> None:
    assert tables(closed / "clinic.db") == GOLDEN.read_text(encoding="utf-8")


def test_every_table_is_strict_and_says_who_and_when(closed: Path) -> None:
    connection = connect(closed / "clinic.db")
    listed = connection.execute("PRAGMA table_list").fetchall()
    ours = {row[1]: row[5] for row in listed if not str(row[1]).startswith(("sqlite_", "_sqlite", "patient_words"))}
    helpers = {"measure", "touched", "desk", "photograph_content", "forestalled", "change_log", "seal"}
    assert set(ours) == {*schema.STAMPED, *helpers}
    assert set(ours.values()) == {1}
    stamps = {"created_at", "created_by", "changed_at", "changed_by", "version", "withdrawn_at", "withdrawn_by"}
    for table in schema.STAMPED:
        assert stamps <= {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    connection.close()


@pytest.fixture
def filled(closed: Path) -> Path:
    """The folder of a closed clinic with one patient."""
    with enter_clinic(closed, by="x") as clinic:
        clinic.write(*whole(a_record(a_visit().at("L.D2", crt=2.0))))
    return closed


def test_an_older_file_is_converted_after_a_copy(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*RELEASED, m999_grip_of_the_day))
    with enter_clinic(filled, by="x") as clinic:
        assert len(clinic.find("")) == 1
        clinic.write(Put(a_patient("2")))
        assert clinic.check() == []
    assert "tomorrow" in tables(filled / "clinic.db")
    (copy,) = (filled / "backups").iterdir()
    assert copy.name.startswith(f"clinic-version-{len(RELEASED)}-")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert "tomorrow" not in tables(copy)
    enter_clinic(filled, by="x").close()
    assert list((filled / "backups").iterdir()) == [copy]


@pytest.mark.parametrize("version", range(1, len(RELEASED)))
def test_a_file_of_an_earlier_release_is_converted_with_all_its_records(
    tmp_path: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "clinic"
    before = a_file_as_it_was_made(folder, version, monkeypatch)
    with enter_clinic(folder, by="x") as clinic:
        assert len(clinic.find("ruiz")) == 1
        record = clinic.by_number("0001")
        assert [(o.site.code, o.measure, o.value) for o in record.visits[0].observations.values()] == [
            ("R.D2", "crt", 2.5)
        ]
        assert record.visits[0].findings == "cold hands"
        assert clinic.check() == []
    assert tables(folder / "clinic.db") == GOLDEN.read_text(encoding="utf-8")
    (copy,) = (folder / "backups").iterdir()
    assert copy.name.startswith(f"clinic-version-{version}-")
    assert tables(copy) == before


def a_file_as_it_was_made(folder: Path, version: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a clinic as an earlier release did, with one patient and one visit; gives its tables."""
    folder.mkdir(mode=0o700)
    give_keys(folder, "x")
    path = folder / "clinic.db"
    path.touch(mode=0o600)
    connection = connect(path)
    connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID:d}")
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", RELEASED[:version])
        migrations.migrate(connection)
    assert connection.execute("PRAGMA user_version").fetchone() == (version,)
    stamp = ("2026-03-02T09:30:00+00:00", "Dr. Rey") * 2 + (1,)
    stamps = "created_at, created_by, changed_at, changed_by, version"
    for statement, values in (
        ("INSERT INTO measure (key, unit) VALUES (?, ?)", ("crt", "s")),
        (
            "INSERT INTO patient (id, record_number, family_name, sort_name, words, "
            f"{stamps}) VALUES ('p', '0001', 'Ruiz', 'ruiz', 'ruiz 0001', ?, ?, ?, ?, ?)",
            stamp,
        ),
        ("INSERT INTO patient_words (rowid, words) SELECT number, words FROM patient", ()),
        (
            f"INSERT INTO visit (id, patient_id, at, kind, findings, state, {stamps}) VALUES "
            "('v', 'p', '2026-03-02T09:30:00+00:00', 'baseline', 'cold hands', 'final', ?, ?, ?, ?, ?)",
            stamp,
        ),
    ):
        connection.execute(statement, values)
    connection.execute("UPDATE visit SET state = 'draft', remarks = 'again'")
    connection.execute(
        f"INSERT INTO observation (visit_id, site, measure, repeat, value, {stamps}) VALUES "
        "('v', 'R.D2', 'crt', 1, 2.5, ?, ?, ?, ?, ?)",
        stamp,
    )
    connection.execute("UPDATE visit SET state = 'final'")
    connection.close()
    return tables(path)


@pytest.mark.parametrize("step", [m999_that_fails, m999_that_loses_parents])
def test_a_step_that_fails_leaves_the_file_as_it_was(filled: Path, step: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables(filled / "clinic.db")
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*RELEASED, step))
        with pytest.raises(StorageUnavailable) as caught:
            enter_clinic(filled, by="x")
    assert caught.value.kind is Failure.MIGRATION
    assert tables(filled / "clinic.db") == before
    with enter_clinic(filled, by="x") as clinic:
        assert len(clinic.find("")) == 1
        assert clinic.check() == []


def test_a_clinic_that_is_open_elsewhere_is_not_converted(
    filled: Path, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with enter_clinic(filled, by="x"):
        monkeypatch.setattr(migrations, "STEPS", (*RELEASED, m999_grip_of_the_day))
        with pytest.raises(StorageUnavailable) as caught:
            enter_clinic(filled, by="y")
    assert caught.value.kind is Failure.IN_USE


def test_a_copy_that_is_not_whole_stops_the_conversion(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*RELEASED, m999_grip_of_the_day))
    real = driver.connect

    def losing(path: Path, key: str | None, *, read_only: bool = False) -> driver.Connection:
        if read_only:
            spoiler = real(path, key)
            spoiler.execute("DROP TRIGGER observation_no_delete")
            spoiler.execute("DELETE FROM observation")
            spoiler.close()
        return real(path, key, read_only=read_only)

    monkeypatch.setattr(database, "connect", losing)
    with pytest.raises(StorageUnavailable) as caught:
        enter_clinic(filled, by="x")
    assert caught.value.kind is Failure.MIGRATION
    assert list((filled / "backups").iterdir()) == []
    assert "tomorrow" not in tables(filled / "clinic.db")


def test_a_program_that_comes_second_finds_the_work_done(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database._convert(filled / "clinic.db", key_of(filled).database, lambda _connection: pytest.fail("converted"))
    assert not (filled / "backups").exists()


def test_a_clinic_made_today_is_whole(tmp_path: Path) -> None:
    with found_clinic(tmp_path / "new", the_settings(), by="x") as clinic:
        assert clinic.check() == []
