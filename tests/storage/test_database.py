"""What can be wrong with a folder or a file: each told apart, each in one sentence, nothing changed."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ssc_hand.domain.changes import Put, whole
from ssc_hand.domain.errors import Unavailable
from ssc_hand.domain.records import Observation, PatientRecord
from ssc_hand.storage import database, driver, key_file, lock, migrations
from ssc_hand.storage.clinic import Clinic
from ssc_hand.storage.failures import Failure, StorageUnavailable, kind_of
from tests.builders import a_patient, a_record, a_visit, the_settings
from tests.clinics import a_user, connect, enter_clinic, found_clinic, give_keys

SETTINGS = the_settings()


def why(folder: Path) -> StorageUnavailable:
    """The failure of opening a folder."""
    with pytest.raises(StorageUnavailable) as caught:
        Clinic.open(folder, by=a_user("Dr. Rey"))
    return caught.value


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder, save the lock and what SQLite makes beside the file to read it."""
    passing = (lock.NAME, "clinic.db-shm", "clinic.db-wal")
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name not in passing}


def _missing(folder: Path) -> Path:
    return folder / "nowhere"


def _a_file(folder: Path) -> Path:
    return folder / "clinic.db"


def _no_clinic(folder: Path) -> Path:
    (folder / "clinic.db").unlink()
    return folder


def _emptied(folder: Path) -> Path:
    (folder / "clinic.db").write_bytes(b"")
    return folder


def _a_text(folder: Path) -> Path:
    (folder / "clinic.db").write_text("Dear colleague,")
    return folder


def _a_folder_in_its_place(folder: Path) -> Path:
    (folder / "clinic.db").unlink()
    (folder / "clinic.db").mkdir()
    return folder


def _a_loop_of_links(folder: Path) -> Path:
    (folder / "clinic.db").unlink()
    (folder / "clinic.db").symlink_to(folder / "clinic.db")
    return folder


def _with(statement: str) -> Callable[[Path], Path]:
    def run(folder: Path) -> Path:
        connection = connect(folder / "clinic.db")
        connection.execute(statement)
        connection.close()
        return folder

    return run


def _a_plain_database(folder: Path, application: int) -> Path:
    path = folder / "clinic.db"
    path.write_bytes(b"")
    connection = driver.connect(path, None)
    connection.execute(f"PRAGMA application_id = {application}")
    connection.execute("CREATE TABLE music (title TEXT)")
    connection.close()
    return folder


def _of_another_program(folder: Path) -> Path:
    return _a_plain_database(folder, application=7)


def _of_an_earlier_version(folder: Path) -> Path:
    return _a_plain_database(folder, application=database.APPLICATION_ID)


def _without_keys(folder: Path) -> Path:
    for name in (key_file.NAME, key_file.COPY):
        (folder / name).unlink()
    return folder


def _with_spoilt_keys(folder: Path) -> Path:
    for name in (key_file.NAME, key_file.COPY):
        (folder / name).write_bytes(b"{}")
    return folder


def _with_the_key_of_another_clinic(folder: Path) -> Path:
    give_keys(folder, "Dr. Rey")
    return folder


def _cut(share: float) -> Callable[[Path], Path]:
    def run(folder: Path) -> Path:
        path = folder / "clinic.db"
        os.truncate(path, int(path.stat().st_size * share))
        return folder

    return run


def _overwritten(folder: Path) -> Path:
    path = folder / "clinic.db"
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * (path.stat().st_size - 100))
    return folder


