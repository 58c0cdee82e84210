"""The patient's page."""

from __future__ import annotations

import weakref
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Digit, parse_site
from ssc_hand.domain.background_terms import AllergyStatus, Grade, MedicineKind, Smoking
from ssc_hand.domain.changes import Put
from ssc_hand.domain.clinic import ClinicSettings
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.errors import Conflict, Refused, Unavailable
from ssc_hand.domain.injections import Injection
from ssc_hand.domain.vocabulary import AmputationLevel, ProcedureKind, ProcedureState, Sex, Side
from ssc_hand.ui.forms.field_form import FieldForm
from ssc_hand.ui.patients.editor import PatientEditor
from ssc_hand.ui.patients.record_section import RecordSection, Withdrawal
from tests.clinics import found_clinic
from tests.ui.patients.people import HOSTILE, a_complication, a_medicine, a_procedure, a_record, an_amputation, now
from tests.ui.scripted_prompts import ScriptedPrompts


@pytest.fixture
def prompts() -> ScriptedPrompts:
    return ScriptedPrompts("entered twice")


@pytest.fixture
def page(qtbot: QtBot, prompts: ScriptedPrompts) -> PatientEditor:
    made = PatientEditor(now, prompts)
    qtbot.addWidget(made)
    made.resize(700, 900)
    made.show()
    return made


def fill(qtbot: QtBot, form: FieldForm, **texts: str) -> None:
    """Type into the lines of a form."""
    for key, text in texts.items():
        line = form.editor(key).entry
        assert isinstance(line, QLineEdit)
        line.setFocus()
        line.selectAll()
        qtbot.keyClicks(line, text)


