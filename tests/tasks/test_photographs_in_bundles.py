"""Photographs leave a clinic only when asked, and come into another as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssc_hand.domain.changes import whole
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.records import PatientRecord
from ssc_hand.tasks import export_bundle as errand
from ssc_hand.tasks.check_clinic import check_clinic
from ssc_hand.tasks.export_bundle import export_bundle
from ssc_hand.tasks.import_bundle import import_bundle, read_bundle
from tests.builders import a_record, a_visit, the_settings
from tests.clinics import a_user, enter_clinic, found_clinic
from tests.pictures import PLAIN_JPEG, a_photograph

BY = a_user("Dr Example")


@pytest.fixture
def record() -> PatientRecord:
    """A patient with a photographed ulcer."""
    made = a_record(a_visit().with_ulcer("R.D2.distal").final())
    return made.with_photograph(a_photograph(made.visits[0].id, lesion_id=made.lesions[0].id))


@pytest.fixture
def folder(tmp_path: Path, record: PatientRecord) -> Path:
    """The clinic of that patient."""
    with found_clinic(tmp_path / "clinic", the_settings(), by=BY.name) as clinic:
        clinic.write(*whole(record, {record.photographs[0].id: PLAIN_JPEG}))
    return tmp_path / "clinic"


def test_a_bundle_tells_of_photographs_and_holds_none_unless_asked(folder: Path, tmp_path: Path) -> None:
    export_bundle(folder, tmp_path / "plain.json", by=BY)
    text = read_bundle(tmp_path / "plain.json")
    assert '"sha256"' in text
    assert '"jpeg"' not in text


@pytest.mark.parametrize("into", ["new", "existing"])
def test_pictures_come_into_another_clinic_as_they_were(
    folder: Path, tmp_path: Path, record: PatientRecord, into: str
) -> None:
    first, second, other = tmp_path / "1.json", tmp_path / "2.json", tmp_path / "other"
    if into == "existing":
        found_clinic(other, the_settings(), by=BY.name).close()
    export_bundle(folder, first, by=BY, photographs=True)
    import_bundle(other, read_bundle(first), by=BY)
    with enter_clinic(other, by=BY.name) as clinic:
        assert clinic.record(record.patient.id).photographs == record.photographs
        assert clinic.picture(record.photographs[0].id) == PLAIN_JPEG
    assert check_clinic(other, by=BY) == []
    export_bundle(other, second, by=BY, photographs=True)
    assert second.read_bytes() == first.read_bytes()


def test_descriptions_alone_come_back_and_forth_and_a_missing_picture_is_no_damage(
    folder: Path, tmp_path: Path, record: PatientRecord
) -> None:
    export_bundle(folder, tmp_path / "1.json", by=BY)
    import_bundle(tmp_path / "other", read_bundle(tmp_path / "1.json"), by=BY)
    assert check_clinic(tmp_path / "other", by=BY) == []
    with enter_clinic(tmp_path / "other", by=BY.name) as clinic:
        assert clinic.picture(record.photographs[0].id) is None
    export_bundle(tmp_path / "other", tmp_path / "2.json", by=BY, photographs=True)
    assert (tmp_path / "2.json").read_bytes() == (tmp_path / "1.json").read_bytes()


def test_more_pictures_than_a_bundle_holds_are_refused_before_they_are_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errand, "MOST_BYTES", 100)
    with pytest.raises(Refused, match="fewer patients"):
        export_bundle(folder, tmp_path / "1.json", by=BY, photographs=True)
    assert not (tmp_path / "1.json").exists()