SPOILT: list[tuple[Callable[[Path], Path], Failure, str]] = [
    (_missing, Failure.FOLDER_MISSING, "does not exist"),
    (_a_file, Failure.FOLDER_IS_FILE, "is a file, not a folder"),
    (_no_clinic, Failure.NO_CLINIC, "no clinic in the folder"),
    (_emptied, Failure.FILE_EMPTY, "is empty"),
    (_a_text, Failure.DAMAGED, "damaged"),
    (_a_folder_in_its_place, Failure.OTHER_KIND, "something else"),
    (_a_loop_of_links, Failure.NO_PERMISSION, "cannot be read"),
    (_with("PRAGMA application_id = 0"), Failure.OTHER_PROGRAM, "another program"),
    (_of_another_program, Failure.OTHER_PROGRAM, "another program"),
    (_of_an_earlier_version, Failure.PLAIN, "not encrypted"),
    (_without_keys, Failure.KEYS_MISSING, "key file of the clinic in"),
    (_with_spoilt_keys, Failure.KEYS_DAMAGED, "damaged, and so is its copy"),
    (_with_the_key_of_another_clinic, Failure.DAMAGED, "damaged"),
    (_with("PRAGMA user_version = 99"), Failure.NEWER, "newer version"),
    (
        _with("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('ssc_hand', 'm002_later')"),
        Failure.NEWER,
        "newer version",
    ),
    (_with("UPDATE measure SET unit = '°F' WHERE key = 'skin_temp'"), Failure.OTHER_UNIT, "another unit"),
    (_with("ALTER TABLE measure RENAME TO mesure"), Failure.DAMAGED, "damaged"),
    (_cut(0.002), Failure.DAMAGED, "damaged"),
    (_cut(0.5), Failure.DAMAGED, "damaged"),
    (_cut(0.99), Failure.DAMAGED, "damaged"),
    (_overwritten, Failure.DAMAGED, "damaged"),
]


@pytest.mark.parametrize(("spoil", "kind", "words"), SPOILT)
def test_what_is_wrong_is_told_apart(closed: Path, spoil: Callable[[Path], Path], kind: Failure, words: str) -> None:
    folder = spoil(closed)
    before = contents(closed) if closed.is_dir() else {}
    failure = why(folder)
    assert failure.kind is kind
    assert words in str(failure)
    assert "Nothing was changed" in str(failure) or kind is Failure.FOLDER_MISSING
    assert contents(closed) == before


def test_nothing_is_laid_beside_the_database_of_another_program(closed: Path) -> None:
    _a_plain_database(closed, application=7)
    (closed / "clinic.lock").unlink()
    assert why(closed).kind is Failure.OTHER_PROGRAM
    assert not (closed / "clinic.lock").exists()


def test_every_failure_has_a_sentence_of_its_own() -> None:
    sentences = [kind.value for kind in Failure]
    assert len(set(sentences)) == len(sentences)
    assert all(sentence.strip().endswith(".") for sentence in sentences)


def test_a_folder_below_a_file_is_no_folder(closed: Path) -> None:
    assert why(closed / "clinic.db" / "deeper").kind is Failure.FOLDER_IS_FILE


# -- rights ------------------------------------------------------------------------------------------------------


def _made_by(folder: Path) -> Path:
    found_clinic(folder, SETTINGS, by="Dr. Rey").close()
    return folder


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "kind"),
    [
        (0o400, 0o700, Failure.FILE_READ_ONLY),
        (0o600, 0o500, Failure.FOLDER_READ_ONLY),
        (0o000, 0o700, Failure.NO_PERMISSION),
        (0o600, 0o000, Failure.NO_PERMISSION),
    ],
)
def test_missing_rights_are_told_apart(as_plain_user: Path, file_mode: int, folder_mode: int, kind: Failure) -> None:
    folder = _made_by(as_plain_user / "clinic")
    (folder / "clinic.db").chmod(file_mode)
    folder.chmod(folder_mode)
    assert why(folder).kind is kind


def test_no_clinic_is_made_where_nothing_may_be_written(as_plain_user: Path) -> None:
    as_plain_user.chmod(0o500)
    with pytest.raises(StorageUnavailable) as inside:
        found_clinic(as_plain_user / "clinic", SETTINGS, by="x")
    with pytest.raises(StorageUnavailable) as itself:
        found_clinic(as_plain_user, SETTINGS, by="x")
    assert inside.value.kind is Failure.NO_PERMISSION
    assert itself.value.kind is Failure.FOLDER_READ_ONLY


