"""The check finds what is wrong with the file and with its records, and never shows damage as another kind of error."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ssc_hand.domain.changes import Put, whole
from ssc_hand.domain.errors import SscHandError
from ssc_hand.storage.clinic import Clinic
from tests.builders import a_patient, a_record, a_visit, the_settings
from tests.clinics import enter_clinic, found_clinic


@pytest.fixture
def filled(clinic: Clinic) -> Clinic:
    """Two patients, each with an ulcer."""
    for number in "12":
        visit = a_visit().at("L.D2", crt=2.0).with_ulcer("L.D2").with_ulcer("L.D3")
        clinic.write(*whole(a_record(visit, patient=a_patient(number))))
    return clinic


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE lesion SET patient_id = (SELECT id FROM patient WHERE record_number = '2')", "another patient: 2"),
        ("UPDATE patient SET withdrawn_at = 'x', withdrawn_by = 'x'", "Visits of a withdrawn patient: 2"),
        ("UPDATE lesion SET follows = (SELECT id FROM lesion LIMIT 1)", "follow one of another patient: 2"),
        ("UPDATE lesion SET patient_id = 'nobody'", "lesion: a row refers to one of patient that is not there"),
        ("UPDATE observation SET site = 'R.D9'", "cannot be read"),
        ("UPDATE visit SET at = 'once'", "cannot be read"),
        ("UPDATE lesion SET aspect = 'inside'", "cannot be read"),
        ("UPDATE observation SET reason = 'mood', value = NULL", "cannot be read"),
        ("INSERT INTO patient_words (rowid, words) VALUES (99, 'ghost')", "damaged"),
    ],
)
def test_the_check_tells_what_is_wrong(filled: Clinic, statement: str, told: str) -> None:
    connection = filled._database.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("UPDATE lesion SET letter = hex(randomblob(4))")
    connection.execute(statement)
    assert any(told in line for line in filled.check()), filled.check()


def _spoil(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _each in range(chance.randint(1, 40)):
        data[chance.randrange(100, len(data))] = chance.randrange(256)
    path.write_bytes(data)


def _use(folder: Path) -> None:
    """Everything that reads, then a write."""
    with enter_clinic(folder, by="x") as clinic:
        clinic.check()
        assert clinic.settings.name
        for line in clinic.find("") + clinic.recent():
            clinic.record(line.id)
        clinic.write(Put(a_patient("new")))


def test_a_spoilt_file_is_never_an_error_without_a_sentence(tmp_path: Path) -> None:
    original = tmp_path / "original"
    with found_clinic(original, the_settings(), by="x") as clinic:
        for number in range(20):
            visit = a_visit().at("L.D2", crt=2.0).with_ulcer("L.D2")
            clinic.write(*whole(a_record(visit, patient=a_patient(str(number)))))
    data = (original / "clinic.db").read_bytes()
    noticed = 0
    for seed in range(60):
        folder = tmp_path / str(seed)
        folder.mkdir()
        (folder / "clinic.db").write_bytes(data)
        _spoil(folder / "clinic.db", random.Random(seed))
        try:
            _use(folder)
        except SscHandError as told:
            noticed += 1
            assert str(told).endswith(".")
    # Plain SQLite does not notice every changed byte; that it notices many shows that this test can fail.
    assert noticed > 10