def press(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Press the visible button whose text begins so."""
    found = [b for b in widget.findChildren(QAbstractButton) if b.text().startswith(text) and b.isVisibleTo(widget)]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def save(qtbot: QtBot, page: PatientEditor) -> None:
    """Press the Save of the person."""
    qtbot.mouseClick(page._save, Qt.MouseButton.LeftButton)


def add(qtbot: QtBot, page: PatientEditor, section: RecordSection) -> FieldForm:
    """Turn to a section and begin a record; its form."""
    page.show_part(section)
    press(qtbot, section, "Add")
    return section.form


def saved_by(page: PatientEditor) -> list[Any]:
    """What the page asks to save, person or record."""
    found: list[Any] = []
    for signal in (page.save_requested, page.procedure_save_requested, page.amputation_save_requested):
        signal.connect(found.append)
    return found


def test_a_new_patient_is_saved_whole(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    fill(qtbot, page.form, record_number="1024", family_name=HOSTILE, birth_date="12.3.1964")
    page.form.editor("sex").entry.setCurrentIndex(1)  # type: ignore[attr-defined]
    save(qtbot, page)
    (patient,) = saved
    assert (patient.record_number, patient.family_name) == ("1024", HOSTILE)
    assert (patient.birth_date, patient.sex) == (date(1964, 3, 12), Sex.FEMALE)
    assert patient.id


def test_a_patient_without_a_needed_field_is_not_saved(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    fill(qtbot, page.form, record_number="1024")
    save(qtbot, page)
    assert saved == []
    assert "needed" in page.form.editor("family_name").error


def test_a_birth_date_in_the_future_is_refused_beside_it(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    fill(qtbot, page.form, record_number="1024", family_name="Li", birth_date="2026-03-03")
    save(qtbot, page)
    assert saved == []
    assert "future" in page.form.editor("birth_date").error


def test_a_record_number_that_is_taken_is_told_beside_it_and_nothing_is_lost(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    fill(qtbot, page.form, record_number="1024", family_name="Li")
    save(qtbot, page)
    page.show_failure(Refused("Record number: 1024 belongs to another patient. Nothing was saved."))
    assert "another patient" in page.form.editor("record_number").error
    fill(qtbot, page.form, record_number="1025")
    save(qtbot, page)
    assert [patient.record_number for patient in saved] == ["1024", "1025"]
    assert saved[0].id == saved[1].id


def test_a_patient_is_not_saved_twice_while_the_answer_is_awaited(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    fill(qtbot, page.form, record_number="1024", family_name="Li")
    save(qtbot, page)
    save(qtbot, page)
    assert len(saved) == 1


def test_a_full_disk_is_told_and_save_can_be_pressed_again(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    fill(qtbot, page.form, record_number="1024", family_name="Li")
    save(qtbot, page)
    page.show_failure(Unavailable("The disk is full."))
    assert page.error == "The disk is full."
    save(qtbot, page)
    assert len(saved) == 2


def test_amending_keeps_what_was_not_touched(page: PatientEditor, qtbot: QtBot) -> None:
    record = a_record()
    saved = saved_by(page)
    page.show_record(record)
    fill(qtbot, page.form, given_name="Akiko")
    save(qtbot, page)
    (patient,) = saved
    assert (patient.id, patient.given_name, patient.birth_date) == ("p1", "Akiko", record.patient.birth_date)


def test_a_new_patient_inherits_nothing_from_the_last_one(page: PatientEditor) -> None:
    page.show_record(a_record())
    page.show_new()
    assert all(page.form.editor(key).value is None for key in page.form.keys)
    assert not page.procedures.isVisible()


def test_unsaved_changes_stay_while_a_procedure_of_the_same_person_is_saved(page: PatientEditor, qtbot: QtBot) -> None:
    page.show_record(a_record())
    fill(qtbot, page.form, given_name="Akiko")
    assert page.has_changes
    page.show_record(a_record(procedures=(a_procedure(Side.LEFT, ProcedureState.PLANNED),)))
    assert page.form.editor("given_name").read() == "Akiko"
    assert len(page.procedures.lines) == 1


def test_cancel_leaves(page: PatientEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.cancelled):
        press(qtbot, page, "Cancel")


def choose(form: FieldForm, key: str, label: str) -> None:
    """Choose a word of a list."""
    combo: Any = form.editor(key).entry
    combo.setCurrentText(label)


def test_a_procedure_is_added(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record())
    add(qtbot, page, page.procedures)
    form = page.procedures.form
    choose(form, "kind", "Sympathectomy")
    choose(form, "side", "right")
    choose(form, "state", "done")
    press(qtbot, form, "index")
    fill(qtbot, form, date="2024-05")
    press(qtbot, page.procedures, "Save")
    (procedure,) = saved
    assert (procedure.patient_id, procedure.kind, procedure.side) == ("p1", ProcedureKind.SYMPATHECTOMY, Side.RIGHT)
    assert (procedure.digits, procedure.date) == ((Digit.D2,), "2024-05")


def test_a_procedure_done_in_the_future_is_refused_beside_its_date(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record(procedures=(a_procedure(Side.LEFT, ProcedureState.DONE, "2024"),)))
    page.show_part(page.procedures)
    press(qtbot, page.procedures, "Change")
    fill(qtbot, page.procedures.form, date="2031")
    press(qtbot, page.procedures, "Save")
    assert saved == []
    assert "future" in page.procedures.form.editor("date").error


def test_an_amputation_names_its_digit(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record())
    add(qtbot, page, page.amputations)
    choose(page.amputations.form, "site", "left ring")
    choose(page.amputations.form, "level", AmputationLevel.DIP.label)
    press(qtbot, page.amputations, "Save")
    (amputation,) = saved
    assert (amputation.site, amputation.level) == (parse_site("L.D4"), AmputationLevel.DIP)


def test_a_thumb_has_no_middle_phalanx_to_lose(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record())
    add(qtbot, page, page.amputations)
    choose(page.amputations.form, "site", "left thumb")
    choose(page.amputations.form, "level", AmputationLevel.MIDDLE.label)
    press(qtbot, page.amputations, "Save")
    assert saved == []
    assert "thumb" in page.amputations.form.error


def test_changing_an_amputation_begins_with_what_is_recorded(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record(amputations=(an_amputation(),)))
    page.show_part(page.amputations)
    press(qtbot, page.amputations, "Change")
    fill(qtbot, page.amputations.form, date="2023")
    press(qtbot, page.amputations, "Save")
    (amputation,) = saved
    assert (amputation.id, amputation.site, amputation.date) == ("amputation", parse_site("R.D3"), "2023")


def test_the_form_closes_when_the_record_comes_back(page: PatientEditor, qtbot: QtBot) -> None:
    page.show_record(a_record())
    add(qtbot, page, page.procedures)
    for key, label in (("kind", "Fat graft"), ("side", "left"), ("state", "planned")):
        choose(page.procedures.form, key, label)
    press(qtbot, page.procedures, "Save")
    assert page.procedures.form.isVisible()
    page.show_record(a_record(procedures=(a_procedure(Side.LEFT, ProcedureState.PLANNED),)))
    assert not page.procedures.form.isVisible()


def test_another_patient_closes_a_form_that_is_open(page: PatientEditor, qtbot: QtBot) -> None:
    page.show_record(a_record())
    add(qtbot, page, page.procedures)
    page.show_new()
    page.show_record(a_record())
    assert not page.procedures.form.isVisible()


def test_withdrawing_asks_why(page: PatientEditor, qtbot: QtBot, prompts: ScriptedPrompts) -> None:
    amputation = an_amputation()
    page.show_record(a_record(amputations=(amputation,)))
    wish = Withdrawal(amputation, "entered twice")
    with qtbot.waitSignal(page.withdraw_requested, check_params_cb=lambda told: told == wish):
        press(qtbot, page.amputations, "Withdraw")
    assert "right middle: amputated 2024" in prompts.asked[0][1]


def test_turning_away_from_the_question_withdraws_nothing(qtbot: QtBot) -> None:
    page = PatientEditor(now, ScriptedPrompts(None))
    qtbot.addWidget(page)
    page.show_record(a_record(amputations=(an_amputation(),)))
    with qtbot.assertNotEmitted(page.withdraw_requested):
        press(qtbot, page.amputations, "Withdraw")


def test_the_buttons_of_a_line_say_what_they_are_for(page: PatientEditor) -> None:
    page.show_record(a_record(procedures=(a_procedure(Side.LEFT, ProcedureState.PLANNED),)))
    section: RecordSection = page.procedures
    names = [button.accessibleName() for button in section.lines[0].findChildren(QPushButton)]
    assert names == ["Change PLANNED: LEFT, Fat and ADSVF", "Withdraw… PLANNED: LEFT, Fat and ADSVF"]


def test_a_page_that_nobody_holds_is_freed_at_once(qtbot: QtBot) -> None:
    page = PatientEditor(now, ScriptedPrompts())
    page.show_record(a_record(amputations=(an_amputation(),)))
    freed = weakref.ref(page)
    del page
    assert freed() is None


def test_the_clinic_names_the_record_number_first_so_that_it_is_told_beside_it(
    page: PatientEditor, tmp_path: Path
) -> None:
    first = a_record().patient
    with found_clinic(tmp_path / "clinic", ClinicSettings(name="Hand clinic"), by="Dr Lind") as clinic:
        clinic.write(Put(first))
        with pytest.raises(Refused) as refusal:
            clinic.write(Put(replace(first, id="p2")))
    page.show_failure(refusal.value)
    assert "another patient" in page.form.editor("record_number").error


def shown(page: PatientEditor) -> list[str]:
    """The tabs that can be turned to."""
    return [page.tabs.tabText(n) for n in range(page.tabs.count()) if page.tabs.isTabVisible(n)]


def test_a_new_patient_has_no_lists_yet(page: PatientEditor) -> None:
    assert shown(page) == ["Person", "Risks", "Classification", "Study"]
    page.show_record(a_record())
    assert shown(page)[2:5] == ["Medicines", "Procedures", "Complications"]


def test_risks_and_criteria_are_saved_with_the_person(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record())
    page.show_part(page.risks)
    press(qtbot, page.risks, "none known")
    press(qtbot, page.risks, "smokes")
    fill(qtbot, page.risks, pack_years="20,5")
    page.show_part(page.ever_present)
    press(qtbot, page.ever_present, "yes")
    save(qtbot, page)
    (patient,) = saved
    assert (patient.allergy_status, patient.smoking) == (AllergyStatus.NONE_KNOWN, Smoking.CURRENT)
    assert (patient.pack_years, patient.ever_proximal_skin, patient.ever_puffy) == (20.5, True, None)


def test_a_contradiction_is_shown_beside_its_field_in_its_tab(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record())
    page.show_part(page.risks)
    press(qtbot, page.risks, "none known")
    fill(qtbot, page.risks, allergies="latex")
    page.show_part(page.form)
    save(qtbot, page)
    assert saved == []
    assert page.risks.isVisible()
    assert "keep one of them" in page.risks.editor("allergy_status").error


def test_a_number_that_is_none_turns_to_its_tab(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record())
    page.show_part(page.risks)
    fill(qtbot, page.risks, pack_years="many")
    page.show_part(page.form)
    save(qtbot, page)
    assert saved == []
    assert page.risks.isVisible()
    assert "not a number" in page.risks.editor("pack_years").error


def test_none_taken_is_recorded_with_the_day_it_was_asked(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record())
    page.show_part(page.medicines)
    assert page.said_of_medicines == "Medicines today: not recorded."
    press(qtbot, page, "None taken")
    assert page.has_changes
    save(qtbot, page)
    (patient,) = saved
    assert patient.medicines_none_on == "2026-03-02"
    page.show_record(replace(a_record(), patient=patient))
    assert page.said_of_medicines == "Medicines today: none taken (asked 2 Mar 2026)."


def test_a_medicine_is_added_and_listed_before_those_that_were_stopped(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    stopped = a_medicine(MedicineKind.ANALGESIC, stop=PartialDate("2025"))
    page.show_record(a_record(medicines=(stopped,)))
    form = add(qtbot, page, page.medicines)
    choose(form, "kind", "iloprost or other prostacyclin")
    fill(qtbot, form, name="iloprost", start="2026-02-23", last_dose="2026-02-27")
    press(qtbot, page.medicines, "Save")
    (medicine,) = saved
    assert (medicine.patient_id, medicine.kind, medicine.last_dose) == ("p1", MedicineKind.PROSTACYCLIN, "2026-02-27")
    page.show_record(a_record(medicines=(stopped, medicine)))
    first, second = (line.findChildren(QLabel)[0].text() for line in page.medicines.lines)
    assert first.startswith("iloprost") and second.startswith("analgesic")
    assert page.said_of_medicines == "Unchanged since 23 Feb 2026."


def test_a_stop_before_the_start_is_refused_beside_it(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record())
    form = add(qtbot, page, page.medicines)
    choose(form, "kind", "steroid")
    fill(qtbot, form, start="2026", stop="2025")
    press(qtbot, page.medicines, "Save")
    assert saved == []
    assert "before the start" in form.editor("stop").error


def test_volumes_are_asked_for_where_something_is_injected(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record())
    form = add(qtbot, page, page.procedures)
    choose(form, "kind", "Arthrodesis")
    assert not form.editor("injections").isVisible()
    choose(form, "kind", "Fat and ADSVF")
    assert form.editor("injections").isVisible()
    choose(form, "side", "left")
    choose(form, "state", "done")
    fill(qtbot, form, fat_ml="40")
    sites: Any = form.editor("injections").entry
    sites.setPlainText("palm: 10 + 0,5\ndorsum: ten")
    press(qtbot, page.procedures, "Save")
    assert "dorsum: ten" in form.editor("injections").error
    sites.setPlainText("palm: 10 + 0,5\ndorsum: 10")
    form.editor("injections").settle()
    assert form.editor("injections").remark == "In all: 20 ml fat + 0.5 ml ADSVF"
    press(qtbot, page.procedures, "Save")
    (procedure,) = saved
    assert procedure.injections == (Injection("palm", 10.0, 0.5), Injection("dorsum", 10.0))
    page.show_record(a_record(procedures=(procedure,)))
    told = [label.text() for label in page.procedures.lines[0].findChildren(QLabel)]
    assert told[1] == "Fat in all: 40 ml, but the sites add up to 20 ml."


def test_hyperbaric_oxygen_asks_for_no_side_and_another_kind_asks_again(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record())
    form = add(qtbot, page, page.procedures)
    choose(form, "kind", "Hyperbaric oxygen")
    choose(form, "state", "done")
    assert not form.editor("side").isVisible() and not form.editor("digits").isVisible()
    choose(form, "kind", "Arthrodesis")
    assert form.editor("side").isVisible() and form.editor("side").value is None
    choose(form, "kind", "Hyperbaric oxygen")
    fill(qtbot, form, date="2025")
    press(qtbot, page.procedures, "Save")
    (procedure,) = saved
    assert procedure.words == "Hyperbaric oxygen, done 2025"


def test_a_complication_can_be_put_down_to_a_procedure(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    operation = a_procedure(Side.LEFT, ProcedureState.DONE, "2025")
    page.show_record(a_record(procedures=(operation,)))
    form = add(qtbot, page, page.complications)
    choose(form, "kind", "infection")
    choose(form, "procedure_id", operation.words)
    press(qtbot, form, "moderate")
    fill(qtbot, form, date="2025-12", action="oral antibiotic")
    press(qtbot, page.complications, "Save")
    (complication,) = saved
    assert (complication.procedure_id, complication.grade) == (operation.id, Grade.MODERATE)
    page.show_record(a_record(procedures=(operation,), complications=(complication,)))
    qtbot.waitUntil(page.complications.lines[0].isVisible)
    press(qtbot, page.complications, "Change")
    assert page.complications.form.editor("procedure_id").value == operation.id


def test_a_complication_after_a_procedure_that_was_withdrawn_can_still_be_changed(
    page: PatientEditor, qtbot: QtBot
) -> None:
    page.show_record(a_record(complications=(a_complication(procedure_id="gone"),)))
    page.show_part(page.complications)
    press(qtbot, page.complications, "Change")
    assert page.complications.form.isVisible()


def test_a_conflict_over_a_medicine_is_told_in_its_section(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record())
    form = add(qtbot, page, page.medicines)
    choose(form, "kind", "steroid")
    press(qtbot, page.medicines, "Save")
    page.show_failure(Conflict("The medicine was changed by Dr Ito."))
    assert page.error == ""
    assert "Dr Ito" in page.medicines.form.error
    press(qtbot, page.medicines, "Save")
    assert len(saved) == 2


def test_the_classification_follows_the_answers_before_they_are_saved(page: PatientEditor, qtbot: QtBot) -> None:
    page.show_record(a_record())
    page.show_part(page.ever_present)
    assert page.said_of_classification.endswith("not recorded.")
    assert "for classification, not diagnosis" in page.said_of_classification
    press(qtbot, page.ever_present.editor("ever_raynaud"), "yes")
    assert "hand items so far 3 points" in page.said_of_classification
    page.show_new()
    assert page.said_of_classification.endswith("not recorded.")


def test_the_keys_of_save_save_what_is_being_typed(page: PatientEditor, qtbot: QtBot) -> None:
    saved = saved_by(page)
    page.show_record(a_record())
    form = add(qtbot, page, page.medicines)
    choose(form, "kind", "steroid")
    fill(qtbot, form, dose="5 mg")
    qtbot.keyClick(form.editor("dose").entry, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (medicine,) = saved
    assert medicine.dose == "5 mg"
    page.show_record(a_record(medicines=(medicine,)))
    assert not form.isVisible()
    page.show_part(page.form)
    fill(qtbot, page.form, given_name="Akiko")
    qtbot.keyClick(page.form.editor("given_name").entry, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert saved[1].given_name == "Akiko"


def test_tab_goes_down_a_list_and_its_form_before_it_leaves(page: PatientEditor, qtbot: QtBot) -> None:
    page.show_record(a_record(medicines=(a_medicine(MedicineKind.STEROID),)))
    page.show_part(page.medicines)
    qtbot.waitUntil(page.medicines.lines[0].isVisible)
    press(qtbot, page.medicines, "Change")
    names = []
    for _stop in range(12):
        widget = QApplication.focusWidget()
        assert widget is not None
        names.append(widget.accessibleName() or getattr(widget, "text", str)())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert names == [
        "Class, needed",
        "Name",
        "Dose",
        "Start",
        "Stop",
        "Last dose or infusion",
        "Note",
        "Save: Medicines",
        "Cancel: Medicines",
        "No medicine taken, asked on",
        "None taken, asked today",
        "Save",
    ]