def test_nobody_else_may_read_the_clinic(clinic: Clinic) -> None:
    clinic.write(Put(a_patient()))
    assert clinic.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in clinic.folder.iterdir()} == {0o600}


# -- making ------------------------------------------------------------------------------------------------------


def test_a_clinic_is_made_in_an_empty_folder(folder: Path) -> None:
    folder.mkdir()
    with found_clinic(folder, SETTINGS, by="x") as made:
        assert made.settings == SETTINGS
        assert made.folder == folder


def test_a_clinic_is_not_made_among_other_files(folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear")
    with pytest.raises(StorageUnavailable, match="not empty") as caught:
        found_clinic(folder, SETTINGS, by="x")
    assert caught.value.kind is Failure.FOLDER_NOT_EMPTY
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_clinic_is_not_made_over_another(closed: Path) -> None:
    before = contents(closed)
    with pytest.raises(StorageUnavailable, match="not empty"):
        found_clinic(closed, SETTINGS, by="x")
    assert contents(closed) == before


def test_a_clinic_is_not_made_in_a_file(closed: Path) -> None:
    with pytest.raises(StorageUnavailable, match="is a file"):
        found_clinic(closed / "clinic.db", SETTINGS, by="x")


def test_two_programs_do_not_make_one_clinic(folder: Path, impatient: None) -> None:
    folder.mkdir()
    with lock.alone(folder), pytest.raises(StorageUnavailable) as caught:
        found_clinic(folder, SETTINGS, by="x")
    assert caught.value.kind is Failure.FOLDER_NOT_EMPTY


def test_a_clinic_that_appears_meanwhile_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    monkeypatch.setattr(database, "_make_folder", lambda _folder: (folder / "clinic.db").write_text("x") > 9)
    with pytest.raises(StorageUnavailable, match="not empty"):
        found_clinic(folder, SETTINGS, by="x")
    assert (folder / "clinic.db").read_text() == "x"


@pytest.mark.parametrize("is_there", [True, False])
def test_making_that_fails_leaves_nothing(folder: Path, is_there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if is_there:
        folder.mkdir()

    def fail(_db: Any) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(migrations, "STEPS", (migrations.m001_first_tables, fail))
    with pytest.raises(StorageUnavailable) as caught:
        found_clinic(folder, SETTINGS, by="x")
    assert caught.value.kind is Failure.DISK_FULL
    assert folder.exists() is is_there
    assert not is_there or list(folder.iterdir()) == []


def test_what_an_interrupted_making_left_does_not_stand_in_the_way(folder: Path) -> None:
    folder.mkdir()
    (folder / "clinic.db.new").write_bytes(b"half")
    (folder / "clinic.lock").write_bytes(b"")
    with found_clinic(folder, SETTINGS, by="x") as made:
        assert made.check() == []
    assert not (folder / "clinic.db.new").exists()


# -- others at the same file ---------------------------------------------------------------------------------------


def test_several_programs_share_a_clinic(clinic: Clinic) -> None:
    with enter_clinic(clinic.folder, by="Dr. Sol") as other:
        patient = a_patient()
        other.write(Put(patient))
        assert clinic.record(patient.id).patient == patient


def test_a_restore_shuts_others_out_with_one_sentence(closed: Path, impatient: None) -> None:
    with lock.alone(closed):
        failure = why(closed)
    assert failure.kind is Failure.HELD
    assert "being restored or converted" in str(failure)
    enter_clinic(closed, by="x").close()


def test_a_restore_waits_until_nobody_is_in(clinic: Clinic, impatient: None) -> None:
    with pytest.raises(StorageUnavailable) as caught, lock.alone(clinic.folder):
        pytest.fail("the clinic is open")
    assert caught.value.kind is Failure.IN_USE


def test_a_file_that_another_program_keeps_to_itself_is_held(closed: Path, impatient: None) -> None:
    holder = connect(closed / "clinic.db")
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    assert why(closed).kind is Failure.HELD
    holder.close()


def test_a_write_that_waited_in_vain_says_so(clinic: Clinic, folder: Path, impatient: None) -> None:
    with enter_clinic(folder, by="x") as waiting:
        holder = connect(folder / "clinic.db")
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable) as caught:
            waiting.write(Put(a_patient()))
        assert caught.value.kind is Failure.BUSY
        assert waiting.find("") == []
        holder.execute("ROLLBACK")
        holder.close()
        waiting.write(Put(a_patient()))
        assert len(waiting.find("")) == 1


@pytest.mark.parametrize("name", ["clinic.db", "clinic.db-wal"])
def test_a_file_taken_away_while_open_is_noticed_before_a_write(clinic: Clinic, name: str) -> None:
    (clinic.folder / name).unlink()
    with pytest.raises(StorageUnavailable) as caught:
        clinic.write(Put(a_patient()))
    assert caught.value.kind is Failure.REPLACED


def test_a_file_replaced_while_open_is_noticed_before_a_write(clinic: Clinic) -> None:
    path = clinic.folder / "clinic.db"
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)
    with pytest.raises(StorageUnavailable) as caught:
        clinic.save_settings(SETTINGS)
    assert caught.value.kind is Failure.REPLACED


