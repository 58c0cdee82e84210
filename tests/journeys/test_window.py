"""Stories of a day at the clinic, told through the real window over a real clinic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Aspect, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.errors import Unavailable
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import AmputationLevel, Expected, LesionKind, Status, VisitKind, VisitState
from ssc_hand.storage.clinic import Clinic
from ssc_hand.ui.forms.measure_row import MeasureRow
from ssc_hand.ui.hand.layout import Posture
from ssc_hand.ui.main_window import MainWindow
from tests.builders import a_patient, a_record, a_visit
from tests.clinics import a_user, enter_clinic
from tests.ui.desk import Clock, make_clinic
from tests.ui.scripted_prompts import ScriptedPrompts

HOSTILE = "<b>O'Brien & Søn</b>"
ANA = a_patient("1001", "Rojas", given_name="Ana")
BO = a_patient("1002", "Berg", given_name="Bo")
STRANGE = a_patient("1003", HOSTILE)
SEEN = a_visit("2025-09-01T09:00").at("R.D2", crt=4.0).with_ulcer("L.D3.distal", id="a", x=0.5, y=0.1).final()


class Person:
    """Somebody in front of the window."""

    def __init__(self, qtbot: QtBot, folder: Path, settings: QSettings, prompts: ScriptedPrompts) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.clock = Clock()
        self.prompts = prompts
        self.window = MainWindow(self.clock, settings, prompts)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.open_clinic(folder, a_user("Dr. Rey"))
        self.wait()

    def wait(self) -> None:
        """Wait until the storage thread has answered everything."""
        self.qtbot.waitUntil(lambda: not (self.window.storage.is_busy or self.window.errands.is_busy))

    def find(self, text: str) -> list[str]:
        """Type into the search box and read who is listed."""
        box = self.window.browser.findChild(QLineEdit)
        assert isinstance(box, QLineEdit)
        box.setFocus()
        box.selectAll()
        with self.qtbot.waitSignal(self.window.clinic.patients_found):
            self.qtbot.keyClicks(box, text)
        self.wait()
        return [row.title for row in self.window.browser.rows]

    def open(self, text: str) -> None:
        """Find a patient and open the first of the list."""
        self.find(text)
        box = self.window.browser.findChild(QLineEdit)
        self.qtbot.keyClick(box, Qt.Key.Key_Return)
        self.wait()

    def start(self, kind: VisitKind = VisitKind.FOLLOW_UP) -> None:
        """Start a visit from the menu beside the list of visits."""
        menu = self.window.visits.start_menu
        next(action for action in menu.actions() if action.text() == kind.label).trigger()

    def press(self, code: str) -> None:
        """Press a place of the drawing."""
        view = self.window.visit_page.hands.view
        self.press_at(view.point_of(parse_site(code)))

    def press_at(self, point: QPoint) -> None:
        """Press a point of the drawing."""
        self.qtbot.mouseClick(self.window.visit_page.hands.view, Qt.MouseButton.LeftButton, pos=point)

    def type_in_table(self, code: str, key: str, *texts: str) -> None:
        """Type values into the table from a cell on, Enter after each."""
        table, model = self.window.visit_page.table, self.window.visit_page.model
        column = model.column_of(parse_site(code))
        assert column is not None
        row = model.row_of(CATALOGUE[key])
        assert row is not None
        self.window.visit_page.tabs.setCurrentWidget(table)  # on a small screen it is a tab
        table.setCurrentIndex(model.index(row, column))
        table.setFocus()
        for text in texts:
            self.qtbot.keyClicks(table, text[:1])
            line = [each for each in table.findChildren(QLineEdit) if each.isVisible()][-1]
            self.qtbot.keyClicks(line, text[1:])
            self.qtbot.keyClick(line, Qt.Key.Key_Return)

    def cell(self, column: int, key: str = "crt") -> Any:
        """What the table shows in the row of a measure."""
        model = self.window.visit_page.model
        row = model.row_of(CATALOGUE[key])
        assert row is not None
        return model.index(row, column).data()

    def type_in_form(self, text: str, key: str = "crt") -> None:
        """Type into the form of the chosen place, without leaving the line."""
        rows = self.window.visit_page.digit_form.findChildren(MeasureRow)
        line = next(row for row in rows if row.measure.key == key).findChild(QLineEdit)
        assert isinstance(line, QLineEdit)
        line.setFocus()
        self.qtbot.keyClicks(line, text)

    def click(self, text: str, inside: QWidget | None = None) -> None:
        """Press the visible button whose text begins so."""
        place = inside or self.window
        found = [b for b in place.findChildren(QAbstractButton) if b.text().startswith(text) and b.isVisible()]
        assert found, f"no button “{text}”"
        found[0].click()

    def fill(self, form: Any, **texts: str) -> None:
        """Type into the lines of a form."""
        for key, text in texts.items():
            line = form.editor(key).entry
            line.setFocus()
            line.selectAll()
            self.qtbot.keyClicks(line, text)

    def record(self, number: str = "1001") -> PatientRecord:
        """The patient as another program reads it now."""
        self.wait()
        with enter_clinic(self.folder, by="another") as clinic:
            return clinic.by_number(number)

    @property
    def said(self) -> list[str]:
        """Everything the message bar said."""
        return [notice.text for notice in self.window.notifier.log]

    @property
    def banner(self) -> str:
        """What stands above the record."""
        return "\n".join(label.text() for label in self.window.banner.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "clinic"
    make_clinic(made, a_record(SEEN, patient=ANA), a_record(patient=BO), a_record(patient=STRANGE))
    return made


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def sit_down(qtbot: QtBot, folder: Path, settings: QSettings) -> Iterator[Callable[..., Person]]:
    """Open a window; the answers to its questions in order."""
    people: list[Person] = []

    def open_window(*answers: Any) -> Person:
        people.append(Person(qtbot, folder, settings, ScriptedPrompts(*answers)))
        return people[-1]

    yield open_window
    for person in people:
        person.window.storage.close()


def test_a_visit_is_recorded_finished_and_found_again_after_closing(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.open("roj")
    assert "Rojas, Ana" in person.banner
    person.start()
    person.type_in_table("R.D1", "crt", "2,1", "3.4", "1,3", "5", ">30")
    person.type_in_table("R.D1", "skin_temp", "29,4", "28.7")
    hands = person.window.visit_page.hands
    hands.show_aspect(Aspect.PALMAR)
    for fraction in ((0.5, 0.62), (0.45, 0.7)):
        next(a for a in hands.tool_actions if LesionKind.of(a.data()) is LesionKind.ULCER).trigger()
        person.press_at(hands.view.point_at(parse_site("L").hand, fraction))  # type: ignore[arg-type]
    person.click("Finish visit")
    person.wait()
    assert person.window.close()

    again = sit_down()
    again.open("1001")
    visit = again.window.editor.visit
    assert visit is not None and visit.state is VisitState.FINAL and visit.examiner == "Dr. Rey"
    shown = [again.cell(column) for column in range(1, 6)]
    assert shown == ["2.1", "3.4", "1.3", "5.0", ">30"]
    record = again.record()
    new = [lesion for lesion in record.lesions if lesion.letter != "A"]
    assert [(lesion.letter, lesion.site.hand, lesion.aspect) for lesion in new] == [
        ("B", parse_site("L").hand, Aspect.PALMAR),
        ("C", parse_site("L").hand, Aspect.PALMAR),
    ]
    points = [number for lesion in new for number in (lesion.x, lesion.y)]
    assert points == pytest.approx([0.5, 0.62, 0.45, 0.7], abs=0.005)
    assert again.window.visit_page.tabs.tabText(1) == "Lesions (3)"


def test_wishes_before_the_first_visit_leave_the_window_whole(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.window.visit_page.finish()
    person.open("rojas")
    person.start()
    person.type_in_table("R.D1", "crt", "2,1")
    assert person.cell(1) == "2.1"
    assert person.window.photo_desk.chosen().site == parse_site("R")


def test_going_to_another_patient_while_typing_loses_nothing(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()
    person.press("R.D2.distal")
    person.type_in_form("4,5")
    person.window.open_patient(BO.id)
    person.qtbot.waitUntil(lambda: "Berg, Bo" in person.banner)
    stored = person.record().visits[-1]
    assert stored.observations[parse_site("R.D2"), "crt", 1].value == 4.5
    assert person.record("1002").visits == ()


def test_a_refusal_does_not_follow_to_the_next_patient_unless_it_is_told_while_leaving(
    sit_down: Callable[..., Person],
) -> None:
    person = sit_down()
    person.open("rojas")
    person.window.tabs.notice_posted.emit("“scan.tif” is no picture.")
    assert person.window.messages.notice is not None
    person.start()
    person.press("R.D2.distal")
    person.type_in_form("99")
    person.open("berg")
    assert "Berg, Bo" in person.banner
    found = person.window.messages.notice
    assert found is not None and "99" in found.text
    person.window.messages.dismiss()
    assert person.window.messages.notice is None


def test_closing_while_typing_loses_nothing(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()
    person.press("R.D2.distal")
    person.type_in_form("4,5")
    assert person.window.close()
    assert person.record().visits[-1].observations[parse_site("R.D2"), "crt", 1].value == 4.5


def test_closing_while_the_disk_is_full_asks_before_anything_is_lost(
    sit_down: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = sit_down(False)
    person.open("rojas")
    person.start()
    person.press("R.D2.distal")
    person.type_in_form("4,5")

    def refuse(*_changes: Any) -> Any:
        raise Unavailable("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Clinic, "write", refuse)
        assert not person.window.close()
    assert [title for title, _text in person.prompts.asked] == ["Not everything is saved"]
    person.click("Try again")
    assert person.record().visits[-1].observations[parse_site("R.D2"), "crt", 1].value == 4.5
    assert person.window.close()


def test_a_started_visit_that_is_left_without_an_entry_leaves_nothing(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()
    person.window.open_patient(BO.id)
    person.wait()
    assert len(person.record().visits) == 1
    person.open("rojas")
    assert person.window.editor.visit is not None and person.window.editor.visit.day.year == 2025


def test_a_new_patient_with_a_number_that_is_taken_is_told_beside_the_field(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.window.browser.new_action.trigger()
    page = person.window.patient_editor
    person.fill(page.form, record_number="1001", family_name=HOSTILE)
    person.click("Save", page)
    person.wait()
    assert "1001" in page.form.editor("record_number").error
    person.fill(page.form, record_number="1004")
    person.click("Save", page)
    person.wait()
    assert person.record("1004").patient.family_name == HOSTILE
    assert HOSTILE in person.banner
    assert person.record("1001").patient == ANA


def test_after_an_amputation_is_entered_the_digit_is_skipped_and_its_drawing_ends(
    sit_down: Callable[..., Person],
) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()
    person.type_in_table("R.D1", "crt", "2")
    person.wait()
    person.window.show_patient_editor()
    section = person.window.patient_editor.amputations
    person.window.patient_editor.show_part(section)
    person.click("Add", section)
    place = section.form.editor("site").entry
    place.setCurrentIndex(place.findText("right middle", Qt.MatchFlag.MatchFixedString))  # type: ignore[attr-defined]
    level = section.form.editor("level").entry
    level.setCurrentIndex(level.findText(AmputationLevel.MCP.label))  # type: ignore[attr-defined]
    person.fill(section.form, date="2026")
    person.click("Save", section)
    person.wait()
    assert person.record().amputations[0].level is AmputationLevel.MCP
    person.click("Cancel", person.window.patient_editor)
    page = person.window.visit_page
    assert parse_site("R.D3.distal") not in page.hands.view._hands[parse_site("R").hand].map.regions  # type: ignore[index]
    person.type_in_table("R.D2", "crt", "3", "4")
    stored = person.record().visits[-1].observations
    assert {site.code for site, _key, _n in stored} == {"R.D1", "R.D2", "R.D4"}


def test_a_visit_under_the_wrong_patient_is_moved_with_both_names_and_both_records_tell(
    sit_down: Callable[..., Person],
) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()
    person.type_in_table("R.D1", "crt", "2")
    person.wait()
    person.click("Wrong patient")
    page = person.window.move_page
    person.fill(page.form, number="1002", reason="two people in the room")
    page.form.settle()
    person.wait()
    words = "\n".join(label.text() for label in page.findChildren(QLabel))
    assert "Rojas, Ana" in words and "Berg, Bo" in words
    person.click("Move the visit", page)
    person.wait()
    assert person.said[-1] == "Saved."
    (moved,) = person.record("1002").visits
    assert "from Rojas, Ana (1001) to Berg, Bo (1002): two people in the room" in moved.remarks[0]
    assert moved.observations[parse_site("R.D1"), "crt", 1].value == 2.0
    left = person.record("1001")
    assert [visit.id for visit in left.visits] == [SEEN.of(ANA)[0].id]
    assert "Berg, Bo" in person.banner


def test_undo_takes_a_lesion_back_and_redo_puts_it_there_again(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()
    hands = person.window.visit_page.hands
    next(a for a in hands.tool_actions if LesionKind.of(a.data()) is LesionKind.ULCER).trigger()
    person.press("R.D2.distal")
    assert [lesion.letter for lesion in person.record().lesions] == ["A", "B"]
    person.qtbot.keyClick(person.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [lesion.letter for lesion in person.record().lesions] == ["A"]
    person.qtbot.keyClick(person.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    record = person.record()
    assert [lesion.letter for lesion in record.lesions] == ["A", "B"]
    assert record.visits[-1].states[record.lesions[-1].id].status is Status.ACTIVE


def test_patients_of_today_are_listed_with_how_far_they_have_come(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.window.browser.today_action.trigger()
    today = person.window.today
    line = today.findChild(QLineEdit)
    person.qtbot.keyClicks(line, "1001, 1002")
    person.qtbot.keyClick(line, Qt.Key.Key_Return)
    person.wait()

    def states() -> dict[str, str]:
        return {row.title: row.badge for row in person.window.browser.rows if row.key}

    assert states()["Rojas, Ana"] == Expected.NOT_BEGUN.label
    person.window.open_patient(ANA.id)
    person.wait()
    person.start()
    person.type_in_table("R.D1", "crt", "2")
    person.wait()
    assert states()["Rojas, Ana"] == Expected.DRAFT.label
    person.click("Finish visit")
    person.wait()
    assert states() | {HOSTILE: ""} == {"Rojas, Ana": Expected.FINISHED.label, "Berg, Bo": "not begun", HOSTILE: ""}


def test_a_number_that_nobody_has_is_told_and_the_list_stays(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.window.browser.today_action.trigger()
    person.wait()
    line = person.window.today.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    person.qtbot.keyClicks(line, "1001, 9999")
    person.qtbot.keyClick(line, Qt.Key.Key_Return)
    person.wait()
    words = "\n".join(label.text() for label in person.window.today.findChildren(QLabel) if label.isVisible())
    assert "9999" in words
    assert line.text() == "1001, 9999"


def test_a_patient_of_forty_visits_opens_at_the_last(qtbot: QtBot, tmp_path: Path, settings: QSettings) -> None:
    visits = [
        a_visit(f"{2014 + n // 4}-{1 + 3 * (n % 4):02d}-05T09:00").at("R.D2", crt=n / 10, pain=n % 11).final()
        for n in range(40)
    ]
    make_clinic(tmp_path / "long", a_record(*visits, patient=ANA))
    person = Person(qtbot, tmp_path / "long", settings, ScriptedPrompts())
    person.open("rojas")
    assert len(person.window.visits.rows) == 40
    assert person.window.editor.visit is not None and person.window.editor.visit.day.year == 2023
    assert person.cell(2) == "3.9"
    person.window.close()


def test_a_hostile_name_is_shown_as_typed_everywhere_but_in_the_title(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    assert HOSTILE in person.find("obrien")
    person.open("obrien")
    assert HOSTILE in person.banner
    person.window.show_patient_editor()
    shown = [label.text() for label in person.window.patient_editor.findChildren(QLabel)]
    assert HOSTILE in shown
    for label in person.window.findChildren(QLabel):
        if HOSTILE in label.text():
            assert label.textFormat() is Qt.TextFormat.PlainText


def test_the_title_of_the_window_never_holds_a_name(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    titles = {person.window.windowTitle()}
    person.window.windowTitleChanged.connect(titles.add)
    person.open("rojas")
    person.start()
    person.type_in_table("R.D1", "crt", "2")
    person.window.show_patient_editor()
    person.wait()
    assert titles == {"Hand Clinic - ssc_hand"}


def test_what_another_window_wrote_is_told_and_shown(sit_down: Callable[..., Person]) -> None:
    first = sit_down()
    first.open("rojas")
    first.start()
    first.type_in_table("R.D2", "crt", "2")
    first.wait()
    second = sit_down()
    second.open("rojas")
    second.type_in_table("R.D2", "crt", "9")
    second.wait()
    first.type_in_table("R.D2", "crt", "3")
    first.wait()
    assert "you entered 3.0 s; Dr. Rey had written 9.0 s at" in first.window.clash_bar.text
    row = first.window.visit_page.model.row_of(CATALOGUE["crt"])
    assert row is not None and str(first.window.visit_page.model.index(row, 2).data()).startswith("9.0")
    assert first.record().visits[-1].observations[parse_site("R.D2"), "crt", 1].value == 9.0


def test_the_posture_is_remembered_and_no_name_is(sit_down: Callable[..., Person], settings: QSettings) -> None:
    person = sit_down()
    person.open("rojas")
    person.window.visit_page.hands.set_posture(Posture.FACING)
    person.window.close()
    again = sit_down()
    assert again.window.visit_page.hands.view.posture is Posture.FACING
    assert settings.contains("geometry") and settings.contains("split")
    assert not any("Rojas" in str(settings.value(key)) for key in settings.allKeys())


def test_a_visit_is_not_finished_while_a_refused_text_stands_in_it(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()
    person.type_in_table("R.D1", "crt", "2.4", "99")
    person.click("Finish visit")
    assert "not finished yet" in person.said[-1] and "99" in person.said[-1]
    assert person.record().visits[-1].is_draft
    person.type_in_table("R.D2", "crt", "3.1")
    person.click("Finish visit")
    assert not person.record().visits[-1].is_draft


def test_a_second_visit_of_the_day_is_started_only_when_it_is_meant(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()
    person.type_in_table("R.D1", "crt", "2.4")
    person.wait()
    first = person.window.editor.visit
    person.start()
    person.wait()
    assert person.window.editor.visit is not None and first is not None
    assert person.window.editor.visit.id == first.id
    assert "not finished yet" in person.said[-1]
    person.click("Start another")
    person.wait()
    assert person.window.editor.visit.id != first.id


def test_nobody_stands_above_the_page_of_a_new_patient(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.open("rojas")
    assert person.window.banner.isVisible()
    person.window.show_new_patient()
    assert not person.window.banner.isVisible()
    person.window.show_patient_editor()
    assert person.window.banner.isVisible()


def test_a_value_typed_into_a_cell_takes_the_place_of_all_readings(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()
    editor = person.window.editor
    for repeat, value in enumerate((2.0, 4.0, 6.0), 1):
        editor.set_value((parse_site("R.D2"),), CATALOGUE["crt"], value, repeat=repeat)
    person.type_in_table("R.D2", "crt", "3")
    readings = [o.value for o in person.record().visits[-1].observations.values()]
    assert readings == [3.0]


def test_a_person_being_typed_is_not_taken_away_by_opening_another(sit_down: Callable[..., Person]) -> None:
    person = sit_down(False, True)
    person.window.show_new_patient()
    page = person.window.patient_editor
    person.fill(page.form, record_number="2001", family_name="Half")
    person.open("rojas")
    assert person.window.pages.currentWidget() is page
    assert page.form.editor("family_name").value == "Half"
    assert "not saved yet" in person.said[-1]
    assert not person.window.close(), "the first answer keeps the window open"
    person.click("Cancel", page)
    person.open("rojas")
    assert "Rojas, Ana" in person.banner


def test_the_page_of_a_person_takes_the_keyboard_to_its_first_field_and_escape_leaves_it(
    sit_down: Callable[..., Person],
) -> None:
    person = sit_down()
    window = person.window
    person.open("rojas")
    for _again in range(2):  # the second time the keyboard stood on the button that left the page
        window.show_patient_editor()
        first = window.patient_editor.form.editor("record_number").entry
        assert window.focusWidget() is first
        person.click("Cancel", window.patient_editor)
    window.show_patient_editor()
    person.qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.tabs


def test_escape_takes_back_what_is_being_typed_of_a_person_and_does_not_leave(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    window = person.window
    person.open("rojas")
    window.show_patient_editor()
    first = window.patient_editor.form.editor("record_number").entry
    person.qtbot.keyClicks(first, "7")
    person.qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.patient_editor
    assert not window.patient_editor.has_changes


def test_what_was_cancelled_does_not_come_back(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.open("rojas")
    person.window.show_patient_editor()
    person.fill(person.window.patient_editor.form, family_name="Wrong")
    person.click("Cancel", person.window.patient_editor)
    person.window.show_patient_editor()
    assert person.window.patient_editor.form.editor("family_name").value == "Rojas"


def test_nobody_of_the_clinic_before_stays_on_the_desk(sit_down: Callable[..., Person], tmp_path: Path) -> None:
    make_clinic(tmp_path / "other", a_record(patient=BO))
    person = sit_down()
    person.open("rojas")
    person.window.open_clinic(tmp_path / "other", a_user("Dr. Rey"))
    person.wait()
    assert person.window.editor.record is None and person.window.editor.visit is None
    assert "Rojas" not in person.banner


def test_another_clinic_waits_until_the_entries_of_this_one_are_written(
    sit_down: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()

    def refuse(*_changes: Any) -> Any:
        raise Unavailable("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Clinic, "write", refuse)
        person.type_in_table("R.D2", "crt", "4.5")
        person.wait()
    asked: list[object] = []
    person.window.clinic_needed.connect(asked.append)
    person.window.ask_for_clinic()
    assert asked == [] and "belong nowhere else" in person.said[-1]
    person.window.editor.retry()
    person.wait()
    person.window.ask_for_clinic()
    assert asked == [None]


def test_a_visit_just_started_is_not_taken_away_by_a_late_answer(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    window = person.window
    person.open("roj")
    person.start()
    begun = window.editor.visit
    assert begun is not None
    assert window.editor.record is not None
    window.clinic.load(window.editor.record.patient.id)
    person.wait()
    assert window.editor.visit == begun
    assert window.editor.can_edit
