"""Errands on real clinics: made whole or not at all, exported and imported without loss."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ssc_hand.domain.clinic import ClinicSettings, PatientLine, Purpose
from ssc_hand.domain.errors import Refused, Unavailable
from ssc_hand.domain.vocabulary import Sex
from ssc_hand.storage.clinic import Clinic
from ssc_hand.storage.failures import Failure, StorageUnavailable
from ssc_hand.tasks import new_clinic
from ssc_hand.tasks.check_clinic import check_clinic
from ssc_hand.tasks.demo.records import demo_records
from ssc_hand.tasks.demo_clinic import write_demo
from ssc_hand.tasks.export_bundle import export_bundle
from ssc_hand.tasks.import_bundle import import_bundle, read_bundle
from ssc_hand.tasks.list_patients import as_lines, list_patients
from ssc_hand.tasks.make_clinic import make_clinic
from ssc_hand.tasks.new_clinic import write_new
from ssc_hand.tasks.print_summary import Form, pick_visit, print_summary
from tests.clinics import a_user, admit, enter_clinic
from tests.exchange.given import ULCER, bundle, patient, visit

BY = a_user("Dr Example")
TWO = bundle(patient(visit(lesions=[ULCER])), patient(record_number="0013"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "clinic"
    write_demo(folder)
    admit(folder, BY.name)
    return folder


def test_the_demo_clinic_is_well_and_says_what_it_is(demo: Path) -> None:
    assert check_clinic(demo, by=BY) == []
    with enter_clinic(demo, by=BY.name) as clinic:
        assert clinic.settings.purpose is Purpose.DEMO


def test_the_demo_clinic_comes_out_the_same_after_export_and_import(demo: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert export_bundle(demo, first, by=BY) == len(demo_records())
    import_bundle(tmp_path / "again", read_bundle(first), by=BY)
    export_bundle(tmp_path / "again", second, by=BY)
    assert second.read_bytes() == first.read_bytes()
    assert check_clinic(tmp_path / "again", by=BY) == []


def test_one_patient_can_be_exported_alone(demo: Path, tmp_path: Path) -> None:
    assert export_bundle(demo, tmp_path / "one.json", by=BY, record_number="DEMO-021") == 1
    (record,) = import_bundle(tmp_path / "clinic", read_bundle(tmp_path / "one.json"), by=BY)
    assert record.patient.family_name == "Παπαδοπούλου"
    with pytest.raises(Refused, match="no patient with the record number"):
        export_bundle(demo, tmp_path / "none.json", by=BY, record_number="none")
    assert not (tmp_path / "none.json").exists()


def test_an_import_makes_the_clinic_where_it_is_absent(tmp_path: Path) -> None:
    import_bundle(tmp_path / "deep" / "clinic", TWO, by=BY)
    with enter_clinic(tmp_path / "deep" / "clinic", by=BY.name) as clinic:
        assert clinic.settings.purpose is Purpose.TEST, "a clinic of real patients is made by the set-up"
        record = clinic.by_number("0012")
    assert record.visits[0].stamp and record.visits[0].stamp.by == BY.name


def test_an_import_with_one_known_record_number_imports_nothing(tmp_path: Path) -> None:
    import_bundle(tmp_path / "clinic", TWO, by=BY)
    again = bundle(patient(record_number="0001"), patient(record_number="0013"))
    with pytest.raises(Refused, match=r"The record number 0013 is already in the clinic\. Nothing was imported"):
        import_bundle(tmp_path / "clinic", again, by=BY)
    assert [line.record_number for line in list_patients(tmp_path / "clinic", by=BY)] == ["0012", "0013"]


def test_an_import_with_an_id_of_another_patient_imports_nothing(tmp_path: Path) -> None:
    uuid = "01a20a62-e81c-706c-bb46-91d946bb18f1"
    import_bundle(tmp_path / "clinic", bundle(patient(visit(lesions=[{**ULCER, "id": uuid}]))), by=BY)
    for other in (patient(visit(lesions=[{**ULCER, "id": uuid}]), record_number="2"),):
        with pytest.raises(Refused, match="an id that is already in the clinic"):
            import_bundle(tmp_path / "clinic", bundle(other), by=BY)
    assert len(list_patients(tmp_path / "clinic", by=BY)) == 1


def test_a_refused_bundle_makes_no_clinic(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        import_bundle(tmp_path / "clinic", bundle(patient(nose=1)), by=BY)
    assert list(tmp_path.iterdir()) == []


def test_a_clinic_that_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    twice = [demo_records()[0]] * 2
    for folder in (tmp_path / "a" / "b", tmp_path / "empty"):
        with pytest.raises(Refused):
            write_new(folder, ClinicSettings(name="Test"), twice, by=BY)
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]


def test_a_folder_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Unavailable, match="is not empty"):
        write_demo(tmp_path)
    with pytest.raises(Unavailable, match="is a file"):
        write_demo(tmp_path / "notes.txt")
    with pytest.raises(Unavailable, match="could not be made"):
        write_demo(tmp_path / "notes.txt" / "clinic")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_becomes_the_clinic(tmp_path: Path) -> None:
    make_clinic(tmp_path, "Hand clinic", by=BY, demo=False)
    with enter_clinic(tmp_path, by=BY.name) as clinic:
        assert (clinic.settings.name, clinic.settings.purpose) == ("Hand clinic", Purpose.CLINIC)
        assert clinic.all_ids() == []
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


def test_what_a_killed_import_left_in_an_empty_folder_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / ".ssc-hand-abc.part" / "clinic").mkdir(parents=True)
    import_bundle(tmp_path, TWO, by=BY)
    assert len(list_patients(tmp_path, by=BY)) == 2


def test_an_empty_disk_that_has_no_links_becomes_the_clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_place: Path, _made: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    import_bundle(tmp_path, TWO, by=BY)
    assert len(list_patients(tmp_path, by=BY)) == 2


@pytest.mark.parametrize("is_there", [True, False])
def test_a_clinic_made_meanwhile_by_another_program_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    folder = tmp_path / "clinic"
    if is_there:
        folder.mkdir()
    made = new_clinic._put_in_place

    def second(part: Path, place: Path) -> None:
        monkeypatch.setattr(new_clinic, "_put_in_place", made)
        import_bundle(folder, bundle(patient(record_number="first")), by=BY)
        made(part, place)

    monkeypatch.setattr(new_clinic, "_put_in_place", second)
    with pytest.raises(Unavailable, match="could not be made"):
        import_bundle(folder, TWO, by=BY)
    assert [line.record_number for line in list_patients(folder, by=BY)] == ["first"]


def test_a_full_disk_is_told_of_the_folder_that_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_clinic: Clinic, *_changes: object) -> None:
        raise StorageUnavailable(Failure.DISK_FULL, tmp_path / ".ssc-hand-abc.part")

    monkeypatch.setattr(Clinic, "write", full)
    with pytest.raises(Unavailable) as told:
        import_bundle(tmp_path / "clinic", TWO, by=BY)
    assert f"the disk of {tmp_path / 'clinic'} and" in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_a_first_start_can_ask_for_synthetic_patients(tmp_path: Path) -> None:
    make_clinic(tmp_path / "clinic", "Mine", by=BY, demo=True)
    with enter_clinic(tmp_path / "clinic", by=BY.name) as clinic:
        assert (clinic.settings.name, clinic.settings.purpose) == ("Mine", Purpose.DEMO)
        assert clinic.all_ids()


def test_files_that_are_no_bundle_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes("{\xe4}".encode("latin-1"))
    (tmp_path / "bom.json").write_bytes(b"\xef\xbb\xbf{}")
    with pytest.raises(Refused, match="not a text in UTF-8"):
        read_bundle(tmp_path / "latin.json")
    assert read_bundle(tmp_path / "bom.json") == "{}"
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(Unavailable, match=r"could not be read: .* Nothing was imported"):
            read_bundle(path)


def test_a_line_of_the_list_keeps_to_its_columns() -> None:
    line = PatientLine(
        id="p",
        record_number="1\t2",
        full_name="A\nB\\",
        birth_date=None,
        sex=Sex.FEMALE,
        visits=3,
        last_visit=None,
        has_draft=False,
    )
    assert as_lines([line]) == ["1\\t2\tA\\nB\\\\\t\t3"]


def test_everybody_is_listed_however_many_there_are(tmp_path: Path) -> None:
    many = bundle(*(patient(record_number=str(number)) for number in range(250)))
    import_bundle(tmp_path / "clinic", many, by=BY)
    assert len(list_patients(tmp_path / "clinic", by=BY)) == 250
    assert len(list_patients(tmp_path / "clinic", by=BY, find="ruiz")) == 250


def test_a_visit_is_picked_by_last_day_or_id(demo: Path) -> None:
    with enter_clinic(demo, by=BY.name) as clinic:
        record = clinic.by_number("DEMO-001")
    first, last = record.visits[0], record.visits[-1]
    assert pick_visit(record, "last") == last
    assert pick_visit(record, first.day.isoformat()) == first
    assert pick_visit(record, first.id) == first
    for wanted in ("1999-01-01", "none"):
        with pytest.raises(Refused, match="has no visit"):
            pick_visit(record, wanted)
    with pytest.raises(Refused, match="not a day"):
        pick_visit(record, "2026-13-40")


def test_two_visits_of_one_day_are_both_named_and_neither_is_printed(tmp_path: Path) -> None:
    text = bundle(patient(visit("2026-03-02T09:30:00-06:00"), visit("2026-03-02T15:00:00-06:00")))
    (record,) = import_bundle(tmp_path / "clinic", text, by=BY)
    with pytest.raises(Refused) as refused:
        print_summary(tmp_path / "clinic", "0012", tmp_path / "a.pdf", by=BY, visit="2026-03-02")
    assert all(each.id in str(refused.value) for each in record.visits)
    assert not (tmp_path / "a.pdf").exists()


def test_a_patient_without_visits_has_no_summary(tmp_path: Path) -> None:
    import_bundle(tmp_path / "clinic", TWO, by=BY)
    with pytest.raises(Refused, match="no visit yet"):
        print_summary(tmp_path / "clinic", "0013", tmp_path / "a.pdf", by=BY)


def test_a_summary_is_a_pdf_on_the_paper_asked_for(demo: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader  # noqa: PLC0415 - slow to load, and only here

    print_summary(demo, "DEMO-024", tmp_path / "a.pdf", by=BY, form=Form(paper="Letter"))
    assert [round(float(size)) for size in PdfReader(tmp_path / "a.pdf").pages[0].mediabox[2:]] == [612, 792]


def test_photographs_are_printed_only_when_asked_for(demo: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader  # noqa: PLC0415 - slow to load, and only here

    print_summary(demo, "DEMO-029", tmp_path / "plain.pdf", by=BY)
    print_summary(demo, "DEMO-029", tmp_path / "shown.pdf", by=BY, form=Form(photographs=True))
    plain, shown = (PdfReader(tmp_path / name).pages for name in ("plain.pdf", "shown.pdf"))
    assert not any(page.images for page in plain)
    assert [len(page.images) for page in shown if page.images] == [2]


def test_photographs_of_a_visit_without_any_are_refused_and_nothing_is_written(demo: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="has no photographs"):
        print_summary(demo, "DEMO-001", tmp_path / "a.pdf", by=BY, form=Form(photographs=True))
    assert not (tmp_path / "a.pdf").exists()