# -- a disk that fails -----------------------------------------------------------------------------------------------


@pytest.fixture
def saved(clinic: Clinic) -> PatientRecord:
    """A record that is in the clinic before its disk fails."""
    record = a_record(a_visit().at("L.D2", crt=2.0))
    clinic.write(*whole(record))
    return clinic.record(record.patient.id)


def test_a_full_disk_loses_nothing_that_was_saved(clinic: Clinic, saved: PatientRecord) -> None:
    connection = clinic._database.connection
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(StorageUnavailable) as caught:
        clinic.write(*(Put(a_patient(str(n), note="x" * 9000)) for n in range(200)))
    assert caught.value.kind is Failure.DISK_FULL
    assert "what was saved before is safe" in str(caught.value)
    assert [line.id for line in clinic.find("")] == [saved.patient.id]
    assert clinic.record(saved.patient.id) == saved
    connection.execute("PRAGMA max_page_count = 1073741823")
    clinic.write(Put(a_patient("5")))
    assert clinic.check() == []


def test_a_file_that_may_not_grow_loses_nothing_that_was_saved(clinic: Clinic, saved: PatientRecord) -> None:
    size = (clinic.folder / "clinic.db-wal").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 5000, hard))
    try:
        with pytest.raises(StorageUnavailable) as caught:
            clinic.write(*(Put(a_patient(str(n), note="x" * 9000)) for n in range(200)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.kind in (Failure.INPUT_OUTPUT, Failure.DISK_FULL)
    assert clinic.record(saved.patient.id) == saved
    clinic.write(Put(a_patient("5")))
    assert clinic.check() == []


class _Failing:
    """The connection of a clinic whose COMMIT reports an error: before or after the rows are in the file."""

    def __init__(self, connection: driver.Connection, *, is_kept: bool) -> None:
        self._connection = connection
        self._is_kept = is_kept

    def execute(self, text: str, *values: Any) -> Any:
        """As the connection does, save at the end of a transaction."""
        if text == "COMMIT":
            self._connection.execute("COMMIT" if self._is_kept else "ROLLBACK")
            raise driver.Error("disk I/O error")
        return self._connection.execute(text, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def _failing_at_commit(clinic: Clinic, *, is_kept: bool) -> None:
    clinic._database.connection = _Failing(clinic._database.connection, is_kept=is_kept)  # type: ignore[assignment]


def _value(record: PatientRecord) -> Observation:
    return next(iter(record.visits[0].observations.values()))


def test_an_error_after_the_rows_were_kept_is_told_as_saved(clinic: Clinic, saved: PatientRecord) -> None:
    _failing_at_commit(clinic, is_kept=True)
    (stamp,) = clinic.write(Put(replace(_value(saved), value=9.0), saved.visits[0].id))
    kept = _value(clinic.record(saved.patient.id))
    assert (kept.value, kept.stamp) == (9.0, stamp)


def test_an_error_before_the_rows_were_kept_is_told_as_not_saved(clinic: Clinic, saved: PatientRecord) -> None:
    _failing_at_commit(clinic, is_kept=False)
    with pytest.raises(StorageUnavailable, match="was not saved") as caught:
        clinic.write(Put(replace(_value(saved), value=9.0), saved.visits[0].id))
    assert caught.value.kind is Failure.INPUT_OUTPUT
    assert _value(clinic.record(saved.patient.id)).value == 2.0


def test_an_error_whose_outcome_cannot_be_read_says_that(
    clinic: Clinic, saved: PatientRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path, _key: str) -> driver.Connection:
        raise driver.Error("disk I/O error")

    _failing_at_commit(clinic, is_kept=True)
    monkeypatch.setattr(database, "connect", fail)
    with pytest.raises(StorageUnavailable) as caught:
        clinic.write(Put(replace(_value(saved), value=9.0), saved.visits[0].id))
    assert caught.value.kind is Failure.UNCLEAR
    with pytest.raises(StorageUnavailable) as settings:
        clinic.save_settings(SETTINGS)
    assert settings.value.kind is Failure.UNCLEAR


def _named(name: str, text: str = "") -> driver.Error:
    error = driver.Error(text)
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (_named("SQLITE_FULL"), Failure.DISK_FULL),
        (_named("SQLITE_IOERR_WRITE"), Failure.INPUT_OUTPUT),
        (_named("SQLITE_IOERR_NOMEM"), Failure.NO_MEMORY),
        (_named("SQLITE_READONLY_DIRECTORY"), Failure.FOLDER_READ_ONLY),
        (_named("SQLITE_READONLY_DBMOVED"), Failure.REPLACED),
        (_named("SQLITE_BUSY_SNAPSHOT"), Failure.BUSY),
        (driver.Error("database or disk is full"), Failure.DISK_FULL),
        (driver.Error("Could not decode to UTF-8 column 'note'"), Failure.DAMAGED),
        (_named("SQLITE_MISMATCH"), Failure.UNKNOWN),
        (MemoryError(), Failure.NO_MEMORY),
        (OSError(28, "no space"), Failure.DISK_FULL),
        (OSError(9999, "?"), Failure.INPUT_OUTPUT),
    ],
)
def test_an_error_of_the_driver_is_told_by_its_kind(error: BaseException, kind: Failure) -> None:
    assert kind_of(error) is kind


def test_an_unknown_error_never_quotes_a_row(clinic: Clinic) -> None:
    connection = clinic._database.connection
    with pytest.raises(Unavailable, match="SQLITE_ERROR") as caught, clinic._database.reading():
        connection.execute("SELECT \"Rojas\" FROM 'Rojas'")
    assert "Rojas" not in str(caught.value)


def test_a_row_that_is_no_record_is_told_and_found_by_the_check(clinic: Clinic, saved: PatientRecord) -> None:
    connection = clinic._database.connection
    connection.execute("UPDATE patient SET sex = 'sometimes'")
    for read in (lambda: clinic.record(saved.patient.id), lambda: clinic.find("")):
        with pytest.raises(StorageUnavailable) as caught:
            read()
        assert caught.value.kind is Failure.UNREADABLE
    assert any(saved.patient.id in line for line in clinic.check())
