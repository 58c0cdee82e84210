"""The clinic behind the window: what is asked for and what is answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ssc_hand.domain.clinic import ClinicSettings
from ssc_hand.domain.errors import Refused, Unavailable
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import Expected, Side
from ssc_hand.ui.models.clinic_model import ClinicModel, StorageJobs
from tests.builders import a_patient, a_procedure, a_record, a_visit, the_settings
from tests.clinics import a_user, enter_clinic
from tests.ui.desk import WHO, Clock, make_clinic

ANA, BO = a_patient("1001", "Rojas", given_name="Ana"), a_patient("1002", "Berg", given_name="Bo")


class Told:
    """Everything the model says, by the name of its signal."""

    def __init__(self, model: ClinicModel) -> None:
        names = (
            "opened open_failed patients_found expected_found record_loaded saved number_found number_unknown failed"
        )
        self.by_name: dict[str, list[Any]] = {name: [] for name in names.split()}
        for name, answers in self.by_name.items():
            getattr(model, name).connect(answers.append)

    def __getattr__(self, name: str) -> list[Any]:
        return self.by_name[name]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "clinic"
    make_clinic(made, a_record(a_visit("2025-09-01T09:00").final(), patient=ANA), a_record(patient=BO))
    return made


@pytest.fixture
def storage() -> Iterator[StorageJobs]:
    made = StorageJobs()
    yield made
    made.close()


@pytest.fixture
def model(storage: StorageJobs) -> ClinicModel:
    return ClinicModel(storage, Clock())


@pytest.fixture
def told(model: ClinicModel) -> Told:
    return Told(model)


@pytest.fixture
def opened(model: ClinicModel, storage: StorageJobs, folder: Path, told: Told, qtbot: QtBot) -> ClinicModel:
    model.open(folder, a_user(WHO))
    qtbot.waitUntil(lambda: not storage.is_busy)
    return model


@pytest.fixture
def wait(storage: StorageJobs, qtbot: QtBot) -> Any:
    return lambda: qtbot.waitUntil(lambda: not storage.is_busy)


def on_disk(folder: Path, number: str = "1001") -> PatientRecord:
    """A patient as a second program reads it."""
    with enter_clinic(folder, by="another") as clinic:
        return clinic.by_number(number)


def test_an_opened_clinic_tells_what_it_is(opened: ClinicModel, told: Told) -> None:
    (settings,) = told.opened
    assert isinstance(settings, ClinicSettings) and settings == the_settings()


def test_a_folder_without_a_clinic_is_told_as_such(model: ClinicModel, told: Told, tmp_path: Path, wait: Any) -> None:
    model.open(tmp_path / "nowhere", a_user(WHO))
    wait()
    (error,) = told.open_failed
    assert isinstance(error, Unavailable)
    assert told.opened == []


def test_an_empty_search_gives_the_recent_and_a_text_finds(opened: ClinicModel, told: Told, wait: Any) -> None:
    opened.find("  ")
    wait()
    opened.find("roj")
    wait()
    assert [[line.record_number for line in lines] for lines in told.patients_found] == [["1002", "1001"], ["1001"]]


def test_only_the_last_question_is_answered(opened: ClinicModel, told: Told, wait: Any) -> None:
    for text in ("r", "ro", "roj", "ber"):
        opened.find(text)
    wait()
    (lines,) = told.patients_found
    assert [line.full_name for line in lines] == ["Berg, Bo"]


def test_a_question_that_was_dropped_is_not_answered(opened: ClinicModel, told: Told, wait: Any) -> None:
    opened.find("roj")
    opened.drop_search()
    wait()
    assert told.patients_found == []


def test_a_patient_is_read_whole(opened: ClinicModel, told: Told, wait: Any) -> None:
    opened.load(ANA.id)
    wait()
    (record,) = told.record_loaded
    assert (record.patient, len(record.visits)) == (ANA, 1)


def test_a_patient_who_is_not_there_is_told(opened: ClinicModel, told: Told, wait: Any) -> None:
    opened.load("nobody")
    opened.look_up_number("9999")
    wait()
    assert [type(error) for error in (*told.failed, *told.number_unknown)] == [Refused, Refused]


def test_a_record_number_finds_its_patient(opened: ClinicModel, told: Told, wait: Any) -> None:
    opened.look_up_number(" 1002 ")
    wait()
    assert told.number_found == [BO]


def test_a_new_patient_is_on_disk_when_it_is_said_to_be_saved(
    opened: ClinicModel, told: Told, folder: Path, wait: Any
) -> None:
    new = a_patient("1003", "<b>O'Brien & Søn</b>")
    opened.save_patient(new, told.failed.append)
    wait()
    assert told.saved == [new.id]
    assert on_disk(folder, "1003").patient == new


def test_a_record_number_that_is_taken_goes_to_the_one_who_asked(opened: ClinicModel, told: Told, wait: Any) -> None:
    refused: list[Any] = []
    opened.save_patient(a_patient("1001", "Li"), refused.append)
    wait()
    assert "1001" in str(refused[0]) and isinstance(refused[0], Refused)
    assert told.saved == [] == told.failed


def test_a_birth_date_in_the_future_is_refused_at_once(opened: ClinicModel, told: Told) -> None:
    with pytest.raises(Refused, match="future"):
        opened.save_patient(replace(ANA, birth_date=dt.date(2030, 1, 1)), told.failed.append)


def test_a_procedure_is_put_and_withdrawn_with_its_reason(
    opened: ClinicModel, told: Told, folder: Path, wait: Any
) -> None:
    procedure = a_procedure(ANA, Side.LEFT, note="40 ml")
    opened.put(ANA.id, procedure, told.failed.append)
    wait()
    (stored,) = on_disk(folder).procedures
    assert stored == procedure
    opened.withdraw(stored, "wrong side", told.failed.append)
    wait()
    assert on_disk(folder).procedures == ()
    assert told.saved == [ANA.id, ANA.id] and told.failed == []


def test_a_visit_moves_to_the_right_patient_and_keeps_why(
    opened: ClinicModel, told: Told, folder: Path, wait: Any
) -> None:
    visit = on_disk(folder).visits[0]
    opened.move_visit(visit, BO, ("Rojas, Ana (1001)", "Berg, Bo (1002)"), "wrong chart", "Dr. Lind")
    wait()
    (moved,) = on_disk(folder, "1002").visits
    assert moved.remarks == (
        "Moved 2 Mar 2026, 09:30 by Dr. Lind from Rojas, Ana (1001) to Berg, Bo (1002): wrong chart",
    )
    assert told.saved == [BO.id]
    assert visit.id not in {each.id for each in on_disk(folder).visits}


def test_patients_are_expected_today_and_taken_off_again(opened: ClinicModel, told: Told, wait: Any) -> None:
    opened.expect(("1002", "1001"))
    opened.unexpect(ANA.id)
    opened.look_up_expected()
    wait()
    lists = [[line.patient.record_number for line in lines] for lines in told.expected_found]
    assert [sorted(each) for each in lists] == [["1001", "1002"], ["1002"], ["1002"]]
    assert told.expected_found[-1][0].state is Expected.NOT_BEGUN


def test_an_unknown_number_puts_nobody_on_the_list(opened: ClinicModel, told: Told, wait: Any) -> None:
    refused: list[Any] = []
    opened.expect(("1001", "9999"), refused.append)
    opened.look_up_expected()
    wait()
    assert "9999" in str(refused[0])
    assert told.expected_found == [[]]


def test_settings_of_the_clinic_are_kept_and_told(opened: ClinicModel, told: Told, folder: Path, wait: Any) -> None:
    new = the_settings(telephone="555 01 02", older_from=65)
    opened.save_settings(new)
    wait()
    assert told.opened[-1] == new
    with enter_clinic(folder, by="another") as clinic:
        assert clinic.settings == new
